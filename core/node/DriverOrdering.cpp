// SPDX-License-Identifier: GPL-3.0-or-later
//
// The leader's part in delivery: it moves the watermark through the log, and nobody else does
// (DeliveryPacer.h).
#include <algorithm>

#include "core/messaging/Command.h"
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

namespace {

/// Between two watermarks alone, so that a burst is delivered by one entry.
constexpr Milliseconds deliveryPause{20};

} // namespace

void RaftDriver::orderApplied(const ApplyReport& report)
{
    pacer_.applied(report.state.delivery.watermark, report.oldestHeld);
    armDelivery();
    const bool overflows =
        report.held > options_.orderingBufferMax && !relieving_ && raft_.role() == raft::Role::Leader;
    if (!overflows)
        return;
    // No local limit decides anything: what is delivered early is delivered early everywhere.
    relieving_ = true;
    const auto kept = static_cast<std::size_t>(options_.orderingBufferMax / 10 * 9);
    askHeld(kept, [this](std::optional<UnixTime> watermark) {
        relieving_ = false;
        if (watermark)
            moveWatermark(*watermark);
    });
}

void RaftDriver::askHeld(std::size_t kept, std::function<void(std::optional<UnixTime>)> answer)
{
    QMetaObject::invokeMethod(
        workers_.apply,
        [this, apply = workers_.apply, kept, answer = std::move(answer)] {
            const auto watermark = apply->watermarkLeaving(kept);
            QMetaObject::invokeMethod(
                this, [answer, watermark] { answer(watermark); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void RaftDriver::armDelivery()
{
    const auto due = pacer_.due();
    if (!due || raft_.role() != raft::Role::Leader)
        return deliveryTimer_.stop();
    const auto wait = std::chrono::ceil<Milliseconds>(*due - stamp());
    deliveryTimer_.start(std::max(wait, deliveryPause));
}

void RaftDriver::deliverDue()
{
    if (stopped() || raft_.role() != raft::Role::Leader)
        return;
    const UnixTime now = stamp();
    if (const auto due = pacer_.due(); due && *due <= now)
        moveWatermark(pacer_.next(now));
    armDelivery();
}

std::optional<raft::Proposed> RaftDriver::moveWatermark(UnixTime watermark)
{
    if (cannotServe() || !timekeeper_.mayStamp())
        return std::nullopt;
    watermark = std::max(watermark, pacer_.next(stamp()));
    return proposeOrders({}, watermark);
}

/// An entry without messages.
std::optional<raft::Proposed> RaftDriver::proposeOrders(const std::vector<messaging::Order>& orders,
                                                        UnixTime watermark)
{
    raft::Ready ready = step(raft::Propose{messaging::encodeBatch({}, watermark, orders)});
    std::optional<raft::Proposed> at;
    if (ready.proposed) {
        if (const auto* proposed = std::get_if<raft::Proposed>(&*ready.proposed)) {
            at = *proposed;
            pacer_.proposed(watermark);
        }
    }
    handle(std::move(ready));
    return at;
}

void RaftDriver::forceDelivery(ForceAnswer answer)
{
    if (const auto why = cannotOrder())
        return std::visit([&](const auto& reason) { answer(reason); }, *why);
    if (entryWaits_.size() >= options_.ordersInFlightMax)
        return answer(Error{Error::Kind::Busy, "too many orders are under way; try again later"});
    askHeld(0, [this, answer = std::move(answer)](std::optional<UnixTime> newest) {
        if (!newest)
            return answer(ForcedDelivery{appliedState_.delivery.last, 0});
        const auto at = moveWatermark(*newest);
        if (!at)
            return answer(
                Error{Error::Kind::Busy, "the leader does not take entries now; try again in a moment"});
        entryWaits_.add(*at, clock_.now() + options_.writeTimeout,
                        [answer](EntryWaits::Fate fate, const messaging::AppliedEntry* entry) {
                            if (entry != nullptr)
                                answer(ForcedDelivery{entry->lastDelivery, entry->delivered});
                            else if (fate == EntryWaits::Fate::Replaced)
                                answer(Error{Error::Kind::Busy, "another node leads now; ask it"});
                            else
                                answer(Error{Error::Kind::Busy, "replication quorum not achieved; what waits "
                                                                "is delivered once there is one"});
                        });
        expiryTimer_.start();
    });
}

void RaftDriver::requestOrdering(std::function<void(Result<OrderingStatus>)> answer)
{
    QMetaObject::invokeMethod(
        workers_.apply,
        [apply = workers_.apply, now = timekeeper_.clusterNow(), window = options_.orderingWindow,
         heldMax = options_.orderingBufferMax,
         answer = std::move(answer)] { answer(apply->ordering(now, window, heldMax)); },
        Qt::QueuedConnection);
}

} // namespace dsmsg::node
