// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/FaultClock.h"

#include "core/base/Assert.h"

namespace dsmsg {

Duration FaultClock::State::drifted(Instant now) const
{
    const double elapsed = static_cast<double>((now - since).count());
    return Duration(static_cast<Duration::rep>(elapsed * bend.driftPartsPerMillion / 1e6));
}

FaultClock::FaultClock(const Clock& base)
    : base_(base)
    , state_(std::make_shared<const State>(State{{}, base.now(), {}, {}}))
{
}

FaultClock::~FaultClock() = default;

void FaultClock::bend(const Bend& bend)
{
    DSMSG_ASSERT(bend.driftPartsPerMillion > -1e6, "a clock must not run backwards");
    const auto before = state_.load();
    const Instant now = base_.now();
    const Duration drifted = before->drifted(now);
    const bool driftsOn = bend.driftPartsPerMillion != 0;
    state_.store(std::make_shared<const State>(
        State{bend, now, before->gained + drifted, driftsOn ? before->wallGained + drifted : Duration{}}));
}

Instant FaultClock::now() const
{
    const auto state = state_.load();
    const Instant now = base_.now();
    return now + state->gained + state->drifted(now);
}

UnixTime FaultClock::wall() const
{
    const auto state = state_.load();
    return base_.wall() + state->bend.offset + state->wallGained + state->drifted(base_.now());
}

} // namespace dsmsg
