// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/BatchResource.h"

#include "core/http/AckLevels.h"
#include "core/http/BatchReader.h"
#include "core/http/JsonWriter.h"
#include "core/http/OutcomeJson.h"
#include "core/http/Redirect.h"

namespace dsmsg::http {

namespace {

constexpr std::size_t resultBytesUsual = 256; ///< what to reserve for a result

} // namespace

void BatchResource::handle(const Request& request, ReplyTo to)
{
    auto ack = node::AckLevel::Default;
    if (const auto fault = readAckParameter(request.query, parts_.limits, ack))
        return parts_.sink.answer(to, faultResponse(*fault));
    auto read = readBatch(request.header("content-type"), request.body, parts_.limits);
    if (const auto* fault = std::get_if<Fault>(&read))
        return parts_.sink.answer(to, faultResponse(*fault));

    auto& messages = std::get<std::vector<DraftOrFault>>(read);
    Group fresh;
    fresh.to = to;
    fresh.query = request.query;
    fresh.slices.resize(messages.size());
    fresh.text.reserve(messages.size() * resultBytesUsual);
    fresh.missing = messages.size();
    const std::uint64_t number = groups_.add(std::move(fresh));
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (auto* draft = std::get_if<node::Draft>(&messages[i])) {
            parts_.submissions.submit(std::move(*draft), ack, *this, {number, i});
            continue;
        }
        addResult(*groups_.find(number), i,
                  [&](JsonWriter& json) { writeBadRequest(json, std::get<Fault>(messages[i])); });
        finishIfComplete(number);
    }
}

template <class Write>
void BatchResource::addResult(Group& group, std::size_t position, Write write)
{
    const std::size_t begin = group.text.size();
    JsonWriter json(group.text);
    json.beginObject();
    write(json);
    json.endObject();
    group.slices[position] = {begin, group.text.size() - begin};
    --group.missing;
}

void BatchResource::settled(const Settled& one)
{
    Group* group = groups_.find(one.ticket.owner);
    if (!group)
        return;
    count(*group, one.verdict);
    addResult(*group, static_cast<std::size_t>(one.ticket.number),
              [&one](JsonWriter& json) { writeResult(json, one.verdict); });
    finishIfComplete(one.ticket.owner);
}

void BatchResource::count(Group& group, const Verdict& verdict)
{
    if (const auto* accepted = std::get_if<node::Accepted>(&verdict)) {
        if (group.accepted++ == 0)
            group.leaderUrl = accepted->leaderUrl;
    } else if (const auto* redirected = std::get_if<node::Redirected>(&verdict)) {
        if (group.leaderUrl.empty())
            group.leaderUrl = redirected->leaderUrl;
        ++group.refused;
    } else {
        const auto& unavailable = std::get<node::Unavailable>(verdict);
        ++(unavailable.fate == node::Unavailable::Fate::Rejected ? group.refused : group.undecided);
        group.diskFull += unavailable.diskFull ? 1 : 0;
    }
}

void BatchResource::finishIfComplete(std::uint64_t number)
{
    if (groups_.find(number)->missing == 0) {
        const auto group = groups_.take(number);
        parts_.sink.answer(group->to, answerTo(*group));
    }
}

Response BatchResource::answerTo(const Group& group)
{
    const std::size_t unavailable = group.refused + group.undecided;
    // Nothing is in any log, and somebody else would take it: the whole request may go there as it is.
    if (group.accepted == 0 && group.undecided == 0 && !group.leaderUrl.empty())
        return redirectResponse({group.leaderUrl}, "/send/batch", group.query);

    Response response;
    response.body.reserve(group.text.size() + group.slices.size() + resultBytesUsual);
    JsonWriter json(response.body);
    json.beginObject();
    if (group.accepted == group.slices.size()) {
        json.field("status", "ok");
    } else if (group.accepted != 0) {
        json.field("status", "partial");
    } else if (unavailable != 0) {
        response.status = group.diskFull == unavailable ? 507 : 503;
        response.retryAfter = retryAfterSeconds;
        json.field("status", "error").field("reason", "no message was acknowledged; see the results");
    } else {
        response.status = 400;
        json.field("status", "bad_request").field("reason", "no message was understood; see the results");
    }
    if (!group.leaderUrl.empty())
        json.field("leader_url", group.leaderUrl);
    json.key("results").beginArray();
    for (const auto& [begin, size] : group.slices)
        json.raw(std::string_view(group.text).substr(begin, size));
    json.endArray().endObject();
    return response;
}

} // namespace dsmsg::http
