// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/View.h"

#include <algorithm>

#include "tests/support/sim/Text.h"

namespace dsmsg::sim {

std::pair<LogIndex, raft::Configuration> DiskImage::configuration() const
{
    for (auto entry = log.rbegin(); entry != log.rend(); ++entry) {
        if ((*entry)->kind != raft::EntryKind::Form && (*entry)->kind != raft::EntryKind::Configuration)
            continue;
        if (auto decoded = raft::decodeConfiguration((*entry)->data))
            return {(*entry)->index, std::move(*decoded)};
    }
    return {base.index, base.configuration};
}

void DiskImage::perform(const raft::Write& write)
{
    if (write.hardState)
        hardState = *write.hardState;
    if (write.reset) {
        base = *write.reset;
        log.clear();
    }
    if (write.compact && write.compact->index > base.index) {
        log.erase(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(write.compact->index - base.index));
        base = *write.compact;
    }
    if (write.truncateFrom && write.truncateFrom <= lastIndex())
        log.resize(write.truncateFrom - base.index - 1);
    log.insert(log.end(), write.entries.begin(), write.entries.end());
}

const TimeView::Peer* TimeView::find(ServerId server) const
{
    const auto found = std::ranges::find(peers, server, &Peer::server);
    return found == peers.end() ? nullptr : &*found;
}

std::string nameOfSlot(int slot)
{
    return text('n', slot + 1);
}

bool ClusterView::holds(ServerId server, LogIndex index, Term term) const
{
    const auto disk = disks.find(server);
    if (disk == disks.end())
        return false;
    const DiskImage& durable = disk->second->durable;
    return index < durable.base.index || (index <= durable.lastIndex() && durable.termAt(index) == term);
}

std::size_t ClusterView::copies(const raft::Configuration& configuration, LogIndex index, Term term) const
{
    return static_cast<std::size_t>(std::ranges::count_if(configuration.members, [&](const raft::Member& m) {
        return m.bound() && m.role == raft::MemberRole::Voter && holds(m.server, index, term);
    }));
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
