// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node knows of time at one moment, as a value: everything that API.md's time routes and the time_sync
// of the status are made of. Offsets are the other clock minus the own one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Ids.h"
#include "core/timesync/Correction.h"
#include "core/timesync/OffsetHistory.h"
#include "core/timesync/PeerClock.h"

namespace dsmsg::node {

struct PeerTime
{
    ServerId server;
    std::string id;  ///< empty while it is no member
    std::string url; ///< same
    bool votes = false;
    std::optional<timesync::Estimate> estimate; ///< none before the first good exchange
    std::optional<timesync::OffsetFigures> figures;
    timesync::PeerClock::Counters exchanges;
};

/// Corrections of timestamps, since the start or the last reset.
struct CorrectionFigures
{
    std::uint64_t applied = 0;
    Duration averageMagnitude{};
    Duration greatestMagnitude{};
    timesync::CorrectionMethod method = timesync::CorrectionMethod::Hybrid;
};

struct TimeStatus
{
    std::string nodeId;
    Instant asOf;         ///< on the node's boot-time clock: the figures are of this moment
    UnixTime localTime;   ///< the node's own clock
    UnixTime clusterTime; ///< what everything is stamped by
    /// A majority of the voters was heard recently. Without, the bound goes on growing, and still holds.
    bool synchronized = false;
    Duration clockOffset{};                  ///< cluster time minus own clock
    std::optional<Duration> bound;           ///< the true median of the voters is within clusterTime +- it
    std::optional<Duration> networkDelay;    ///< there and back, the mean of the peers' last
    std::optional<timesync::Drift> drift;    ///< of cluster time against the own clock
    std::optional<Duration> predictedOffset; ///< clockOffset at the next round, by the drift
    std::optional<timesync::OffsetFigures> skew; ///< of clockOffset, once a second while synchronised
    std::optional<UnixTime> lastSync;            ///< cluster time of the last good exchange
    std::size_t historySize = 0;                 ///< offsets that are kept, of all peers
    std::uint64_t attempts = 0;                  ///< rounds
    std::uint64_t successes = 0;                 ///< rounds in which a peer answered, or without any peer
    std::uint64_t jumps = 0;                     ///< of the own wall clock since the start
    std::vector<PeerTime> peers;
    CorrectionFigures corrections;

    double successRate() const
    {
        return attempts == 0 ? 0 : static_cast<double>(successes) / static_cast<double>(attempts);
    }
    /// Small enough that timestamps of this node's clients need no doubt.
    bool skewAcceptable() const { return std::chrono::abs(clockOffset) <= acceptableSkew; }
    std::chrono::seconds recommendedSyncInterval() const
    {
        return timesync::recommendedSyncInterval(drift ? drift->partsPerMillion : 0);
    }

    static constexpr Duration acceptableSkew = std::chrono::milliseconds(100);
};

/// What became of one round: everybody is asked for the time, and answers or does not.
struct TimeRound
{
    std::size_t asked = 0;    ///< peers that could be reached
    std::size_t answered = 0; ///< well
    bool good = false;        ///< somebody answered, or there is nobody
    TimeStatus status;        ///< after it
};

} // namespace dsmsg::node
