// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies as every route reads them. What is accepted is within the limits, and a payload is a slice of what
// the client sent, valid JSON by itself: it is stored and given back as it is, so nothing checks it again.
#include <array>

#include "core/base/Assert.h"
#include "core/http/BatchReader.h"
#include "core/http/DraftReader.h"
#include "core/http/FaultsResource.h"
#include "core/http/Json.h"
#include "core/http/MemberChanges.h"
#include "core/http/ws/ClientFrame.h"
#include "tests/fuzz/Targets.h"

namespace dsmsg::fuzz {

namespace {

http::HttpLimits smallLimits()
{
    http::HttpLimits limits;
    limits.payloadBytesMax = 256;
    limits.nameBytesMax = 16;
    limits.jsonDepthMax = 32;
    limits.batchMessagesMax = 4;
    return limits;
}

void readsDraft(std::string_view body, http::DraftForm form, const http::HttpLimits& limits)
{
    node::Draft draft;
    if (const auto fault = http::readDraft(body, form, limits, draft)) {
        DSMSG_ASSERT(fault->status >= 400 && !fault->reason.empty(), "a refusal gives no reason");
        return;
    }
    constexpr std::size_t generatedIdBytes = 36;
    DSMSG_ASSERT(
        !draft.msgId.empty() && draft.msgId.size() <= std::max(limits.nameBytesMax, generatedIdBytes) &&
            draft.sender.size() <= limits.nameBytesMax && draft.recipient.size() <= limits.nameBytesMax,
        "a name is longer than allowed");
    DSMSG_ASSERT(draft.payload.size() <= limits.payloadBytesMax, "a payload is larger than allowed");
    DSMSG_ASSERT(draft.payload == "\"\"" || body.find(draft.payload) != std::string_view::npos,
                 "a payload is not what the client sent");
    constexpr std::array<std::string_view, 1> name{"payload"};
    std::array<http::JsonValue, 1> again;
    const std::string wrapped = "{\"payload\":" + draft.payload + "}";
    DSMSG_ASSERT(http::readMembers(wrapped, limits.jsonDepthMax, name, again).ok() &&
                     again[0].raw == draft.payload,
                 "a payload is not one JSON value");
}

void checkMessages(const std::vector<http::DraftOrFault>& messages, const http::HttpLimits& limits)
{
    DSMSG_ASSERT(!messages.empty() && messages.size() <= limits.batchMessagesMax, "not as many as allowed");
    for (const http::DraftOrFault& one : messages) {
        if (const auto* draft = std::get_if<node::Draft>(&one)) {
            DSMSG_ASSERT(!draft->msgId.empty() && http::isUtf8(draft->msgId) && http::isUtf8(draft->sender),
                         "a name is not UTF-8");
            DSMSG_ASSERT(http::readValue(draft->payload, limits.jsonDepthMax).ok(),
                         "a payload is not one JSON value");
        }
    }
}

void readsMany(std::string_view body, const http::HttpLimits& limits)
{
    for (const std::string_view type : {"", "application/x-ndjson"}) {
        const auto batch = http::readBatch(type, body, limits);
        if (const auto* messages = std::get_if<std::vector<http::DraftOrFault>>(&batch))
            checkMessages(*messages, limits);
    }
    const auto checkFrame = [&limits](const http::ClientFrame& frame) {
        if (const auto* pub = std::get_if<http::PubFrame>(&frame))
            checkMessages(pub->messages, limits);
    };
    checkFrame(http::readCborFrame(body, limits));
    if (http::isUtf8(body)) // Qt closes the connection otherwise
        checkFrame(http::readJsonFrame(body, limits));
}

void readsChanges(std::string_view body, const http::HttpLimits& limits)
{
    raft::Configuration members;
    members.cluster.bytes[0] = 1;
    members.members = {{ServerId(1), "n1", "http://127.0.0.1:8000", raft::MemberRole::Voter, {}},
                       {ServerId(2), "n2", "http://127.0.0.1:8001", raft::MemberRole::Voter, {}}};
    std::vector<raft::MemberChange> changes;
    if (const auto fault = http::readMemberChanges(body, limits, members, changes)) {
        DSMSG_ASSERT(fault->status >= 400 && !fault->reason.empty(), "a refusal gives no reason");
        return;
    }
    DSMSG_ASSERT(!changes.empty(), "an accepted change changes nothing");
    for (const raft::MemberChange& change : changes) {
        const bool adds = change.kind == raft::MemberChange::Kind::Add;
        DSMSG_ASSERT(!change.member.id.empty() && (!adds || change.member.url.starts_with("http://")),
                     "a change was accepted that names no member");
    }
    // An error is an answer; only its reasons are of interest here, and that there is no crash.
    static_cast<void>(raft::withChanges(members, changes));
}

/// Stands for the node and for the connection: takes one order, keeps one answer.
class Desk final : public node::FaultDesk, public http::AnswerSink
{
public:
    void list(std::function<void(std::vector<node::ActiveFault>)> answer) override { answer({}); }
    void inject(node::FaultOrder order, std::function<void(Result<node::ActiveFault>)> answer) override
    {
        DSMSG_ASSERT(node::checkFault(order).ok(), "an order was accepted that is out of range");
        DSMSG_ASSERT(order.lasts.count() > 0 && order.lasts <= node::faultLastsMax, "a fault has no end");
        const node::ActiveFault active{1, order, order.lasts};
        static_cast<void>(node::linkRules({active}));
        answer(active);
    }
    void heal(std::optional<std::uint64_t>, std::function<void(std::size_t)> answer) override { answer(0); }
    void answer(http::ReplyTo, http::Response response) override
    {
        ++answers;
        std::array<http::JsonValue, 1> status;
        constexpr std::array<std::string_view, 1> name{"status"};
        DSMSG_ASSERT(http::readMembers(response.body, 32, name, status).ok(), "an answer is not JSON");
    }
    int answers = 0;
};

void readsFaultOrder(std::string_view body, const http::HttpLimits& limits)
{
    Desk desk;
    http::NodeQueries queries(desk, limits);
    const std::vector<std::string> origins;
    http::FaultsResource resource(desk, queries, desk, origins, limits);
    http::Request request;
    request.method = http::Method::Post;
    request.path = "/faults";
    request.headers = {{"content-type", "application/json"}};
    request.body = body;
    resource.handle(request, {});
    DSMSG_ASSERT(desk.answers == 1, "a request was not answered once");
}

} // namespace

void httpBody(std::string_view input)
{
    const http::HttpLimits limits = smallLimits();
    readsDraft(input, http::DraftForm::Sent, limits);
    readsDraft(input, http::DraftForm::Replicated, limits);
    readsMany(input, limits);
    readsChanges(input, limits);
    readsFaultOrder(input, limits);
}

} // namespace dsmsg::fuzz
