// SPDX-License-Identifier: GPL-3.0-or-later
//
// A consistent picture of one node at one moment, as a value.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/messaging/Store.h"
#include "core/node/Faults.h"
#include "core/node/TimeStatus.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

enum class ReplicationMode : std::uint8_t
{
    Async,
    SyncQuorum
};

const char* toString(ReplicationMode mode); ///< "async", "sync_quorum"

struct PeerHealth
{
    std::string url;
    std::string id; ///< empty until met
    bool alive = false;
    std::optional<UnixTime> lastOk; ///< last sign of life
    std::string problem;            ///< why the link is down or refused, in words; empty when up
};

struct RecentDelivery
{
    std::string msgId;
    std::string sender;
    UnixTime correctedTs{};
};

struct DiskStatus
{
    std::uint64_t freeBytes = 0;
    std::uint64_t reserveBytes = 0;
    bool sufficient = true;
    Duration lastSync{}; ///< duration of the newest group commit
    std::string failure; ///< why this node stopped writing; empty while it writes
};

/// Submissions that this node took as leader and has answered since its start, by what became of them.
struct SubmissionCounts
{
    std::uint64_t accepted = 0;   ///< duplicates included
    std::uint64_t duplicates = 0; ///< of those
    std::uint64_t rejected = 0;
    std::uint64_t unknown = 0;
    std::uint64_t committed = 0; ///< by a majority, but not by as many as were asked for
};

struct NodeStatus
{
    std::string nodeId;
    ServerId incarnation; ///< of its data directory
    std::string host;
    std::uint16_t port = 0;
    std::string version;
    std::vector<PeerHealth> peers; ///< the others, by URL
    ReplicationMode mode = ReplicationMode::Async;
    std::uint32_t quorum = 2; ///< as configured
    std::uint32_t effectiveQuorum = 2;
    Seq committedSeq;
    DeliverySeq deliveredSeq;     ///< given out; as many as `committedSeq` once nothing waits
    messaging::KeptMessages kept; ///< what retention and ttl have left
    Bits128 stateHash;            ///< running hash at raft.applied
    raft::Status raft;
    std::string leaderId;                         ///< empty when none is known
    std::string leaderUrl;                        ///< same
    Duration averageStoreLatency{};               ///< submit to acknowledgement, over the last 1000
    std::optional<UnixTime> lastRecoveryTime;     ///< when this node last caught up after a start or a cut
    std::vector<RecentDelivery> recentDeliveries; ///< newest last, up to 5
    DiskStatus disk;
    std::vector<ActiveFault> faults; ///< injected on purpose; `remaining` as of their last change
    TimeStatus time;
    std::size_t pendingSubmissions = 0;
    Duration oldestPending{};
    std::string explain; ///< why no leader, or why the oldest pending write waits; empty when all is well
};

} // namespace dsmsg::node
