// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/ClockEstimate.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::client {

Duration ClockEstimate::driftOver(Duration time) const
{
    return Duration(std::llround(std::ceil(double(std::chrono::abs(time).count()) * driftMaxPpm_ / 1e6)));
}

bool ClockEstimate::add(const Exchange& exchange)
{
    const Duration whole = exchange.received - exchange.sent;
    const Duration inNode = exchange.nodeSent - exchange.nodeReceived;
    const Duration delay = whole - inNode;
    if (inNode < Duration::zero() || exchange.bound < Duration::zero() || delay < Duration::zero() ||
        delay > delayMax)
        return false;
    // The node answered after we asked and before we heard it.
    const Duration cluster = exchange.clusterTime.time_since_epoch();
    const Duration greatest = cluster - inNode - exchange.sent.time_since_epoch();
    const Duration least = cluster - exchange.received.time_since_epoch();
    const Duration halfWidth =
        (greatest - least + Duration(1)) / 2 + exchange.bound + resolution + driftOver(whole);
    samples_.push_back({exchange.received, least + (greatest - least) / 2, halfWidth});
    if (samples_.size() > samplesMax)
        samples_.pop_front();
    return true;
}

Duration ClockEstimate::halfWidthAt(const Sample& sample, Instant now) const
{
    return sample.halfWidth + driftOver(now - sample.at);
}

std::optional<ClockOffset> ClockEstimate::at(Instant now, UnixTime wall) const
{
    const auto best = std::ranges::min_element(
        samples_, {}, [&](const Sample& sample) { return halfWidthAt(sample, now); });
    // The narrowest may be older than others, but never the only one that is too old.
    if (samples_.empty() || now - samples_.back().at > ageMax)
        return std::nullopt;
    const Duration clusterNow = now.time_since_epoch() + best->middle;
    return ClockOffset{clusterNow - wall.time_since_epoch(), halfWidthAt(*best, now)};
}

} // namespace dsmsg::client
