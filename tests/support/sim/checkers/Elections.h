// SPDX-License-Identifier: GPL-3.0-or-later
//
// Election Safety and what it rests on (Raft, 5.2 and 5.4.1): one leader a term, one vote a server and term
// for ever, votes on disk before they are heard, a leader elected by a majority of durable votes, and every
// leader's log complete.
#pragma once

#include <map>
#include <set>
#include <utility>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// At most one leader of a cluster in a term, elected by durable votes of a majority of the voters' slots.
class ElectionSafety final : public Checker
{
public:
    std::string name() const override { return "ElectionSafety"; }
    void onStep(const ClusterView&, const NodeView& node) override;
    void onDurable(const ClusterView&, const NodeView& node) override;

private:
    void elected(const ClusterView& cluster, const NodeView& node);

    std::map<std::pair<ClusterId, Term>, ServerId> leaders_;
    std::map<std::pair<Term, ServerId>, std::set<ServerId>> votes_; ///< (term, candidate): who has it on disk
};

/// A server's vote of a term never changes once it is durable or was sent, crashes included.
class VoteOnce final : public Checker
{
public:
    std::string name() const override { return "VoteOnce"; }
    void onDurable(const ClusterView&, const NodeView& node) override;
    void onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope) override;

private:
    void cast(const ClusterView& cluster, const NodeView& voter, Term term, ServerId candidate);

    std::map<std::pair<ServerId, Term>, ServerId> votes_;
};

/// A leader moves its commit index only onto entries of its own term (Raft, 5.4.2 and figure 8).
class CommitRule final : public Checker
{
public:
    std::string name() const override { return "CommitRule"; }
    void onStart(const ClusterView&, const NodeView& node) override;
    void onStep(const ClusterView&, const NodeView& node) override;

private:
    std::map<int, LogIndex> commits_; ///< per slot
};

/// A leader whose disk does not answer steps down (CORE.md, Raft). Seen from outside, with a margin for its
/// timer.
class NoStalledLeader final : public Checker
{
public:
    std::string name() const override { return "NoStalledLeader"; }
    void onCensus(const ClusterView&, const NodeView& node, const Census& census) override;
};

/// What was committed in earlier terms is in the log of every new leader.
class LeaderCompleteness final : public Checker
{
public:
    explicit LeaderCompleteness(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "LeaderCompleteness"; }
    void onStep(const ClusterView&, const NodeView& node) override;

private:
    const CommittedLog& committed_;
    std::map<int, std::pair<std::uint32_t, Term>>
        checked_; ///< slot: run and term of the leadership looked at
};

/// Terms never go back, over restarts too; commit index and apply index never within a run.
class Monotone final : public Checker
{
public:
    std::string name() const override { return "Monotone"; }
    void onStart(const ClusterView&, const NodeView& node) override;
    void onStep(const ClusterView&, const NodeView& node) override;
    void onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope) override;

private:
    struct Seen
    {
        Term term;
        LogIndex commit;
        LogIndex applyThrough;
    };
    std::map<int, Seen> seen_;            ///< per slot, of the current run
    std::map<ServerId, Term> spokenTerm_; ///< the highest term ever told to others
};

} // namespace dsmsg::sim
