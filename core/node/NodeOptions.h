// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <QString>

#include "core/base/Clock.h"
#include "core/net/PeerHub.h"
#include "core/node/LogGauge.h"
#include "core/node/NodeStatus.h"
#include "core/node/Timekeeper.h"
#include "core/raft/Settings.h"

namespace dsmsg::node {

/// Fixed at start. Every URL is normalised (net::normaliseUrl).
struct NodeOptions
{
    std::string id;
    std::string host;
    std::uint16_t port = 0;
    std::string advertiseUrl;
    std::vector<std::string> peerUrls; ///< the others, sorted, without the own URL
    std::string joinUrl; ///< a node of the cluster to be taken into; empty: form one with the peers
    /// Others hold the data too, so that this node may begin anew when its own is damaged.
    bool hasOthers() const { return !peerUrls.empty() || !joinUrl.empty(); }
    ReplicationMode mode = ReplicationMode::Async;
    std::uint32_t quorum = 2;
    QString dataDirectory;
    bool faultInjection = false; ///< /faults is there, and the databases go through a FaultVfs
    std::string secret;          ///< empty: peer links are not authenticated, the raft JSON routes refuse

    raft::Settings raft;
    net::PeerHub::Timings peers;
    TimeOptions time;
    Milliseconds writeTimeout{5000};
    std::uint64_t diskReserveBytes = 64u << 20;
    LogGauge::Keep logKept;           ///< of the log, when it is compacted
    Milliseconds scrubInterval{1000}; ///< between two checked stretches, about 1 MB, of each database
    Duration orderingWindow = std::chrono::seconds(5); ///< how long a message waits for those sent before it
    std::uint64_t orderingBufferMax = 1'000'000; ///< waiting messages; the leader delivers early beyond it
    Milliseconds retentionInterval{1000};        ///< between two looks for messages that are to go
    std::size_t ordersPerEntryMax = 1000;        ///< cursors that one entry moves
    std::size_t inboxAcksWaitingMax = 16384;     ///< acknowledgements of inboxes without an answer
    std::size_t ordersInFlightMax = 64; ///< entries of orders that somebody waits for, as forced deliveries
    std::size_t readsWaitingMax = 4096;
    std::size_t batchBytesMax = 256 * 1024;
    std::size_t batchMessagesMax = 2048;
    std::size_t entriesInFlightMax =
        3; ///< proposed, neither committed nor answered; beyond it messages gather into one entry
};

} // namespace dsmsg::node
