// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an acknowledgement means: the message is on enough disks at that very moment, in the committed log for
// ever, once, under the seq that was told; and every node that applies it comes to the same state.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "tests/support/MemoryStore.h"
#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// An entry called committed is on the disks of a majority, of both sets of voters while they change; an
/// acknowledged message on as many as promised.
class DurableCommit final : public Checker
{
public:
    explicit DurableCommit(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "DurableCommit"; }
    void onStart(const ClusterView& cluster, const NodeView& node) override;
    void onStep(const ClusterView& cluster, const NodeView& node) override;
    void onAcknowledge(const ClusterView& cluster, const NodeView& node,
                       const Acknowledgement& told) override;

private:
    const CommittedLog& committed_;
    LogIndex checked_;
    /// Per slot, as of the last step: the step that commits may already begin the next change.
    std::map<int, raft::Configuration> inForce_;
};

/// One seq an id, whoever answers and however often it is asked, and it is the seq that counting the
/// committed log gives. Seqs have no gap because the count has none.
class ExactlyOnce final : public Checker
{
public:
    explicit ExactlyOnce(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "ExactlyOnce"; }
    void onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr> entries,
                 const std::vector<messaging::AppliedEntry>& outcomes,
                 const messaging::AppliedState& state) override;
    void onAcknowledge(const ClusterView&, const NodeView& node, const Acknowledgement& told) override;

private:
    const CommittedLog& committed_;
    std::unordered_map<std::string, Seq> told_;
};

/// Equal applied index means equal entries and an equal running hash, however the node came to its state: by
/// applying, from its disk, or by a snapshot. Here compared with a state machine of
/// the checker's own that applies the committed log one entry at a time.
class StateMachineSafety final : public Checker
{
public:
    explicit StateMachineSafety(const CommittedLog& committed)
        : committed_(committed)
        , machine_(store_)
    {
    }
    std::string name() const override { return "StateMachineSafety"; }
    void onStart(const ClusterView&, const NodeView& node) override { compare(node); }
    void onInstall(const ClusterView&, const NodeView& node) override { compare(node); }
    void onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr> entries,
                 const std::vector<messaging::AppliedEntry>& outcomes,
                 const messaging::AppliedState& state) override;

private:
    void catchUp();
    void compare(const NodeView& node);

    const CommittedLog& committed_;
    testing::MemoryStore store_;
    messaging::StateMachine machine_;
    std::vector<messaging::AppliedState> states_; ///< after each entry
};

} // namespace dsmsg::sim
