// SPDX-License-Identifier: GPL-3.0-or-later
//
// One run of a node's program: the real core, driven as the real driver must drive it. Everything in here is
// gone after a crash. Owns the order of persist, send, apply, answer; an acknowledgement leaves only when the
// entry is applied and on as many disks as the effective quorum asks.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/messaging/StateMachine.h"
#include "core/raft/Raft.h"
#include "tests/support/MemoryStore.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimClock.h"
#include "tests/support/sim/SimDisk.h"

namespace dsmsg::sim {

struct Reply
{
    enum class Kind : std::uint8_t
    {
        Acknowledged,
        Redirected,
        Rejected, ///< nothing was appended
        Unknown   ///< may still be committed
    };
    Kind kind = Kind::Rejected;
    Seq seq;
    int leader = -1; ///< slot, when Redirected
};
using Answer = std::function<void(Reply)>;

/// The outside of a node, as its program reaches it.
class NodeHost
{
public:
    virtual ~NodeHost() = default;
    virtual void transmit(int from, const raft::Envelope& envelope) = 0;
    virtual void helloChanged(int slot) = 0;
    virtual int slotOf(ServerId server) const = 0; ///< -1: unknown
};

/// What outlives a run, and the conditions it runs under.
struct Machine
{
    NodeView& view;
    raft::Identity identity;
    raft::Settings settings;
    std::size_t quorumAsked = 2;
    SimClock clock{Duration{}};
    testing::MemoryStore store;
    std::unique_ptr<SimDisk> disk;
    bool readsFail = false;
    Duration readDelayMax{}; ///< of a read of the log, beyond the disk's own delay
    bool diskSpace = true;
    Duration applyDelayMax = std::chrono::milliseconds(2);
};

class SimProcess : public std::enable_shared_from_this<SimProcess>
{
public:
    SimProcess(Lab& lab, Machine& machine, NodeHost& host);
    ~SimProcess();

    void start();
    /// An input for the core; waits while the process is frozen.
    void input(raft::Input input);
    void request(messaging::Message message, Answer answer);
    void freeze() { frozen_ = true; }
    void thaw();
    void armTimer();
    ClusterId announcedCluster() const { return raft_->announcedCluster(); }
    raft::Status status() const { return raft_->status(machine_.clock.at(lab_.events.now())); }

private:
    struct Pending
    {
        messaging::Message message;
        Answer answer;
    };
    struct Proposal
    {
        Term term;
        std::vector<Pending> messages;
        std::optional<std::vector<messaging::AppliedMessage>> outcome;
    };
    using Work = std::function<void()>;

    void run(Work work); ///< now, or after the thaw
    void later(Duration delay, Work work);
    std::optional<std::variant<raft::Proposed, raft::Refusal>> step(raft::Input input);
    void consume(const raft::Ready& ready);
    void refreshView();
    void reportRole(raft::Role before, Term termBefore);
    void reportEvents(const raft::Ready& ready);
    void countMessage(const raft::Message& message);
    void tick();
    void readLog(const raft::LogReadRequest& request);
    void takeCensus();

    void propose();
    void refuse(std::vector<Pending>& messages, raft::Refusal refusal);
    void scheduleApply();
    void applySome();
    void noteOutcome(const messaging::AppliedEntry& entry);
    void answerDurable();
    void acknowledge(LogIndex index, const Proposal& proposal, std::size_t copies);
    void abandonProposals();

    Lab& lab_;
    Machine& machine_;
    NodeHost& host_;
    Random random_;
    std::unique_ptr<raft::Raft> raft_;
    messaging::StateMachine stateMachine_;
    bool frozen_ = false;
    std::deque<Work> inbox_;
    std::optional<SimTime> timer_; ///< the earliest armed one
    std::vector<Pending> batch_;
    bool proposalDue_ = false;
    std::map<LogIndex, Proposal> proposals_;
    bool applying_ = false;
    ClusterId helloCluster_;
    std::uint64_t steps_ = 0;
    Instant thawedAt_{Duration::min() / 4};
};

} // namespace dsmsg::sim
