// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last samples of one peer's clock, and what they prove together. As long as the assumptions hold, every
// sample's interval, widened by its age, holds the truth, so the part common to all of them does. RFC 5905
// (section 10) takes the one sample of least delay instead; the common part is never wider than that, and it
// is narrow also where no single exchange was fast in both directions.
//
// A sample that cannot be true together with the majority (RFC 5905, section 11.2.1, there between servers)
// is an outlier and not used: a clock or a stamp went wrong. When the newest ones agree with each other and
// not with what was known, the peer's clock has moved, and what was known before is forgotten.
#pragma once

#include <deque>
#include <optional>

#include "core/timesync/Drift.h"
#include "core/timesync/Exchange.h"

namespace dsmsg::timesync {

class SampleWindow
{
public:
    static constexpr std::size_t samplesMax = 64;
    static constexpr Duration ageMax = std::chrono::minutes(10);
    /// So many outliers in a row, true together, overthrow what was known.
    static constexpr std::size_t revolt = 4;

    explicit SampleWindow(Assumptions assumptions)
        : assumptions_(assumptions)
    {
    }

    /// Samples come in order of their time. False: it is an outlier; enough of them that agree overthrow what
    /// is believed now.
    bool add(const Sample& sample);
    void clear();

    /// What is proven of the boot-time clocks' offset at `now`; none of an empty window.
    std::optional<Interval> interval(Instant now) const;
    /// The likeliest offset at `now`, inside interval(): that of the most telling sample, moved on by the
    /// measured drift.
    std::optional<Duration> likeliest(Instant now) const;
    const std::optional<Drift>& drift() const { return drift_; }

private:
    struct Kept
    {
        Sample sample;
        bool outlier = false;
    };

    void judge(Instant now);
    bool overthrown(Instant now) const;
    void forgetOld(Instant now);
    void measureDrift();

    const Assumptions assumptions_;
    std::deque<Kept> samples_; ///< oldest first; at least one is no outlier
    std::optional<Drift> drift_;
};

} // namespace dsmsg::timesync
