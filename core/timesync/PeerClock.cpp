// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/PeerClock.h"

namespace dsmsg::timesync {

PeerClock::Verdict PeerClock::take(const Exchange& exchange, Duration ownAnchor)
{
    const auto rejected = [this](Verdict verdict) {
        ++counters_.rejected;
        return verdict;
    };
    const bool backwards = exchange.received < exchange.sent || exchange.peerSent < exchange.peerReceived;
    if (backwards || exchange.delay() < Duration::zero())
        return rejected(Verdict::NegativeDelay);
    // However slow the answer: that the peer's clock has jumped is told by it and maybe by no other.
    const bool sameClock = follow(exchange.peer);
    if (exchange.received - exchange.sent > assumptions_.delayMax)
        return rejected(Verdict::TooSlow);
    if (!sameClock || exchange.sent < validFrom_)
        return rejected(Verdict::OfAnotherTime);

    const Sample sample = sampleOf(exchange, assumptions_);
    if (!window_.add(sample)) {
        ++counters_.outliers;
        return Verdict::Outlier;
    }
    ++counters_.accepted;
    counters_.lastAccepted = exchange.received;
    counters_.lastDelay = sample.delay;
    history_.add(sample.interval.middle() + peer_->anchor - ownAnchor);
    return Verdict::Accepted;
}

bool PeerClock::follow(const ClockState& told)
{
    const bool known = peer_ && peer_->run == told.run;
    if (known && told.epoch <= peer_->epoch)
        return told.epoch == peer_->epoch;
    // Figures of before would mix with those of the clock as it is now.
    history_.clear();
    if (!known)
        window_.clear();
    peer_ = told;
    return !known;
}

void PeerClock::ownJumped(Instant now)
{
    validFrom_ = now;
    history_.clear();
}

std::optional<Estimate> PeerClock::estimate(Instant now, Duration ownAnchor) const
{
    const auto interval = window_.interval(now);
    if (!interval)
        return std::nullopt;
    const Duration anchors = peer_->anchor - ownAnchor;
    return Estimate{*window_.likeliest(now) + anchors, interval->movedBy(anchors), window_.drift()};
}

void PeerClock::resetStatistics()
{
    history_.clear();
    const auto lastAccepted = counters_.lastAccepted;
    const Duration lastDelay = counters_.lastDelay;
    counters_ = {};
    counters_.lastAccepted = lastAccepted;
    counters_.lastDelay = lastDelay;
}

} // namespace dsmsg::timesync
