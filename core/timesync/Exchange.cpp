// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/Exchange.h"

#include "core/base/Assert.h"
#include "core/timesync/Drift.h"

namespace dsmsg::timesync {

namespace {

/// Stamps of two clocks, subtracted as figures.
Duration difference(Instant peer, Instant own)
{
    return peer.time_since_epoch() - own.time_since_epoch();
}

} // namespace

Interval Sample::intervalAt(Instant now, const Assumptions& assumptions) const
{
    // `now` is before `at` only where the own clock was set back, by a virtual machine.
    return interval.widenedBy(driftAllowance(std::chrono::abs(now - at), assumptions.driftMaxPpm));
}

Sample sampleOf(const Exchange& exchange, const Assumptions& assumptions)
{
    DSMSG_ASSERT(exchange.delay() >= Duration::zero(), "the interval of the sample would be empty");
    const Interval before{difference(exchange.peerSent, exchange.received),
                          difference(exchange.peerReceived, exchange.sent)};
    const Duration during = driftAllowance(exchange.received - exchange.sent, assumptions.driftMaxPpm);
    return {exchange.received, before.widenedBy(assumptions.resolution + during), exchange.delay()};
}

} // namespace dsmsg::timesync
