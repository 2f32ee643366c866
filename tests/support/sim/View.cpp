// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/View.h"

#include "tests/support/sim/Text.h"

namespace dsmsg::sim {

void DiskImage::perform(const raft::Write& write)
{
    if (write.hardState)
        hardState = *write.hardState;
    if (write.truncateFrom && write.truncateFrom <= lastIndex())
        log.resize(write.truncateFrom.value - 1);
    log.insert(log.end(), write.entries.begin(), write.entries.end());
}

std::string nameOfSlot(int slot)
{
    return text('n', slot + 1);
}

std::size_t ClusterView::copies(const raft::Configuration& configuration, LogIndex index, Term term) const
{
    std::size_t count = 0;
    for (const raft::Member& member : configuration.members) {
        if (!member.bound() || member.role != raft::MemberRole::Voter)
            continue;
        const auto disk = disks.find(member.server);
        if (disk != disks.end() && disk->second->durable.at(index) &&
            disk->second->durable.termAt(index) == term)
            ++count;
    }
    return count;
}

const NodeView* ClusterView::find(ServerId server) const
{
    for (const NodeView& node : nodes) {
        if (node.server == server)
            return &node;
    }
    return nullptr;
}

std::string ClusterView::nameOf(ServerId server) const
{
    const NodeView* node = find(server);
    return node ? nameOfSlot(node->slot) : toHex(server);
}

} // namespace dsmsg::sim
