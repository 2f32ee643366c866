// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Linearizability.h"

#include <algorithm>

namespace dsmsg::sim {

void Linearizability::onSubmit(const ClusterView&, const std::string& msgId)
{
    submitted_.try_emplace(msgId, known_);
}

void Linearizability::onAcknowledge(const ClusterView&, const NodeView& node, const Acknowledgement& told)
{
    const auto floor = submitted_.find(told.msgId);
    if (floor != submitted_.end() && told.seq <= floor->second)
        fail(nameOfSlot(node.slot), " gives seq ", told.seq, " to ", told.msgId,
             ", which was sent after seq ", floor->second, " was known");
    known_ = std::max(known_, told.seq);
}

void Linearizability::onReadBegun(const ClusterView&, const ReadDemand& demand)
{
    reads_.try_emplace(demand.number, Open{demand, known_});
}

void Linearizability::onReadServed(const ClusterView&, const NodeView& node, const ServedRead& read)
{
    const auto open = reads_.find(read.number);
    if (open == reads_.end())
        return fail(nameOfSlot(node.slot), " serves read ", read.number, ", which nobody began");
    const auto [demand, floor] = open->second;
    const std::string what =
        text(nameOfSlot(node.slot), " serves read ", read.number, " at seq ", read.lastSeq);
    if (read.lastSeq > committed_.lastSeq() ||
        (!read.lastRemoved && read.lastId != committed_.idAt(read.lastSeq)))
        fail(what, " with message '", read.lastId, "', committed there is '", committed_.idAt(read.lastSeq),
             "'");
    if (read.lastSeq < demand.minSeq)
        fail(what, ", asked for was at least ", demand.minSeq);
    if (demand.level != raft::ReadLevel::Linearizable)
        return;
    if (read.lastSeq < floor)
        fail(what, ", but seq ", floor, " was known before it began");
    known_ = std::max(known_, read.lastSeq);
}

} // namespace dsmsg::sim
