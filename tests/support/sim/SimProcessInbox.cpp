// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inboxes and retention, around the real node::InboxAcks, EntryWaits, RetentionPacer and
// messaging::RetentionScan, as node::RaftDriver and ApplyWorker play them (core/node/DriverInbox.cpp,
// core/node/DriverRetention.cpp).
#include <algorithm>

#include "core/messaging/Command.h"
#include "core/messaging/InboxWalk.h"
#include "tests/support/sim/Describe.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

using std::chrono::milliseconds;

OrderReply SimProcess::elsewhere() const
{
    const int leader = host_.slotOf(raft_->leader());
    lab_.coverage.seen(Kind::Redirected);
    return {leader < 0 ? OrderReply::Kind::Refused : OrderReply::Kind::Redirected, Seq{}, leader};
}

std::optional<raft::Proposed> SimProcess::proposeOrders(const std::vector<messaging::Order>& orders)
{
    const UnixTime watermark = pacer_.next(stamp());
    const raft::Ready ready = step(raft::Propose{messaging::encodeBatch({}, watermark, orders)});
    std::optional<raft::Proposed> at;
    if (ready.proposed && std::holds_alternative<raft::Proposed>(*ready.proposed)) {
        at = std::get<raft::Proposed>(*ready.proposed);
        pacer_.proposed(watermark);
    }
    handle(ready);
    return at;
}

// --- acknowledgements of consumers ---

void SimProcess::acknowledgeInbox(const messaging::MoveCursor& wish, OrderAnswer answer)
{
    run([this, wish, answer = std::move(answer)] {
        if (raft_->role() != raft::Role::Leader)
            return answer(elsewhere());
        if (!raft_->serving() || !timekeeper_.mayStamp()) {
            refusal(raft::Refusal::NotReady);
            return answer({OrderReply::Kind::Refused, Seq{}, -1});
        }
        acks_.add(wish, now(), [this, wish, answer](const Result<Seq>& cursor) {
            if (cursor) {
                lab_.coverage.seen(wish.seq < *cursor ? Kind::InboxAckBehind : Kind::InboxAcked);
                lab_.trace.line(nameOfSlot(machine_.view.slot), " acknowledges the inbox of ", wish.recipient,
                                " up to ", *cursor);
                lab_.judge.cursorTold(machine_.view, wish, *cursor);
                return answer({OrderReply::Kind::Done, *cursor, -1});
            }
            const bool beyond = cursor.error().kind == Error::Kind::Invalid;
            lab_.coverage.seen(beyond ? Kind::InboxAckBeyond : Kind::InboxAckFailed);
            answer({beyond ? OrderReply::Kind::Invalid : OrderReply::Kind::Refused, Seq{}, -1});
        });
        armExpiry();
        if (!std::exchange(acksDue_, true))
            later(Duration(random_.between(0, 3000)), [this] { proposeAcks(); });
    });
}

void SimProcess::proposeAcks()
{
    acksDue_ = false;
    if (!acks_.wantsEntry() || lab_.judge.violation() || raft_->role() != raft::Role::Leader)
        return;
    const std::size_t open = acks_.size();
    const std::vector<messaging::Order> orders = acks_.takeEntry();
    if (orders.size() < open)
        lab_.coverage.seen(Kind::InboxAcksMerged);
    const auto at = proposeOrders(orders);
    if (!at)
        return acks_.refused("the leader does not take entries now");
    entryWaits_.add(*at, now() + machine_.limits.writeTimeout,
                    [this](node::EntryWaits::Fate fate, const messaging::AppliedEntry* entry) {
                        acks_.settled(fate, entry);
                        if (acks_.wantsEntry() && !std::exchange(acksDue_, true))
                            later(Duration(random_.between(0, 3000)), [this] { proposeAcks(); });
                    });
}

