// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the logs owe each other: Log Matching and Leader Append-Only (Raft, figure 3), writes that fit the log
// they change, acknowledgements that tell the truth.
#pragma once

#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// Two entries of one cluster, index and term are the same and have the same entry before them, in whatever
/// log they are.
class LogMatching final : public Checker
{
public:
    std::string name() const override { return "LogMatching"; }
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;

private:
    struct Known
    {
        raft::EntryPtr entry;
        Term before;
    };
    std::map<std::tuple<ClusterId, LogIndex, Term>, Known> known_;
};

/// Writes are numbered and fit the log; a leader never truncates; nobody truncates what is committed or what
/// it acknowledged to the leader of this term.
class WriteDiscipline final : public Checker
{
public:
    explicit WriteDiscipline(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "WriteDiscipline"; }
    void onStart(const ClusterView&, const NodeView& node) override;
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;
    void onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope) override;

private:
    void checkTruncation(const NodeView& node, const raft::Write& write);
    void checkEntries(const NodeView& node, const raft::Write& write);

    struct Acknowledged
    {
        Term term;
        LogIndex match;
    };
    const CommittedLog& committed_;
    std::map<int, WriteId> lastWrite_;              ///< per slot, of the current run
    std::map<ServerId, Acknowledged> acknowledged_; ///< the highest match told in the newest term
};

/// The configuration in force is that of the newest Form or Configuration entry of the node's own log, or the
/// one that its log begins with (Raft, 6).
class ConfigurationInForce final : public Checker
{
public:
    std::string name() const override { return "ConfigurationInForce"; }
    void onStart(const ClusterView&, const NodeView& node) override;
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;
    void onStep(const ClusterView&, const NodeView& node) override;

private:
    std::map<int, bool> changed_; ///< per slot: the log changed since the last look
};

/// A follower acknowledges only what its disk holds and what its leader has.
class HonestAcknowledgement final : public Checker
{
public:
    std::string name() const override { return "HonestAcknowledgement"; }
    void onSend(const ClusterView& cluster, const NodeView& node, const raft::Envelope& envelope) override;
};

} // namespace dsmsg::sim
