// SPDX-License-Identifier: GPL-3.0-or-later
//
// The promise to consumers, against the committed log: what a consumer was told of its cursor is never lost
// nor taken back, on any node, and between its cursor and the end it is shown every message that is there.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/support/sim/checkers/Removals.h"

namespace dsmsg::sim {

class InboxCursors final : public Checker
{
public:
    InboxCursors(const CommittedLog& committed, const Removals& removals)
        : committed_(committed)
        , removals_(removals)
    {
    }
    std::string name() const override { return "InboxCursors"; }
    void onStart(const ClusterView&, const NodeView& node) override { compare(node); }
    void onInstall(const ClusterView&, const NodeView& node) override { compare(node); }
    void onStep(const ClusterView&, const NodeView& node) override;
    void onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                 const std::vector<messaging::AppliedEntry>&, const messaging::AppliedState&) override
    {
        compare(node);
    }
    void onCursorTold(const ClusterView&, const NodeView& node, const messaging::MoveCursor& wish,
                      Seq cursor) override;
    void onInboxAsked(const ClusterView&, const InboxDemand& demand) override;
    void onInboxServed(const ClusterView&, const NodeView& node, const InboxDemand& demand,
                       const InboxView& page) override;

private:
    /// Where the cursor is once the entry is applied; later ones follow.
    using History = std::map<LogIndex, Seq>;
    static Seq at(const History& history, LogIndex index);
    Seq cursorAt(const std::string& recipient, LogIndex index) const;
    void compare(const NodeView& node);

    const CommittedLog& committed_;
    const Removals& removals_;
    LogIndex seen_;
    Seq lastSeq_; ///< once that entry is applied
    std::map<std::string, History> cursors_;
    std::map<std::string, Seq> told_; ///< the furthest that a consumer was told
    std::unordered_map<std::uint64_t, Seq> floors_;
};

} // namespace dsmsg::sim
