// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's clock that can be bent while the node runs, for fault lab and torture: an offset moves the wall
// clock, as an operator or a wrong NTP server does; a drift makes both clocks run fast or slow, as a bad
// crystal does. The boot-time clock never jumps: what it gained under a drift it keeps when the drift ends,
// while the wall clock returns to the truth in one step.
#pragma once

#include <atomic>
#include <memory>

#include "core/base/Clock.h"

namespace dsmsg {

/// Any thread reads; one thread bends.
class FaultClock final : public Clock
{
public:
    struct Bend
    {
        Duration offset{};               ///< of the wall clock
        double driftPartsPerMillion = 0; ///< of both clocks; more than -1e6
    };

    /// `base` outlives this.
    explicit FaultClock(const Clock& base);
    ~FaultClock() override;

    void bend(const Bend& bend);

    Instant now() const override;
    UnixTime wall() const override;

private:
    struct State
    {
        Bend bend;
        Instant since;       ///< on the base clock
        Duration gained;     ///< by the boot-time clock until then
        Duration wallGained; ///< by the wall clock under the drift that still goes on
        Duration drifted(Instant now) const;
    };

    const Clock& base_;
    std::atomic<std::shared_ptr<const State>> state_;
};

} // namespace dsmsg
