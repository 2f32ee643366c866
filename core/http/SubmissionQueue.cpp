// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/SubmissionQueue.h"

#include <QPointer>

namespace dsmsg::http {

SubmissionQueue::SubmissionQueue(node::Gateway& gateway, const HttpLimits& limits)
    : gateway_(gateway)
    , limits_(limits)
{
    gateway_.setOutcomeReceiver(
        [self = QPointer<SubmissionQueue>(this)](const std::vector<node::Outcome>& outcomes) {
            if (self)
                self->receive(outcomes);
        });
}

void SubmissionQueue::submit(node::Draft draft, node::AckLevel ack, OutcomeReceiver& receiver, Ticket ticket)
{
    const std::size_t bytes = draft.payload.size();
    if (waiting_.size() >= limits_.pendingSubmissionsMax ||
        (bytes > limits_.pendingSubmissionBytesMax - waitingBytes_)) {
        ++refused_;
        node::Unavailable busy;
        busy.reason = "too many messages are waiting on this node; retry later";
        receiver.settled({ticket, bytes, Verdict(std::move(busy))});
        return;
    }
    if (collected_.empty())
        QMetaObject::invokeMethod(this, &SubmissionQueue::flush, Qt::QueuedConnection);
    const node::Token token = waiting_.add({&receiver, ticket, bytes});
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
        const auto waiting = waiting_.take(outcome.token);
        if (!waiting)
            continue;
        waitingBytes_ -= waiting->bytes;
        waiting->receiver->settled({waiting->ticket, waiting->bytes, outcome.result});
    }
}

} // namespace dsmsg::http
