// SPDX-License-Identifier: GPL-3.0-or-later
//
// What exchanges with nodes prove of the own clock against cluster time. Four timestamps as in NTP (RFC 5905,
// section 8), but without its assumption that both ways take equally long: an exchange gives an interval that
// holds the truth, from the delay and from the bound that the node states of its own cluster time. Of the
// last ones the narrowest counts (RFC 5905, section 10, the sample of least delay), and each grows wider with
// its age.
//
// Measured against the boot-time clock, which nobody sets; stated against the wall clock of the moment,
// because that is what the program's timestamps are read from.
#pragma once

#include <deque>
#include <optional>

#include "core/base/Clock.h"

namespace dsmsg::client {

/// Cluster time minus the own wall clock is within offset +- error.
struct ClockOffset
{
    Duration offset{};
    Duration error{};
};

class ClockEstimate
{
public:
    struct Exchange
    {
        Instant sent;          ///< own clock, before the request left
        Instant received;      ///< own clock, after the answer came
        UnixTime nodeReceived; ///< the node's clock
        UnixTime nodeSent;     ///< same
        UnixTime clusterTime;  ///< at nodeSent, as the node reckons
        Duration bound{};      ///< cluster time is within clusterTime +- this
    };
    static constexpr std::size_t samplesMax = 16;
    static constexpr Duration delayMax = std::chrono::seconds(1); ///< a slower exchange says too little
    static constexpr Duration ageMax = std::chrono::minutes(10);
    static constexpr Duration resolution{2}; ///< of stamps that travel as JSON numbers

    /// `driftMaxPpm`: how fast the own clock and the cluster's may drift apart; over 0.
    explicit ClockEstimate(double driftMaxPpm)
        : driftMaxPpm_(driftMaxPpm)
    {
    }

    /// In the order of `received`. False: it proves nothing (too slow, or a clock went wrong meanwhile).
    bool add(const Exchange& exchange);
    /// None before the first sample, and when all are too old.
    std::optional<ClockOffset> at(Instant now, UnixTime wall) const;

private:
    struct Sample
    {
        Instant at;
        Duration middle{}; ///< of cluster time minus boot-time clock
        Duration halfWidth{};
    };

    Duration halfWidthAt(const Sample& sample, Instant now) const;
    Duration driftOver(Duration time) const;

    double driftMaxPpm_;
    std::deque<Sample> samples_; ///< oldest first
};

} // namespace dsmsg::client
