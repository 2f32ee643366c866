// SPDX-License-Identifier: GPL-3.0-or-later
//
// The leader's part in delivery, as node::RaftDriver plays it: watermarks alone when something waits, and now
// and then one by force, as an operator or a full buffer makes it.
#include <algorithm>

#include "core/messaging/Command.h"
#include "tests/support/sim/Describe.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

/// After an apply, an install, or at the start.
void SimProcess::stateChanged()
{
    const messaging::AppliedState& applied = machine_.view.state.applied;
    reads_.applied(applied.index, applied.lastSeq);
    pacer_.applied(applied.delivery.watermark, stateMachine_.order().oldest());
    armDelivery();
    armRetention();
}

void SimProcess::armDelivery()
{
    const auto due = pacer_.due();
    if (!due || deliveryArmed_ || !raft_ || raft_->role() != raft::Role::Leader)
        return;
    deliveryArmed_ = true;
    later(std::max(*due - stamp(), Duration(random_.between(1000, 30000))), [this] {
        deliveryArmed_ = false;
        deliver();
        armDelivery();
    });
}

void SimProcess::deliver()
{
    if (raft_->role() != raft::Role::Leader || lab_.judge.violation() || !timekeeper_.mayStamp())
        return;
    const UnixTime now = stamp();
    UnixTime watermark = pacer_.next(now);
    const auto due = pacer_.due();
    bool forced = false;
    if (random_.chance(1, 20)) {
        const auto all = stateMachine_.order().watermarkLeaving(random_.below(4));
        forced = all && *all > watermark;
        watermark = std::max(watermark, all.value_or(watermark));
    }
    if (!forced && (!due || *due > now))
        return;
    const raft::Ready ready = step(raft::Propose{messaging::encodeBatch({}, watermark)});
    if (ready.proposed && std::holds_alternative<raft::Proposed>(*ready.proposed)) {
        pacer_.proposed(watermark);
        lab_.coverage.seen(forced ? Kind::DeliveryForced : Kind::WatermarkAlone);
        lab_.trace.line(nameOfSlot(machine_.view.slot),
                        forced ? " forces delivery up to " : " moves the watermark to ",
                        watermark.time_since_epoch().count());
    }
    handle(ready);
}

} // namespace dsmsg::sim
