// SPDX-License-Identifier: GPL-3.0-or-later
//
// One run of a node's program: the real core with the real proposals and reads, driven as the real driver
// must drive it. Everything in here is gone after a crash. Owns the order of persist, send, apply, answer.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/messaging/RetentionScan.h"
#include "core/messaging/StateMachine.h"
#include "core/node/DeliveryPacer.h"
#include "core/node/EntryWaits.h"
#include "core/node/InboxAcks.h"
#include "core/node/Proposals.h"
#include "core/node/ReadWaits.h"
#include "core/node/RetentionPacer.h"
#include "core/node/Timekeeper.h"
#include "core/raft/Raft.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimClock.h"
#include "tests/support/sim/SimDisk.h"
#include "tests/support/sim/SimState.h"

namespace dsmsg::sim {

struct Request
{
    messaging::Message message;
    node::AckLevel ack = node::AckLevel::Quorum;
};

struct Reply
{
    enum class Kind : std::uint8_t
    {
        Acknowledged, ///< or committed, though on fewer disks than asked for
        Redirected,
        Rejected, ///< nothing was appended
        Unknown   ///< may still be committed
    };
    Kind kind = Kind::Rejected;
    Seq seq;
    int leader = -1; ///< slot, when Redirected
};
using Answer = std::function<void(Reply)>;

/// Nothing: refused, or not in time.
using ReadAnswer = std::function<void(std::optional<Seq>)>;

/// To an acknowledgement of an inbox, or a rule of retention.
struct OrderReply
{
    enum class Kind : std::uint8_t
    {
        Done,
        Redirected,
        Invalid, ///< beyond the last message
        Refused  ///< or nobody knows
    };
    Kind kind = Kind::Refused;
    Seq cursor;
    int leader = -1; ///< slot, when Redirected
};
using OrderAnswer = std::function<void(OrderReply)>;

/// Nothing: refused, or not in time.
using InboxAnswer = std::function<void(std::optional<InboxView>)>;

/// How far a node is with taking in a snapshot: where crashes are interesting.
enum class InstallStage : std::uint8_t
{
    Staging, ///< a piece is staged, more are to come
    Staged,  ///< all of it is, and durable
    Reset,   ///< the log begins anew, the state in use is still the old one
    Swapped  ///< done
};

/// As the peer link carries them (core/net/Frame.h).
struct TimeProbe
{
    std::uint64_t number = 0;
};
struct TimeReply
{
    std::uint64_t number = 0; ///< of the probe
    Instant received;
    Instant sent;
    timesync::ClockState clock;
};
using TimeFrame = std::variant<TimeProbe, TimeReply>;

/// The outside of a node, as its program reaches it.
class NodeHost
{
public:
    virtual ~NodeHost() = default;
    virtual void transmit(int from, const raft::Envelope& envelope) = 0;
    virtual void transmitTime(int from, ServerId to, const TimeFrame& frame) = 0;
    virtual std::vector<ServerId> connectedTo(int slot) const = 0;
    virtual void helloChanged(int slot) = 0;
    virtual int slotOf(ServerId server) const = 0; ///< -1: unknown
    virtual void installing(int slot, InstallStage stage) = 0;
};

/// What outlives a run, and the conditions it runs under.
struct Machine
{
    NodeView& view;
    raft::Identity identity;
    raft::Settings settings;
    node::Proposals::Limits limits;
    std::size_t quorumAsked = 2;
    std::size_t snapshotChunkBytes = 1000;
    Duration orderingWindow = std::chrono::milliseconds(500);
    node::InboxAcks::Limits acks{};
    Duration retentionInterval = std::chrono::milliseconds(500);
    node::TimeOptions time;
    std::shared_ptr<SimClock> clock;
    std::unique_ptr<SimState> state;
    std::unique_ptr<SimDisk> disk;
    bool readsFail = false;
    Duration readDelayMax{}; ///< of a read of log or state, beyond the disk's own delay
    bool diskSpace = true;
    Duration applyDelayMax = std::chrono::milliseconds(2);
};

/// A machine's clocks as its program reads them.
class MachineClock final : public Clock
{
public:
    MachineClock(const EventQueue& events, const Machine& machine)
        : events_(events)
        , machine_(machine)
    {
    }
    Instant now() const override { return machine_.clock->at(events_.now()); }
    UnixTime wall() const override { return machine_.clock->wallAt(events_.now()); }

private:
    const EventQueue& events_;
    const Machine& machine_;
};

class SimProcess : public std::enable_shared_from_this<SimProcess>
{
public:
    SimProcess(Lab& lab, Machine& machine, NodeHost& host);
    ~SimProcess();

