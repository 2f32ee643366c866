// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often each kind of thing happened. A simulator that never produces a fault proves nothing about it, so
// a kind that stays at zero over many seeds fails the run, and the figures are printed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/raft/Message.h"

namespace dsmsg::sim {

/// One table for the enumerators and the names that are printed.
#define DSMSG_SIM_KINDS(X)                                                                                   \
    X(FaultCrash, "fault: process killed")                                                                   \
    X(FaultPowerCut, "fault: power cut")                                                                     \
    X(FaultPowerCutAll, "fault: power cut of all nodes")                                                     \
    X(FaultMidWrite, "fault: crash in the middle of a write")                                                \
    X(FaultRestart, "fault: restarted after a crash")                                                        \
    X(FaultWipe, "fault: disk wiped")                                                                        \
    X(FaultWipeEarly, "fault: disk wiped before all had formed")                                             \
    X(FaultPause, "fault: node frozen")                                                                      \
    X(FaultIsolate, "fault: node isolated")                                                                  \
    X(FaultSplit, "fault: network split in two")                                                             \
    X(FaultOneWay, "fault: links cut one way")                                                               \
    X(FaultBridge, "fault: two halves and a bridge")                                                         \
    X(FaultLinkFlap, "fault: connection reset")                                                              \
    X(FaultDelay, "fault: delay storm")                                                                      \
    X(FaultLoss, "fault: packet loss")                                                                       \
    X(FaultDuplication, "fault: duplication")                                                                \
    X(FaultReorder, "fault: reordering")                                                                     \
    X(FaultDiskSlow, "fault: slow disk")                                                                     \
    X(FaultDiskStall, "fault: stalled disk")                                                                 \
    X(FaultDiskFull, "fault: disk full")                                                                     \
    X(FaultReadFails, "fault: log cannot be read")                                                           \
    X(FaultReadsLate, "fault: log read late")                                                                \
    X(FaultSlowApply, "fault: slow apply thread")                                                            \
    X(FaultClockDrift, "fault: clock drifts")                                                                \
    X(FaultClockLeap, "fault: clock leaps forward")                                                          \
    X(FaultSleep, "fault: machine sleeps, its clocks go on")                                                 \
    X(FaultClockJump, "fault: wall clock set")                                                               \
    X(FaultInstallStaging, "fault: crash with a piece of a snapshot staged")                                 \
    X(FaultInstallStaged, "fault: crash with a whole snapshot staged")                                       \
    X(FaultInstallReset, "fault: crash after the log began anew, before the state was swapped")              \
    X(FaultInstallSwapped, "fault: crash right after the state was swapped")                                 \
    X(FaultInstallLeader, "fault: leader lost in the middle of a snapshot")                                  \
    X(OrderAddVoter, "order: add a voter")                                                                   \
    X(OrderAddLearner, "order: add a learner")                                                               \
    X(OrderPromote, "order: promote a learner")                                                              \
    X(OrderDemote, "order: demote a voter")                                                                  \
    X(OrderRemove, "order: remove a member")                                                                 \
    X(OrderRemoveLeader, "order: remove the leader")                                                         \
    X(OrderReplace, "order: replace a voter in one step")                                                    \
    X(OrderSeveral, "order: several changes in one step")                                                    \
    X(OrderTransferTo, "order: hand leadership to a named voter")                                            \
    X(OrderTransferBest, "order: hand leadership to the most advanced voter")                                \
    X(OrderRefused, "order refused")                                                                         \
    X(TransferDone, "leadership arrived where it was to go")                                                 \
    X(RoleFollower, "role: became follower")                                                                 \
    X(RolePreCandidate, "role: became pre-candidate")                                                        \
    X(RoleCandidate, "role: became candidate")                                                               \
    X(RoleLeader, "role: became leader")                                                                     \
    X(StepDown, "role: leader stepped down")                                                                 \
    X(Formed, "cluster formed")                                                                              \
    X(MemberBound, "late slot bound")                                                                        \
    X(DiskStallSeen, "core reported a stalled disk")                                                         \
    X(SentRequestPreVote, "sent: pre-vote request")                                                          \
    X(SentRequestVote, "sent: vote request")                                                                 \
    X(SentPreVoteReply, "sent: pre-vote reply")                                                              \
    X(SentVoteReply, "sent: vote reply")                                                                     \
    X(SentAppend, "sent: append")                                                                            \
    X(SentAppendReply, "sent: append reply")                                                                 \
    X(SentHeartbeat, "sent: heartbeat")                                                                      \
    X(SentHeartbeatReply, "sent: heartbeat reply")                                                           \
    X(SentTimeoutNow, "sent: timeout-now")                                                                   \
    X(SentReadIndexRequest, "sent: read index request")                                                      \
    X(SentReadIndexReply, "sent: read index reply")                                                          \
    X(SentInstallSnapshot, "sent: snapshot piece")                                                           \
    X(SentInstallSnapshotReply, "sent: snapshot reply")                                                      \
    X(DroppedRequestPreVote, "lost: pre-vote request")                                                       \
    X(DroppedRequestVote, "lost: vote request")                                                              \
    X(DroppedPreVoteReply, "lost: pre-vote reply")                                                           \
    X(DroppedVoteReply, "lost: vote reply")                                                                  \
    X(DroppedAppend, "lost: append")                                                                         \
    X(DroppedAppendReply, "lost: append reply")                                                              \
    X(DroppedHeartbeat, "lost: heartbeat")                                                                   \
    X(DroppedHeartbeatReply, "lost: heartbeat reply")                                                        \
    X(DroppedTimeoutNow, "lost: timeout-now")                                                                \
    X(DroppedReadIndexRequest, "lost: read index request")                                                   \
    X(DroppedReadIndexReply, "lost: read index reply")                                                       \
    X(DroppedInstallSnapshot, "lost: snapshot piece")                                                        \
    X(DroppedInstallSnapshotReply, "lost: snapshot reply")                                                   \
    X(TwiceRequestPreVote, "duplicated: pre-vote request")                                                   \
    X(TwiceRequestVote, "duplicated: vote request")                                                          \
    X(TwicePreVoteReply, "duplicated: pre-vote reply")                                                       \
    X(TwiceVoteReply, "duplicated: vote reply")                                                              \
    X(TwiceAppend, "duplicated: append")                                                                     \
    X(TwiceAppendReply, "duplicated: append reply")                                                          \
    X(TwiceHeartbeat, "duplicated: heartbeat")                                                               \
    X(TwiceHeartbeatReply, "duplicated: heartbeat reply")                                                    \
    X(TwiceTimeoutNow, "duplicated: timeout-now")                                                            \
    X(TwiceReadIndexRequest, "duplicated: read index request")                                               \
    X(TwiceReadIndexReply, "duplicated: read index reply")                                                   \
    X(TwiceInstallSnapshot, "duplicated: snapshot piece")                                                    \
    X(TwiceInstallSnapshotReply, "duplicated: snapshot reply")                                               \
    X(DeliveredLate, "delivered to a later run of the receiver")                                             \
    X(Hello, "hello exchanged")                                                                              \
    X(Disconnect, "disconnection noticed")                                                                   \
    X(VoteGranted, "vote granted")                                                                           \
    X(VoteDenied, "vote denied")                                                                             \
    X(AppendRefused, "append refused: logs differ")                                                          \
    X(AppendNoSpace, "append refused: disk full")                                                            \
    X(Truncation, "log truncated")                                                                           \
    X(MembersChanging, "change of members begun")                                                            \
    X(MembersChanged, "change of members committed")                                                         \
    X(ConfigurationRolledBack, "change of members rolled back")                                              \
    X(RemovedSeen, "node learnt that it was removed")                                                        \
    X(Transferring, "transfer begun or given up")                                                            \
    X(Compacted, "log compacted")                                                                            \
    X(CompactedStart, "restart with a compacted log")                                                        \
    X(SnapshotSending, "follower needs a snapshot")                                                          \
    X(SnapshotPiece, "snapshot piece read")                                                                  \
    X(SnapshotUnread, "snapshot piece not readable")                                                         \
    X(SnapshotResumed, "snapshot resumed after a restart")                                                   \
    X(SnapshotAccepted, "snapshot complete")                                                                 \
    X(Installed, "state swapped for a snapshot")                                                             \
    X(InstallCompleted, "install completed at start")                                                        \
    X(Readmitted, "wiped node is a voter again")                                                             \
    X(GroupCommit, "one completion for several writes")                                                      \
    X(WriteLost, "crash lost a write")                                                                       \
    X(WriteSurvived, "crash after an unreported write reached the disk")                                     \
    X(LogReadServed, "log read served")                                                                      \
    X(LogReadEmpty, "log read failed")                                                                       \
    X(Replayed, "entries replayed after a power cut")                                                        \
    X(ShortTail, "restart with part of the log in memory")                                                   \
    X(Acknowledged, "client: acknowledged")                                                                  \
    X(AcknowledgedDuplicate, "client: duplicate answered with the first seq")                                \
    X(Redirected, "client: redirected")                                                                      \
    X(RefusedNotReady, "client: leader not serving yet")                                                     \
    X(RefusedBusy, "client: leader busy")                                                                    \
    X(RefusedDiskFull, "client: leader's disk full")                                                         \
    X(RefusedHandingOver, "client: leadership is being handed over")                                         \
    X(WatermarkAlone, "watermark moved by an entry of its own")                                              \
    X(DeliveryForced, "delivery forced")                                                                     \
    X(MessageLate, "message late: its time had been delivered")                                              \
    X(MessageReordered, "message delivered after one that was committed later")                              \
    X(InboxRead, "inbox: messages read")                                                                     \
    X(InboxEmpty, "inbox: nothing new")                                                                      \
    X(InboxAcked, "inbox: cursor moved")                                                                     \
    X(InboxAckBehind, "inbox: acknowledged what was acknowledged before")                                    \
    X(InboxAckBeyond, "inbox: acknowledged beyond the last message")                                         \
    X(InboxAckFailed, "inbox: acknowledgement refused or unknown")                                           \
    X(InboxAcksMerged, "inbox: several acknowledgements by one order")                                       \
    X(RuleSet, "retention: rule set")                                                                        \
    X(RuleCleared, "retention: rule cleared")                                                                \
    X(RemovalProposed, "retention: removal proposed")                                                        \
    X(RemovalVoid, "retention: what was found was void before it was proposed")                              \
    X(RemovedByTtl, "retention: message removed, its ttl had ended")                                         \
    X(RemovedByAge, "retention: message removed by age")                                                     \
    X(RemovedByCount, "retention: message removed by count")                                                 \
    X(RemovedByBytes, "retention: message removed by bytes")                                                 \
    X(AcknowledgedExpired, "client: duplicate of a removed message answered")                                \
    X(AcknowledgedByAll, "client: acknowledged by all voters")                                               \
    X(CommittedTooFew, "client: committed, on fewer disks than asked for")                                   \
    X(OutcomeUnknown, "client: outcome unknown")                                                             \
    X(ClientTimeout, "client: timed out")                                                                    \
    X(ClientRetry, "client: retried with the same id")                                                       \
    X(LateDuplicate, "client: sent again after the acknowledgement")                                         \
    X(ReadOnLeader, "client: linearizable read on the leader")                                               \
    X(ReadOnFollower, "client: linearizable read elsewhere")                                                 \
    X(ReadLeaderLevel, "client: leader-level read")                                                          \
    X(ReadMinSeq, "client: read from a seq on")                                                              \
    X(ReadLocal, "client: local read")                                                                       \
    X(ReadRefused, "client: read refused or too late")                                                       \
    X(ReadTimeout, "client: read timed out")                                                                 \
    X(SentTimeProbe, "sent: question for the time")                                                          \
    X(SentTimeReply, "sent: answer with the time")                                                           \
    X(DroppedTimeProbe, "lost: question for the time")                                                       \
    X(DroppedTimeReply, "lost: answer with the time")                                                        \
    X(TwiceTimeProbe, "duplicated: question for the time")                                                   \
    X(TwiceTimeReply, "duplicated: answer with the time")                                                    \
    X(TimeReplyUnasked, "time: answer to no open question")                                                  \
    X(TimeTaken, "time: exchange taken")                                                                     \
    X(TimeTooSlow, "time: exchange rejected, too slow")                                                      \
    X(TimeOfAnotherTime, "time: exchange rejected, across a jump")                                           \
    X(TimeOutlier, "time: exchange is an outlier")                                                           \
    X(TimeOfNewRun, "time: peer was started anew")                                                           \
    X(TimeJumpTold, "time: peer tells that its wall clock jumped")                                           \
    X(ClockJumpNoticed, "time: jump of the own wall clock noticed")                                          \
    X(TimeSynchronized, "time: synchronised")                                                                \
    X(TimeSynchronizationLost, "time: synchronisation lost")                                                 \
    X(TimeKnownInPart, "time: synchronised without the clock of every voter")                                \
    X(TimeRoundGood, "time: round on demand answered")                                                       \
    X(TimeRoundBad, "time: round on demand answered by nobody")                                              \
    X(TimeHeldBack, "time: stamp held back to the newest one applied")                                       \
    X(ReadIndexGiven, "core named the index for a read")                                                     \
    X(ReadIndexRefused, "core refused a read")

enum class Kind : std::uint8_t
{
#define DSMSG_SIM_ENUMERATOR(name, text) name,
    DSMSG_SIM_KINDS(DSMSG_SIM_ENUMERATOR)
#undef DSMSG_SIM_ENUMERATOR
        Count
};

inline constexpr std::size_t kindCount = static_cast<std::size_t>(Kind::Count);

std::string_view nameOf(Kind kind);

class Coverage
{
public:
    void seen(Kind kind) { ++counts_[static_cast<std::size_t>(kind)]; }
    void add(Kind kind, std::uint64_t times) { counts_[static_cast<std::size_t>(kind)] += times; }
    std::uint64_t count(Kind kind) const { return counts_[static_cast<std::size_t>(kind)]; }
    void merge(const Coverage& other);

    std::vector<Kind> missing() const;
    /// A table, one kind a line.
    std::string report() const;

private:
    std::array<std::uint64_t, kindCount> counts_{};
};

/// What is counted of one kind of message.
struct Counted
{
    Kind sent;
    Kind dropped;
    Kind twice;
};

/// What can happen to a message; the kinds of one fate are in the order of the messages in the table above.
enum class Fate : std::uint8_t
{
    Sent,
    Dropped,
    Twice
};
Kind kindOf(Fate fate, const raft::Message& message);
Counted countedAs(const raft::Message& message);

} // namespace dsmsg::sim
