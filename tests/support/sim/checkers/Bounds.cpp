// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each bound allows one thing more than its setting, because one that is larger than the bound must still
// pass.
#include "tests/support/sim/checkers/Bounds.h"

#include <algorithm>

namespace dsmsg::sim {

void BoundedMemory::onWrite(const ClusterView&, const NodeView&, const raft::Write& write)
{
    for (const raft::EntryPtr& entry : write.entries)
        largest_ = std::max(largest_, entry->data.size());
}

void BoundedMemory::onCensus(const ClusterView& cluster, const NodeView& node, const Census& census)
{
    const raft::Settings& settings = census.settings;
    const std::size_t largest = std::max(largest_, census.largestEntryBytes);
    for (const raft::PeerStatus& peer : census.peers) {
        if (peer.inflightMessages > settings.inflightMessagesMax)
            fail(nameOfSlot(node.slot), " has ", peer.inflightMessages, " messages in flight to ",
                 cluster.nameOf(peer.server), ", allowed are ", settings.inflightMessagesMax);
        const std::size_t onePayload = std::max(settings.appendBytesMax, largest);
        if (peer.inflightBytes > settings.inflightBytesMax + onePayload)
            fail(nameOfSlot(node.slot), " has ", peer.inflightBytes, " bytes in flight to ",
                 cluster.nameOf(peer.server), ", allowed are ", settings.inflightBytesMax);
    }
    if (census.uncommittedOwnBytes > settings.uncommittedBytesMax + largest)
        fail(nameOfSlot(node.slot), " took proposals of ", census.uncommittedOwnBytes,
             " bytes that are not committed, allowed are ", settings.uncommittedBytesMax);
    if (census.cachedBytes > settings.cacheBytesMax + census.neededBytes + largest)
        fail(nameOfSlot(node.slot), " keeps entries of ", census.cachedBytes, " bytes, needed are ",
             census.neededBytes, ", allowed beyond them are ", settings.cacheBytesMax);
    if (census.pendingReads > settings.pendingReadsMax)
        fail(nameOfSlot(node.slot), " has ", census.pendingReads,
             " reads waiting for their round, allowed are ", settings.pendingReadsMax);
    constexpr std::size_t messagesMax = 10000;
    if (census.openMessages > messagesMax)
        fail(nameOfSlot(node.slot), " has ", census.openMessages, " messages without an answer");
    if (census.openAcknowledgements > census.acknowledgementsMax)
        fail(nameOfSlot(node.slot), " has ", census.openAcknowledgements,
             " acknowledgements of inboxes without an answer, allowed are ", census.acknowledgementsMax);
    constexpr std::size_t writesMax = 100000;
    if (census.pendingWrites > writesMax)
        fail(nameOfSlot(node.slot), " has ", census.pendingWrites, " unfinished writes");
}

void SingleCluster::onStep(const ClusterView&, const NodeView& node)
{
    if (!node.commit || !committed_.last())
        return;
    if (cluster_.isZero()) {
        const raft::Entry& first = *committed_.at(LogIndex{1}).entry;
        const auto formed = raft::decodeConfiguration(first.data);
        if (first.kind != raft::EntryKind::Form || !formed)
            return fail("the first committed entry does not form a cluster");
        cluster_ = formed->cluster;
    }
    if (node.configuration.cluster != cluster_)
        fail(nameOfSlot(node.slot), " committed ", node.commit, " entries but belongs to cluster ",
             toHex(node.configuration.cluster), ", not to ", toHex(cluster_));
}

} // namespace dsmsg::sim
