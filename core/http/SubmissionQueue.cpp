// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/SubmissionQueue.h"

#include <QPointer>

#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"
#include "core/http/Redirect.h"

namespace dsmsg::http {

namespace {

constexpr int retryAfterSeconds = 1;

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

Response unavailable(const node::Unavailable& refusal)
{
    const bool quorumMissed = refusal.fate != node::Unavailable::Fate::Rejected || refusal.reason.empty();
    Response response{.status = refusal.diskFull ? 507 : 503};
    response.retryAfterSeconds = retryAfterSeconds;
    JsonWriter json(response.body);
    json.beginObject()
        .field("status", "error")
        .field("reason", quorumMissed ? std::string_view("replication quorum not achieved") : refusal.reason)
        .field("outcome", toString(refusal.fate));
    if (quorumMissed && !refusal.reason.empty())
        json.field("detail", refusal.reason);
    if (refusal.seq)
        json.field("seq", *refusal.seq);
    if (refusal.receipt) {
        json.key("receipt");
        writeReceipt(json, *refusal.receipt);
    }
    json.endObject();
    return response;
}

} // namespace

SubmissionQueue::SubmissionQueue(node::Gateway& gateway, AnswerSink& sink, const HttpLimits& limits)
    : gateway_(gateway)
    , sink_(sink)
    , limits_(limits)
{
    gateway_.setOutcomeReceiver(
        [self = QPointer<SubmissionQueue>(this)](const std::vector<node::Outcome>& outcomes) {
            if (self)
                self->receive(outcomes);
        });
}

void SubmissionQueue::submit(node::Draft draft, node::AckLevel ack, const WriteRoute& route,
                             std::string query, ReplyTo to)
{
    const std::size_t bytes = draft.payload.size();
    if (waiting_.size() >= limits_.pendingSubmissionsMax ||
        (bytes > limits_.pendingSubmissionBytesMax - waitingBytes_)) {
        ++refused_;
        node::Unavailable busy;
        busy.reason = "too many messages are waiting on this node; retry later";
        sink_.answer(to, unavailable(busy));
        return;
    }
    if (collected_.empty())
        QMetaObject::invokeMethod(this, &SubmissionQueue::flush, Qt::QueuedConnection);
    const node::Token token = ++lastToken_;
    waiting_.emplace(token, Waiting{&route, std::move(query), to, bytes});
    waitingBytes_ += bytes;
    collected_.push_back({token, std::move(draft), ack});
}

void SubmissionQueue::flush()
{
    gateway_.submit(std::exchange(collected_, {}));
}

void SubmissionQueue::receive(const std::vector<node::Outcome>& outcomes)
{
    for (const node::Outcome& outcome : outcomes) {
        const auto found = waiting_.find(outcome.token);
        if (found == waiting_.end())
            continue;
        const Waiting waiting = std::move(found->second);
        waiting_.erase(found);
        waitingBytes_ -= waiting.bytes;
        if (const auto* accepted = std::get_if<node::Accepted>(&outcome.result))
            sink_.answer(waiting.to, waiting.route->accepted(*accepted));
        else if (const auto* redirected = std::get_if<node::Redirected>(&outcome.result))
            sink_.answer(waiting.to, redirectResponse(*redirected, waiting.route->path(), waiting.query));
        else
            sink_.answer(waiting.to, unavailable(std::get<node::Unavailable>(outcome.result)));
    }
}

} // namespace dsmsg::http
