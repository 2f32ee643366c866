// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the load saw: outcomes, latencies from the intended start, leader changes, silences, and the same
// second by second. Reads no clock: every event comes with its moment.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/bench/Task.h"
#include "core/base/Histogram.h"

namespace dsmsg::bench {

struct LeaderChange
{
    double atSeconds = 0; ///< of the first acknowledgement of the new leader, after the beginning
    std::string from;
    std::string to;
    Duration silence{}; ///< since the last acknowledgement of any leader
};

struct SecondFigures
{
    std::uint64_t acknowledged = 0;
    std::uint64_t problems = 0; ///< answers and connections that were no acknowledgement
    std::uint64_t leaderChanges = 0;
    std::optional<Duration> p99;
};

/// Of the whole run, from the first message to the last answer.
struct Totals
{
    std::uint64_t started = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t duplicates = 0; ///< of them: stored by an attempt whose answer was lost
    std::uint64_t rejected = 0;   ///< certainly not stored, by the end
    std::uint64_t unknown = 0;    ///< may be stored
    std::uint64_t refused = 0;    ///< will never be taken
    std::uint64_t unsent = 0;     ///< open loop: due, and never sent
    std::uint64_t retries = 0;
    std::uint64_t redirects = 0;
    std::uint64_t unavailable = 0; ///< answers "not now"
    std::uint64_t broken = 0;      ///< connections that broke or did not come about
    std::uint64_t timeouts = 0;    ///< attempts given up
};

class Tally
{
public:
    static constexpr std::size_t secondsMax = 2 * 3600;
    static constexpr std::size_t changesMax = 1000;

    /// Latencies and the rate are of what lies in [from, to).
    void begin(Moment start, Moment from, Moment to);

    void acknowledged(const Task& task, Moment now, const std::string& by);
    /// Open loop: never sent; its latency is at least what it has waited.
    void unsent(Moment intended, Moment now);
    void problem();
    /// Nothing was under way until now, so the silence before was nobody's fault.
    void restartSilence(Moment now);

    /// Figures since the last call; called once a second.
    SecondFigures endSecond();

    Totals totals;
    const Histogram& latency() const { return latency_; }
    Duration greatest() const { return greatest_; }
    std::uint64_t measured() const { return measured_; } ///< acknowledged in [from, to)
    const std::vector<LeaderChange>& leaderChanges() const { return changes_; }
    std::uint64_t leaderChangeCount() const { return changeCount_; }
    Duration longestSilence() const { return longestSilence_; }
    const std::vector<SecondFigures>& seconds() const { return seconds_; }

private:
    void record(Moment intended, Duration latency);

    Moment start_, from_, to_;
    Histogram latency_;
    Duration greatest_{};
    std::uint64_t measured_ = 0;
    Histogram all_, allBefore_; ///< warm-up included, for the figures of a second
    SecondFigures second_;
    std::vector<SecondFigures> seconds_;
    std::vector<LeaderChange> changes_;
    std::uint64_t changeCount_ = 0;
    std::string lastBy_;
    std::optional<Moment> lastAcknowledgement_;
    Duration longestSilence_{};
};

} // namespace dsmsg::bench
