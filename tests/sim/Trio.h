// SPDX-License-Identifier: GPL-3.0-or-later
//
// A few cores on the table, three unless said otherwise, and hands instead of a host: nothing is delivered,
// persisted, applied or timed out unless the scenario says so. Every node has a clock of its own. The
// simulator's judge watches each step, so that a scenario which goes wrong inside fails even where it does
// not look.
//
// Nodes are numbered from 1, as in the papers.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/messaging/StateMachine.h"
#include "core/raft/Raft.h"
#include "tests/support/sim/Judge.h"
#include "tests/support/sim/SimState.h"
#include "tests/support/sim/View.h"

namespace dsmsg::sim {

/// A command with one message of this id.
std::string batchOf(const std::string& id);

class Trio
{
public:
    struct Options
    {
        int nodes = 3;
        int spares = 0; ///< more nodes, numbered after the others, that wait to be taken in
        raft::Settings settings{};
        std::size_t chunkBytes = 1; ///< of a snapshot; 1: an entry a piece
    };
    Trio()
        : Trio(Options{})
    {
    }
    explicit Trio(Options options);
    ~Trio();

    // --- time ---
    /// The node's clock moves to its deadline and the core is told.
    void timeout(int node);
    /// The node's clock moves on; the core is told (`tick`), or notices with its next input (`sleep`).
    void tick(int node, Duration duration);
    void sleep(int node, Duration duration);

    // --- network ---
    /// Both meet: PeerIdentified each way.
    void introduce(int a, int b);
    void introduceAll();
    void disconnect(int a, int b);
    /// Delivers what is on its way from one to the other, in order; returns how many messages.
    int deliver(int from, int to);
    int drop(int from, int to);
    /// What is on its way, described as in a trace.
    std::vector<std::string> underWay(int from, int to) const;
    /// Delivers this message as if `from` had sent it.
    void inject(int from, int to, raft::Message message);
    /// Takes the messages on their way out of the scenario's hands, to deliver them later with inject().
    std::vector<raft::Message> intercept(int from, int to);

    // --- disk and state ---
    /// Every write handed out so far is done and reported, as one completion.
    void persist(int node);
    /// Only the oldest write is done and reported.
    void persistOldest(int node);
    std::size_t unfinishedWrites(int node) const;
    void apply(int node);
    /// What is applied survives a power cut, and the log forgets all of it but the last `kept` entries.
    void compact(int node, std::uint64_t kept = 0);
    /// A leader reads the next piece of its state that its core asked for. False: none was asked for.
    bool readState(int node);
    /// A follower stages the piece of a snapshot that it received; the last one is durable then.
    bool stage(int node);
    /// A follower puts the staged state in the place of its own, if its core has said so.
    bool install(int node);
    /// Everything runs its course among `nodes` (all when empty): writes finish, messages arrive, entries are
    /// applied, until nothing is left to do. Messages to others are lost.
    void settle(std::set<int> nodes = {});
    void diskSpace(int node, bool sufficient);
    void crash(int node); ///< what is not persisted is gone, and all messages to it
    void restart(int node);
    /// A crash after which the state store has lost everything, too: the log is replayed from the start.
    void cutPower(int node);
    void wipe(int node); ///< the next restart is a new incarnation

    // --- orders and reads ---
    Result<void> change(int node, const std::vector<raft::MemberChange>& changes);
    raft::MemberChange adding(int node, raft::MemberRole role = raft::MemberRole::Voter) const;
    raft::MemberChange removing(int node) const;
    Result<void> transfer(int node, int to);
    ReadId read(int node, raft::ReadLevel level = raft::ReadLevel::Linearizable);
    /// The index that the read must see; none while the core has not answered, 0: refused.
    std::optional<std::uint64_t> readIndex(int node, ReadId read) const;

    // --- what happens ---
    /// Forms the cluster with node 1 as its leader; everything is settled afterwards.
    void form();
    /// Makes `node` the leader, with the help of `nodes` (all when empty), settled afterwards.
    void elect(int node, std::set<int> nodes = {});
    std::variant<raft::Proposed, raft::Refusal> propose(int node, const std::string& data = "x");

    // --- what is seen ---
    raft::Role role(int node) const { return core(node).role(); }
    std::uint64_t term(int node) const { return core(node).term().value; }
    std::uint64_t commit(int node) const { return core(node).commitIndex().value; }
    std::uint64_t applyThrough(int node) const { return at(node).view->applyThrough.value; }
    int leaderSeenBy(int node) const; ///< 0: none
    /// Terms of the entries as the core has them, "1 1 2".
    std::string log(int node) const;
    std::string durableLog(int node) const;
    const raft::Raft& core(int node) const { return *at(node).raft; }
    const messaging::AppliedState& state(int node) const { return at(node).view->state.applied; }
    const raft::Configuration& members(int node) const { return core(node).configuration(); }
    bool isVoter(int node, int asSeenBy) const { return members(asSeenBy).isVoter(server(node)); }
    raft::Status status(int node) const { return core(node).status(at(node).now); }
    ServerId server(int node) const { return at(node).identity.server; }
    bool saw(int node, raft::Event::Kind kind) const { return at(node).events.contains(kind); }
    void forgetEvents(int node) { at(node).events.clear(); }
    /// What the judge found; empty when all is well.
    std::string violation() const;

private:
    struct Node
    {
        raft::Identity identity;
        std::unique_ptr<raft::Raft> raft;
        Instant now{std::chrono::seconds(1000)};
        NodeView* view = nullptr;
        std::shared_ptr<DiskView> disk;
        std::unique_ptr<SimState> state;
        std::deque<raft::Write> writes;
        std::deque<raft::SnapshotReadRequest> stateReads;
        std::deque<raft::SnapshotChunk> pieces;
        LogIndex install;
        std::map<ReadId, LogIndex> reads;
        std::set<raft::Event::Kind> events;
    };
    Node& at(int node) { return nodes_[static_cast<std::size_t>(node - 1)]; }
    const Node& at(int node) const { return nodes_[static_cast<std::size_t>(node - 1)]; }
    int count() const { return static_cast<int>(nodes_.size()); }
    void newIncarnation(int node);
    raft::Ready step(int node, raft::Input input);
    void observe(int node);
    bool applyPending(int node) const;
    bool work(int node);
    void forgetRun(Node& node);
    int numberOf(ServerId server) const;
    static std::string termsOf(const DiskImage& image);

    raft::Settings settings_;
    std::size_t chunkBytes_;
    ReadId lastRead_;
    ClusterView cluster_;
    Judge judge_;
    std::vector<Node> nodes_;
    std::map<std::pair<int, int>, std::deque<raft::Message>> wires_;
    std::vector<std::shared_ptr<DiskView>> allDisks_;
    std::uint64_t seed_ = 1;
    std::uint32_t runs_ = 0;
};

} // namespace dsmsg::sim
