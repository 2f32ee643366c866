// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every attempt has a number; an answer to an earlier one than the newest still counts when it acknowledges,
// because an acknowledgement is true whenever it arrives.
#include "tests/support/sim/Client.h"

#include <algorithm>

#include "tests/support/sim/SimClock.h"

namespace dsmsg::sim {

Client::Client(Lab& lab, const Options& options, Call call)
    : lab_(lab)
    , options_(options)
    , call_(std::move(call))
    , random_(lab.dice())
{
}

void Client::start()
{
    const Duration wait(random_.between(0, 2 * options_.pause.count() + 1));
    lab_.events.after(wait, [this] { next(); });
}

void Client::next()
{
    if (finishing_)
        return;
    if (open_ < options_.atOnceMax)
        sendOne();
    if (!operations_.empty() && random_.chance(1, 20)) {
        const std::size_t old = random_.below(operations_.size());
        if (operations_[old].done) {
            lab_.coverage.seen(Kind::LateDuplicate);
            begin(old);
        }
    }
    start();
}

void Client::sendOne()
{
    operations_.push_back({compose(), 0, std::nullopt, false});
    lab_.judge.submit(operations_.back().request.message.msgId);
    begin(operations_.size() - 1);
}

Request Client::compose()
{
    Request request;
    messaging::Message& message = request.message;
    message.msgId = text("c", options_.number, '-', operations_.size());
    message.sender = text("client", options_.number);
    message.recipient = random_.chance(1, 3) ? "all" : text("client", random_.below(4));
    message.payload = text('"', std::string(random_.below(options_.payloadBytesMax), 'x'), '"');
    message.originalTs = trueTime(lab_.events.now()) + Duration(random_.between(-5000000, 5000000));
    if (random_.chance(1, 6))
        message.ttl = Duration(random_.between(100000, 8000000));
    if (random_.chance(1, 10))
        request.ack = node::AckLevel::All;
    return request;
}

void Client::begin(std::size_t operation)
{
    operations_[operation].done = false;
    ++open_;
    attempt(operation, static_cast<int>(random_.below(static_cast<std::uint64_t>(options_.nodes))));
}

void Client::attempt(std::size_t operation, int slot)
{
    Operation& op = operations_[operation];
    const std::uint32_t attempt = ++op.attempt;
    call_(slot, op.request,
          [this, operation, attempt](const Reply& reply) { answered(operation, attempt, reply); });
    const Duration patience(random_.between(300000, 1500000));
    lab_.events.after(patience, [this, operation, attempt] {
        const Operation& now = operations_[operation];
        if (now.done || now.attempt != attempt)
            return;
        lab_.coverage.seen(Kind::ClientTimeout);
        repeat(operation, Duration{}, -1);
    });
}

void Client::repeat(std::size_t operation, Duration after, int slot)
{
    // Voids what is still awaited of this attempt, its timeout above all.
    const std::uint32_t attempt = ++operations_[operation].attempt;
    if (slot < 0)
        slot = static_cast<int>(random_.below(static_cast<std::uint64_t>(options_.nodes)));
    lab_.events.after(after, [this, operation, attempt, slot] {
        const Operation& op = operations_[operation];
        if (op.done || op.attempt != attempt)
            return;
        lab_.coverage.seen(Kind::ClientRetry);
        this->attempt(operation, slot);
    });
}

void Client::answered(std::size_t operation, std::uint32_t attempt, const Reply& reply)
{
    Operation& op = operations_[operation];
    if (reply.kind == Reply::Kind::Acknowledged) {
        if (op.seq && *op.seq != reply.seq)
            lab_.judge.condemn(
                {"ExactlyOnce", text("client ", options_.number, " was told seq ", *op.seq, " and seq ",
                                     reply.seq, " for ", op.request.message.msgId)});
        op.seq = reply.seq;
        if (op.done)
            return;
        op.done = true;
        --open_;
        ++acknowledged_;
        return;
    }
    if (op.done || op.attempt != attempt)
        return;
    const bool redirected = reply.kind == Reply::Kind::Redirected;
    const Duration wait(redirected ? random_.between(0, 30000) : random_.between(5000, 200000));
    repeat(operation, wait, redirected ? reply.leader : -1);
}

} // namespace dsmsg::sim