void SimProcess::readInbox(const InboxDemand& demand, InboxAnswer answer)
{
    run([this, demand, answer = std::move(answer)] {
        const auto served = [this, demand, answer](const Result<void>& verdict) {
            if (!verdict)
                return answer(std::nullopt);
            InboxView page;
            page.cursor = machine_.state->store().cursor(demand.recipient).value_or(Seq{});
            messaging::InboxWalk walk(reader_, demand.recipient, page.cursor);
            const std::size_t limit = 1 + random_.below(20);
            for (bool more = true; more && page.messages.size() < limit;) {
                const auto message = walk.next(1 + static_cast<std::uint32_t>(random_.below(8)));
                more = message && message->has_value();
                if (more)
                    page.messages.push_back((*message)->seq);
            }
            page.through = walk.through();
            lab_.coverage.seen(page.messages.empty() ? Kind::InboxEmpty : Kind::InboxRead);
            lab_.judge.inboxServed(machine_.view, demand, page);
            answer(page);
        };
        const node::ReadWish wish{raft::ReadLevel::Linearizable, Seq{},
                                  milliseconds(random_.between(100, 2000))};
        if (const auto question = reads_.add(wish, served, now()))
            handle(step(*question));
        armExpiry();
    });
}

// --- retention ---

void SimProcess::setRule(const messaging::RetentionRule& rule, OrderAnswer answer)
{
    run([this, rule, answer = std::move(answer)] {
        if (raft_->role() != raft::Role::Leader)
            return answer(elsewhere());
        const auto at = raft_->serving() ? proposeOrders({rule}) : std::nullopt;
        if (!at)
            return answer({OrderReply::Kind::Refused, Seq{}, -1});
        retention_.ruleProposed(at->index);
        lab_.trace.line(nameOfSlot(machine_.view.slot), rule.limits.none() ? " clears" : " sets",
                        " the rule of ", rule.recipient.value_or("all messages"), " by entry ", at->index);
        entryWaits_.add(*at, now() + machine_.limits.writeTimeout,
                        [this, rule, answer](node::EntryWaits::Fate fate, const messaging::AppliedEntry*) {
                            const bool done = fate == node::EntryWaits::Fate::Applied;
                            if (done)
                                lab_.coverage.seen(rule.limits.none() ? Kind::RuleCleared : Kind::RuleSet);
                            answer({done ? OrderReply::Kind::Done : OrderReply::Kind::Refused, Seq{}, -1});
                        });
        armExpiry();
    });
}

void SimProcess::armRetention()
{
    const auto due = retention_.due();
    if (!due || retentionDue_ || !raft_ || raft_->role() != raft::Role::Leader)
        return;
    retentionDue_ = true;
    later(std::max(*due - now(), Duration(random_.between(1, 5000))), [this] {
        retentionDue_ = false;
        if (const auto again = retention_.due(); again && *again <= now())
            searchRetention();
        armRetention();
    });
}

void SimProcess::searchRetention()
{
    const bool may = raft_->role() == raft::Role::Leader && raft_->serving() && timekeeper_.mayStamp();
    const node::RetentionPacer::Ticket ticket = retention_.begin(now());
    if (!may)
        return retention_.refused(now());
    // In the apply thread, and its answer comes when it comes.
    later(Duration(random_.between(20, machine_.applyDelayMax.count() + 21)), [this, ticket, at = stamp()] {
        if (installing_)
            return removalsFound(ticket, {}, {});
        const auto found = scan_->find(at);
        const LogIndex seen = machine_.view.state.applied.index;
        later(Duration(random_.between(20, 3000)),
              [this, ticket, seen, found = found.value()] { removalsFound(ticket, found, seen); });
    });
}

void SimProcess::removalsFound(node::RetentionPacer::Ticket ticket,
                               const messaging::RetentionScan::Found& found, LogIndex seen)
{
    if (!retention_.found(ticket, found, seen, now())) {
        if (!found.ranges.empty())
            lab_.coverage.seen(Kind::RemovalVoid);
        return armRetention();
    }
    lookAtTime();
    if (const auto at = proposeOrders({messaging::Removal{found.ranges}})) {
        lab_.coverage.seen(Kind::RemovalProposed);
        lab_.trace.line(nameOfSlot(machine_.view.slot), " removes from seq ", found.ranges.front().first,
                        " on, found in the state of entry ", seen, ", by entry ", at->index);
        retention_.proposed(*at);
    } else {
        retention_.refused(now());
    }
    armRetention();
}

} // namespace dsmsg::sim
