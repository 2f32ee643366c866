// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/OutcomeJson.h"

#include "core/http/CborBodyWriter.h"
#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"

namespace dsmsg::http {

namespace {

std::string_view toString(node::Unavailable::Fate fate)
{
    switch (fate) {
    case node::Unavailable::Fate::Rejected:
        return "rejected";
    case node::Unavailable::Fate::Unknown:
        return "unknown";
    case node::Unavailable::Fate::Committed:
        return "committed";
    }
    return "unknown";
}

template <class Writer>
void writeVerdict(Writer& json, const node::Accepted& accepted)
{
    json.field("status", "ok")
        .field("seq", accepted.seq)
        .field("msg_id", accepted.message.msgId)
        .field("corrected_ts", accepted.message.correctedTs())
        .field("committed", accepted.committed)
        .field("duplicate", accepted.duplicate)
        .key("receipt");
    writeReceipt(json, accepted.receipt);
    if (accepted.expired)
        json.field("expired", true);
}

template <class Writer>
void writeVerdict(Writer& json, const node::Redirected& redirected)
{
    json.field("status", "error")
        .field("reason", "node_is_not_leader")
        .field("outcome", "rejected")
        .field("leader_url", redirected.leaderUrl);
}

template <class Writer>
void writeVerdict(Writer& json, const node::Unavailable& refusal)
{
    const bool quorumMissed = refusal.fate != node::Unavailable::Fate::Rejected || refusal.reason.empty();
    const std::string_view missed = "replication quorum not achieved";
    const std::string_view reason = quorumMissed ? missed : std::string_view(refusal.reason);
    json.field("status", "error").field("reason", reason).field("outcome", toString(refusal.fate));
    if (!refusal.reason.empty() && refusal.reason != reason)
        json.field("detail", refusal.reason);
    if (refusal.seq)
        json.field("seq", *refusal.seq);
    if (refusal.receipt) {
        json.key("receipt");
        writeReceipt(json, *refusal.receipt);
    }
}

} // namespace

template <class Writer>
void writeResult(Writer& json, const Verdict& verdict)
{
    std::visit([&json](const auto& one) { writeVerdict(json, one); }, verdict);
}

template <class Writer>
void writeBadRequest(Writer& json, const Fault& fault)
{
    json.field("status", "bad_request").field("reason", fault.reason);
}

template void writeResult(JsonWriter&, const Verdict&);
template void writeResult(CborBodyWriter&, const Verdict&);
template void writeBadRequest(JsonWriter&, const Fault&);
template void writeBadRequest(CborBodyWriter&, const Fault&);

Response unavailableResponse(const node::Unavailable& refusal)
{
    Response response{.status = refusal.diskFull ? 507 : 503};
    response.retryAfter = retryAfterSeconds;
    JsonWriter json(response.body);
    json.beginObject();
    writeVerdict(json, refusal);
    json.endObject();
    return response;
}

} // namespace dsmsg::http