    void start();
    /// An input for the core; waits while the process is frozen.
    void input(raft::Input input);
    void request(const Request& request, Answer answer);
    void read(const ReadDemand& demand, ReadAnswer answer);
    void acknowledgeInbox(const messaging::MoveCursor& wish, OrderAnswer answer);
    void readInbox(const InboxDemand& demand, InboxAnswer answer);
    void setRule(const messaging::RetentionRule& rule, OrderAnswer answer);
    /// ChangeMembers or TransferLeadership; false when it was refused. The process must not be frozen.
    bool administer(raft::Input order);
    /// The link to this peer is up: it is asked for the time at once.
    void met(ServerId peer);
    void timeArrived(ServerId from, const TimeFrame& frame);
    /// Brings the TimeView up to date.
    void lookAtTime() { lookAtTime(timekeeper_.status()); }
    void freeze() { frozen_ = true; }
    void thaw();
    void armTimer();
    ClusterId announcedCluster() const { return raft_->announcedCluster(); }
    raft::Status status() const { return raft_->status(now()); }

private:
    struct Submitted
    {
        std::string msgId;
        node::AckLevel ack;
        Answer answer;
    };
    /// A probe that is not answered yet.
    struct Question
    {
        std::uint64_t number;
        Instant sent;
    };
    using Work = std::function<void()>;

    Instant now() const { return clock_.now(); }
    void run(Work work); ///< now, or after the thaw
    void later(Duration delay, Work work);
    /// The core's step alone; what it says is to be handed to handle() at once.
    raft::Ready step(raft::Input input);
    void handle(const raft::Ready& ready);
    void consumeWrite(const raft::Write& write);
    void refreshView();
    void reportRole();
    void reportEvents(const raft::Ready& ready);
    void countMessage(const raft::Message& message);
    void tick();
    void readLog(const raft::LogReadRequest& request);
    void takeCensus();

    // --- SimProcessSnapshots.cpp ---
    bool completeInstall(LogIndex base);
    void readState(const raft::SnapshotReadRequest& request);
    void storePiece(const raft::SnapshotChunk& piece);
    void install(LogIndex index);

    // --- SimProcessClients.cpp ---
    node::Proposals::Facts facts() const;
    void endOfTurn();
    void settle();
    void armExpiry();
    void answer(const node::Outcome& outcome);
    void acknowledge(const Submitted& submitted, const node::Accepted& accepted);
    void giveUp(const Submitted& submitted, const node::Unavailable& verdict);
    node::Unavailable refusal(raft::Refusal why);
    void loseLeadership();

    void scheduleApply();
    void applySome();

    // --- SimProcessTime.cpp ---
    UnixTime stamp();
    void followMembers();
    void afterOwn(Duration duration, Work work); ///< by the node's own clock
    void awaitTimeTick();
    void timeTick();
    void awaitProbes();
    void probeAll();
    void probe(ServerId peer);
    void answerProbe(ServerId from, std::uint64_t number);
    void lookAtTime(const node::TimeStatus& status);
    void timeTold(ServerId from, const TimeReply& reply);
    /// What the peer tells of its clock counts from now on; whether that is news of a jump.
    bool noteMark(ServerId from, const timesync::ClockState& told);

    // --- SimProcessInbox.cpp ---
    OrderReply elsewhere() const;
    std::optional<raft::Proposed> proposeOrders(const std::vector<messaging::Order>& orders);
    void proposeAcks();
    void armRetention();
    void searchRetention();
    void removalsFound(node::RetentionPacer::Ticket ticket, const messaging::RetentionScan::Found& found,
                       LogIndex seen);

    // --- SimProcessDelivery.cpp ---
    void stateChanged();
    void armDelivery();
    void deliver();

    Lab& lab_;
    Machine& machine_;
    NodeHost& host_;
    Random random_;
    std::unique_ptr<raft::Raft> raft_;
    messaging::StateMachine stateMachine_;
    node::Proposals proposals_;
    node::ReadWaits reads_;
    node::DeliveryPacer pacer_;
    node::EntryWaits entryWaits_;
    node::InboxAcks acks_;
    node::RetentionPacer retention_;
    testing::MemoryReader reader_;
    std::optional<messaging::RetentionScan> scan_; ///< of the state in use
    MachineClock clock_;
    node::Timekeeper timekeeper_;
    std::uint64_t membersVersion_ = UINT64_MAX;          ///< that the timekeeper knows
    std::map<ServerId, std::deque<Question>> questions_; ///< open, oldest first
    std::uint64_t lastQuestion_ = 0;
    std::map<ServerId, timesync::ClockState> marks_; ///< of peers, as they were told
    std::map<ServerId, node::PeerTime> lastKnown_;   ///< at the last look
    Instant jumpedAt_ = Instant::min();              ///< the own wall clock, as far as it was noticed
    bool deliveryArmed_ = false;
    node::Token lastToken_ = 0;
    std::map<node::Token, Submitted> submitted_;
    bool turnDue_ = false;
    bool acksDue_ = false;
    bool retentionDue_ = false;
    bool expiryDue_ = false;
    bool frozen_ = false;
    std::deque<Work> inbox_;
    std::optional<SimTime> timer_; ///< the earliest armed one
    bool applying_ = false;
    bool installing_ = false; ///< the log begins anew, the state is not swapped yet
    bool askedHere_ = false;  ///< a snapshot was begun or resumed in this run
    ClusterId helloCluster_;
    raft::Role role_ = raft::Role::Follower; ///< as last reported
    Term term_;                              ///< same
    std::uint64_t steps_ = 0;
    Instant thawedAt_{Duration::min() / 4};
};

} // namespace dsmsg::sim
