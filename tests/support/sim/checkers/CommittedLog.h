// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one committed log, put together from what any node ever called committed. That no two nodes disagree
// about it is the heart of State Machine Safety (Raft, figure 3); the other checkers compare with it.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/support/sim/checkers/Checker.h"

namespace dsmsg::sim {

struct CommittedEntry
{
    raft::EntryPtr entry;
    Term by; ///< the term of the server that committed it first
};

/// A message's place by an independent count over the committed log.
struct Placed
{
    Seq seq;
    LogIndex index;
};

class CommittedLog final : public Checker
{
public:
    std::string name() const override { return "StateMachineSafety (committed entries)"; }
    void onStart(const ClusterView&, const NodeView& node) override;
    void onStep(const ClusterView&, const NodeView& node) override;

    LogIndex last() const { return LogIndex(entries_.size()); }
    const CommittedEntry& at(LogIndex index) const { return entries_[index.value - 1]; }
    Term termAt(LogIndex index) const { return index && index <= last() ? at(index).entry->term : Term{}; }
    /// Null while no committed entry carries the message.
    const Placed* find(const std::string& msgId) const;
    Seq lastSeq() const { return lastSeq_; }
    /// The id of the message with this seq; empty when there is none.
    const std::string& idAt(Seq seq) const;
    /// The newest committed configuration.
    const raft::Configuration& configuration() const { return configuration_; }
    /// Seqs of the messages of the entry at `index`, in order.
    const std::vector<Seq>& seqsAt(LogIndex index) const { return seqs_[index.value - 1]; }

private:
    void add(const NodeView& node, const raft::EntryPtr& entry);

    std::vector<CommittedEntry> entries_;
    std::vector<std::vector<Seq>> seqs_;
    std::unordered_map<std::string, Placed> places_;
    std::vector<std::string> ids_; ///< by seq
    Seq lastSeq_;
    raft::Configuration configuration_;
    std::map<int, LogIndex> checked_; ///< per slot, of the current run
};

} // namespace dsmsg::sim
