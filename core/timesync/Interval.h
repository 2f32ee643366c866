// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known of an offset is an interval that holds the truth, never a number. Where several sources speak
// of one truth, the part of the axis that most of them share is found by Marzullo's sweep (K. Marzullo,
// "Maintaining the Time in a Distributed System", Stanford 1984, appendix; RFC 5905, section 11.2.1).
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "core/base/Clock.h"

namespace dsmsg::timesync {

/// Closed; lower <= upper.
struct Interval
{
    Duration lower{};
    Duration upper{};

    Duration middle() const { return lower + (upper - lower) / 2; }
    /// Half of the width, rounded up.
    Duration halfWidth() const { return (upper - lower + Duration(1)) / 2; }
    bool holds(Duration value) const { return lower <= value && value <= upper; }
    bool meets(const Interval& other) const { return lower <= other.upper && other.lower <= upper; }
    Interval widenedBy(Duration more) const { return {lower - more, upper + more}; }
    Interval movedBy(Duration by) const { return {lower + by, upper + by}; }
    bool operator==(const Interval&) const = default;
};

struct Agreement
{
    Interval interval;     ///< every interval that meets this one covers all of it
    std::size_t count = 0; ///< how many do
};

/// The part that most of them share, the lowest one of equals. None of an empty list.
std::optional<Agreement> greatestAgreement(std::span<const Interval> intervals);

} // namespace dsmsg::timesync
