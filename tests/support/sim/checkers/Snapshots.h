// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compaction and snapshots (Raft, section 7): whatever is taken from a log must be in a state that no power
// cut takes away, and a snapshot never replaces what is newer.
#pragma once

#include <map>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

class SnapshotDiscipline final : public Checker
{
public:
    explicit SnapshotDiscipline(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "SnapshotDiscipline"; }
    void onStart(const ClusterView&, const NodeView& node) override;
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;
    void onDurable(const ClusterView&, const NodeView& node) override;
    void onInstall(const ClusterView&, const NodeView& node) override;
    void onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                 const std::vector<messaging::AppliedEntry>&, const messaging::AppliedState&) override;
    void onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope) override;

private:
    const CommittedLog& committed_;
    std::map<ServerId, LogIndex> applied_; ///< of the state in use when it was last looked at
};

} // namespace dsmsg::sim
