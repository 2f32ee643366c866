// SPDX-License-Identifier: GPL-3.0-or-later
//
// Time, against the true clocks, which no node sees: what nodes state of each other's clocks and of cluster
// time holds within the stated bounds, always. The bounds rest on one assumption, that clocks run apart no
// faster than so; where it is broken (ClusterView::clocksKeepRate) only what needs no bound is demanded.
#pragma once

#include <map>
#include <string>

#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// The true offset of a peer's clock, as that was when it told of it, lies in the interval that is stated of
/// it, and so does the likeliest one; no exchange across a jump is used, and no two contradict each other.
class EstimatesHold final : public Checker
{
public:
    std::string name() const override { return "EstimatesHold"; }
    void onTime(const ClusterView& cluster, const NodeView& node) override;
    void onExchange(const ClusterView& cluster, const NodeView& node, const TimedExchange& exchange) override;
};

/// A node that looked at its wall clock goes by it, within what is too little to call a jump.
class WallClockFollowed final : public Checker
{
public:
    std::string name() const override { return "WallClockFollowed"; }
    void onTime(const ClusterView& cluster, const NodeView& node) override;
};

/// The median of the voters' true clocks lies within each node's bound of its cluster time, and the cluster
/// times of two nodes with the same voters, of whom they were told the same, are no farther apart than the
/// sum of their bounds.
class ClusterTimeAgrees final : public Checker
{
public:
    std::string name() const override { return "ClusterTimeAgrees"; }
    void onClocks(const ClusterView& cluster) override;

private:
    void compareWithMedian(const ClusterView& cluster, const NodeView& node);
    void compare(const NodeView& a, const NodeView& b);
};

/// Once a node knew cluster time, it goes on in step with the node's boot-time clock, by no more than a
/// hundredth faster or slower, and never back: in one run.
class ClusterTimeSlews final : public Checker
{
public:
    std::string name() const override { return "ClusterTimeSlews"; }
    void onTime(const ClusterView& cluster, const NodeView& node) override;

private:
    struct Seen
    {
        std::uint64_t run = 0;
        Instant boot;
        UnixTime cluster;
    };
    std::map<int, Seen> last_; ///< per slot, since cluster time was known in that run
};

/// Leaders stamp messages in the order in which they are committed, across elections too.
class StampsNeverGoBack final : public Checker
{
public:
    explicit StampsNeverGoBack(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "StampsNeverGoBack"; }
    void onStep(const ClusterView& cluster, const NodeView& node) override;

private:
    const CommittedLog& committed_;
    LogIndex checked_;
    UnixTime newest_ = UnixTime::min();
};

/// Which of these members do not know the time, in words; empty: all do. What is demanded once everything is
/// healed.
std::string unsynchronized(const ClusterView& cluster, const raft::Configuration& members);

} // namespace dsmsg::sim
