// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in retention: rules go through the log, and so does what is to be removed by them. The
// apply thread finds it, the leader proposes it (RetentionPacer.h).
#include <algorithm>

#include "core/messaging/Command.h"
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

void RaftDriver::setRetention(const messaging::RetentionRule& rule, RetentionAnswer answer)
{
    if (const auto why = cannotOrder())
        return std::visit([&](const auto& reason) { answer(reason); }, *why);
    const auto at = entryWaits_.size() < options_.ordersInFlightMax
                        ? proposeOrders({rule}, pacer_.next(stamp()))
                        : std::nullopt;
    if (!at)
        return answer(
            Error{Error::Kind::Busy, "the leader does not take entries now; try again in a moment"});
    retention_.ruleProposed(at->index);
    entryWaits_.add(
        *at, clock_.now() + options_.writeTimeout,
        [rule, answer = std::move(answer)](EntryWaits::Fate fate, const messaging::AppliedEntry* entry) {
            if (fate == EntryWaits::Fate::Replaced)
                answer(Error{Error::Kind::Busy, "another node leads now; ask it"});
            else if (fate == EntryWaits::Fate::Unknown)
                answer(Error{Error::Kind::Busy,
                             "replication quorum not achieved; whether the rule is set is not known"});
            else if (!entry->orders.front().done)
                answer(Error{Error::Kind::DiskFull,
                             "The cluster keeps " + std::to_string(messaging::retentionRulesMax) +
                                 " rules of retention and takes no more. Clear one first."});
            else
                answer(rule);
        });
    if (!expiryTimer_.isActive())
        expiryTimer_.start();
}

void RaftDriver::requestRetention(std::function<void(Result<RetentionStatus>)> answer)
{
    QMetaObject::invokeMethod(
        workers_.apply, [apply = workers_.apply, answer = std::move(answer)] { answer(apply->retention()); },
        Qt::QueuedConnection);
}

void RaftDriver::armRetention()
{
    const auto due = retention_.due();
    if (!due || raft_.role() != raft::Role::Leader)
        return retentionTimer_.stop();
    const auto wait = std::chrono::ceil<Milliseconds>(*due - clock_.now());
    retentionTimer_.start(std::max(wait, Milliseconds(1)));
}

void RaftDriver::searchRetention()
{
    const Instant now = clock_.now();
    const auto due = retention_.due();
    if (stopped() || !due || *due > now || raft_.role() != raft::Role::Leader)
        return armRetention();
    const RetentionPacer::Ticket ticket = retention_.begin(now);
    if (cannotOrder()) {
        retention_.refused(now);
        return armRetention();
    }
    QMetaObject::invokeMethod(
        workers_.apply,
        [this, apply = workers_.apply, ticket, at = stamp()] {
            auto [found, seen] = apply->findRemovals(at);
            QMetaObject::invokeMethod(
                this, [this, ticket, found = std::move(found), seen] { removalsFound(ticket, found, seen); },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void RaftDriver::removalsFound(RetentionPacer::Ticket ticket, const messaging::RetentionScan::Found& found,
                               LogIndex seen)
{
    if (stopped() || !retention_.found(ticket, found, seen, clock_.now()))
        return armRetention();
    const auto at = cannotOrder() ? std::nullopt
                                  : proposeOrders({messaging::Removal{found.ranges}}, pacer_.next(stamp()));
    if (at)
        retention_.proposed(*at);
    else
        retention_.refused(clock_.now());
    armRetention();
}

} // namespace dsmsg::node
