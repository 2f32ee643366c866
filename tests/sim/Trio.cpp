// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/Trio.h"

#include <algorithm>

#include "core/base/Assert.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "tests/support/sim/Describe.h"

namespace dsmsg::sim {

Trio::Trio(Options options)
    : settings_(options.settings)
    , chunkBytes_(options.chunkBytes)
    , judge_(cluster_)
    , nodes_(static_cast<std::size_t>(options.nodes + options.spares))
{
    cluster_.initialSlots = static_cast<std::size_t>(options.nodes);
    cluster_.nodes.resize(nodes_.size());
    for (int node = 1; node <= count(); ++node) {
        at(node).identity.id = nameOfSlot(node - 1);
        at(node).identity.url = "http://" + nameOfSlot(node - 1) + ":8000";
        at(node).identity.joinsOnly = node > options.nodes;
        for (int other = 0; other < options.nodes && !at(node).identity.joinsOnly; ++other)
            at(node).identity.initialUrls.push_back("http://" + nameOfSlot(other) + ":8000");
        newIncarnation(node);
        restart(node);
    }
}

Trio::~Trio() = default;

void Trio::newIncarnation(int node)
{
    Node& n = at(node);
    n.identity.server = ServerId(1000 * static_cast<std::uint64_t>(node) + allDisks_.size());
    n.disk = allDisks_.emplace_back(std::make_shared<DiskView>());
    n.view = &cluster_.nodes[static_cast<std::size_t>(node - 1)];
    *n.view = NodeView{};
    n.view->slot = node - 1;
    n.view->server = n.identity.server;
    n.view->disk = n.disk.get();
    n.state = std::make_unique<SimState>(n.view->state);
    cluster_.disks[n.identity.server] = n.disk.get();
}

void Trio::restart(int node)
{
    Node& n = at(node);
    const DiskImage& disk = n.disk->durable;
    DSMSG_ASSERT(n.state->completeInstall(disk.base.index), "the log has lost its state");
    raft::Restored restored;
    restored.hardState = disk.hardState;
    restored.base = disk.base;
    restored.lastIndex = disk.lastIndex();
    restored.tail = disk.log;
    restored.applied = n.view->state.applied.index;
    for (const raft::EntryPtr& entry : disk.log) {
        if (restored.termRuns.empty() || restored.termRuns.back().term != entry->term)
            restored.termRuns.push_back({entry->index, entry->term});
        if (entry->kind == raft::EntryKind::Form || entry->kind == raft::EntryKind::Configuration)
            restored.configurationEntries.push_back(entry);
    }
    n.raft = std::make_unique<raft::Raft>(settings_, n.identity, restored, seed_++, n.now);
    n.view->up = true;
    n.view->run = ++runs_;
    n.view->applyThrough = {};
    observe(node);
    judge_.start(*n.view);
}

void Trio::crash(int node)
{
    Node& n = at(node);
    forgetRun(n);
    n.disk->written = n.disk->durable;
    n.view->up = false;
    n.view->role = raft::Role::Follower;
    for (auto& [wire, messages] : wires_) {
        if (wire.second == node)
            messages.clear();
    }
}

void Trio::forgetRun(Node& n)
{
    n.raft.reset();
    n.writes.clear();
    n.stateReads.clear();
    n.pieces.clear();
    n.install = {};
    n.reads.clear();
}

void Trio::cutPower(int node)
{
    crash(node);
    at(node).state->cutPower();
}

void Trio::wipe(int node)
{
    crash(node);
    newIncarnation(node);
}

void Trio::observe(int node)
{
    Node& n = at(node);
    n.view->role = n.raft->role();
    n.view->term = n.raft->term();
    n.view->commit = n.raft->commitIndex();
    n.view->configuration = n.raft->configuration();
}

raft::Ready Trio::step(int node, raft::Input input)
{
    Node& n = at(node);
    DSMSG_ASSERT(n.raft != nullptr, "the scenario uses a node that is down");
    raft::Ready ready = n.raft->step(std::move(input), n.now);
    n.view->applyThrough = ready.applyThrough;
    observe(node);
    for (const raft::Event& event : ready.events)
        n.events.insert(event.kind);
    if (ready.write) {
        judge_.write(*n.view, *ready.write);
        n.disk->written.perform(*ready.write);
        n.writes.push_back(*ready.write);
    }
    n.stateReads.insert(n.stateReads.end(), ready.snapshotReads.begin(), ready.snapshotReads.end());
    if (ready.snapshotChunk)
        n.pieces.push_back(*ready.snapshotChunk);
    if (ready.install)
        n.install = ready.install;
    for (const raft::ReadReady& read : ready.reads)
        n.reads[read.id] = read.index;
    judge_.step(*n.view);
    for (const raft::Envelope& envelope : ready.messages) {
        judge_.send(*n.view, envelope);
        if (const int to = numberOf(envelope.to); to != 0)
            wires_[{node, to}].push_back(envelope.message);
    }
    return ready;
}

void Trio::timeout(int node)
{
    at(node).now = std::max(at(node).now, at(node).raft->deadline());
    step(node, raft::Tick{});
}

void Trio::tick(int node, Duration duration)
{
    sleep(node, duration);
    step(node, raft::Tick{});
}

void Trio::sleep(int node, Duration duration)
{
    at(node).now += duration;
}

void Trio::introduce(int a, int b)
{
    const auto meet = [this](int node, int other) {
        const Node& met = at(other);
        step(node, raft::PeerIdentified{met.identity.url, met.identity.id, met.identity.server,
                                        met.raft->announcedCluster()});
    };
    meet(a, b);
    meet(b, a);
}

void Trio::introduceAll()
{
    for (int a = 1; a <= count(); ++a) {
        for (int b = a + 1; b <= count(); ++b) {
            if (at(a).raft && at(b).raft)
                introduce(a, b);
        }
    }
}

void Trio::disconnect(int a, int b)
{
    drop(a, b);
    drop(b, a);
    step(a, raft::PeerDisconnected{server(b)});
    step(b, raft::PeerDisconnected{server(a)});
}

int Trio::deliver(int from, int to)
{
    const std::vector<raft::Message> messages = intercept(from, to);
    for (const raft::Message& message : messages)
        inject(from, to, message);
    return static_cast<int>(messages.size());
}

int Trio::drop(int from, int to)
{
    return static_cast<int>(intercept(from, to).size());
}

std::vector<raft::Message> Trio::intercept(int from, int to)
{
    auto& wire = wires_[{from, to}];
    std::vector<raft::Message> messages(wire.begin(), wire.end());
    wire.clear();
    return messages;
}

void Trio::inject(int from, int to, raft::Message message)
{
    if (at(to).raft)
        step(to, raft::Received{server(from), std::move(message)});
}

std::vector<std::string> Trio::underWay(int from, int to) const
{
    std::vector<std::string> described;
    if (const auto wire = wires_.find({from, to}); wire != wires_.end()) {
        for (const raft::Message& message : wire->second)
            described.push_back(describe(message));
    }
    return described;
}

std::size_t Trio::unfinishedWrites(int node) const
{
    return at(node).writes.size();
}

void Trio::persistOldest(int node)
{
    Node& n = at(node);
    if (n.writes.empty())
        return;
    const WriteId id = n.writes.front().id;
    n.disk->durable.perform(n.writes.front());
    n.writes.pop_front();
    judge_.durable(*n.view);
    step(node, raft::Persisted{id});
}

void Trio::persist(int node)
{
    Node& n = at(node);
    if (n.writes.empty())
        return;
    const WriteId id = n.writes.back().id;
    for (const raft::Write& write : n.writes)
        n.disk->durable.perform(write);
    n.writes.clear();
    judge_.durable(*n.view);
    step(node, raft::Persisted{id});
}

bool Trio::applyPending(int node) const
{
    return at(node).view->applyThrough > at(node).view->state.applied.index;
}

void Trio::apply(int node)
{
    if (!applyPending(node))
        return;
    Node& n = at(node);
    const DiskImage& disk = n.disk->durable;
    std::vector<raft::EntryPtr> entries;
    for (LogIndex index = state(node).index.next(); index <= n.view->applyThrough; ++index) {
        if (disk.at(index) == nullptr)
            return; // the log has begun anew; the snapshot covers them
        entries.push_back(disk.log[index - disk.base.index - 1]);
    }
    messaging::StateMachine machine(n.state->store());
    const auto outcomes = machine.apply(entries);
    DSMSG_ASSERT(outcomes.ok(), "the scenario's entries apply");
    n.state->changed();
    judge_.apply(*n.view, entries, *outcomes, state(node));
    step(node, raft::Applied{state(node).index});
}

void Trio::compact(int node, std::uint64_t kept)
{
    at(node).state->checkpoint();
    step(node, raft::Compact{LogIndex(state(node).index - LogIndex(kept))});
}

bool Trio::readState(int node)
{
    Node& n = at(node);
    if (n.stateReads.empty())
        return false;
    const raft::SnapshotReadRequest request = n.stateReads.front();
    n.stateReads.pop_front();
    raft::SnapshotRead read{request.forPeer, request.position, {}, {}};
    if (const auto chunk = n.state->store().readChunk(Seq(request.position), chunkBytes_)) {
        read.chunk = messaging::encodeChunk(*chunk);
        read.finishedAt = chunk->finished ? chunk->finished->index : LogIndex{};
    }
    step(node, std::move(read));
    return true;
}

bool Trio::stage(int node)
{
    Node& n = at(node);
    if (n.pieces.empty())
        return false;
    const raft::SnapshotChunk piece = n.pieces.front();
    n.pieces.pop_front();
    const SimState::Stored stored = n.state->stage(piece.position, piece.bytes);
    step(node, raft::SnapshotStored{stored.position, stored.finishedAt});
    return true;
}

bool Trio::install(int node)
{
    Node& n = at(node);
    const LogIndex index = std::exchange(n.install, LogIndex{});
    if (!index)
        return false;
    DSMSG_ASSERT(n.state->install(index), "what is to be installed was staged");
    judge_.install(*n.view);
    step(node, raft::Applied{index});
    return true;
}

/// One round of everything that a host does. False when there was nothing to do.
bool Trio::work(int node)
{
    const LogIndex before = state(node).index;
    bool busy = !at(node).writes.empty();
    persist(node);
    busy = install(node) || busy;
    apply(node);
    busy = readState(node) || busy;
    busy = stage(node) || busy;
    return busy || state(node).index > before;
}

void Trio::settle(std::set<int> nodes)
{
    if (nodes.empty()) {
        for (int node = 1; node <= count(); ++node)
            nodes.insert(node);
    }
    std::erase_if(nodes, [this](int node) { return at(node).raft == nullptr; });
    for (bool busy = true; busy;) {
        busy = false;
        for (const int node : nodes) {
            busy = work(node) || busy;
        }
        for (int from = 1; from <= count(); ++from) {
            for (int to = 1; to <= count(); ++to) {
                const bool both = nodes.contains(from) && nodes.contains(to);
                if (both && deliver(from, to) > 0)
                    busy = true;
                else if (nodes.contains(from) && !both)
                    drop(from, to);
            }
        }
    }
}

void Trio::diskSpace(int node, bool sufficient)
{
    step(node, raft::DiskSpace{sufficient});
}

void Trio::form()
{
    introduceAll();
    elect(1);
    // A node that heard of the cluster says so.
    introduceAll();
    settle();
}

void Trio::elect(int node, std::set<int> nodes)
{
    for (int other = 1; other <= count(); ++other) {
        // The others must not have heard from a leader lately, or they stand by it.
        if (other != node && at(other).raft && (nodes.empty() || nodes.contains(other)))
            sleep(other, 2 * settings_.electionTimeoutMax);
    }
    timeout(node);
    settle(std::move(nodes));
}

std::string batchOf(const std::string& id)
{
    const messaging::Message message{id, "sender", "recipient", "1", {}, {}, {}};
    return messaging::encodeBatch({&message, 1});
}

std::variant<raft::Proposed, raft::Refusal> Trio::propose(int node, const std::string& data)
{
    const raft::Ready ready = step(node, raft::Propose{batchOf(data)});
    DSMSG_ASSERT(ready.proposed.has_value(), "a proposal is always answered");
    return *ready.proposed;
}

Result<void> Trio::change(int node, const std::vector<raft::MemberChange>& changes)
{
    const raft::Ready ready = step(node, raft::ChangeMembers{changes});
    DSMSG_ASSERT(ready.administered.has_value(), "an order is always answered");
    return *ready.administered;
}

raft::MemberChange Trio::adding(int node, raft::MemberRole role) const
{
    const raft::Identity& identity = at(node).identity;
    return {raft::MemberChange::Kind::Add, {identity.server, identity.id, identity.url, role, {}}};
}

raft::MemberChange Trio::removing(int node) const
{
    raft::MemberChange change = adding(node);
    change.kind = raft::MemberChange::Kind::Remove;
    return change;
}

Result<void> Trio::transfer(int node, int to)
{
    const raft::Ready ready = step(node, raft::TransferLeadership{to == 0 ? ServerId{} : server(to)});
    DSMSG_ASSERT(ready.administered.has_value(), "an order is always answered");
    return *ready.administered;
}

ReadId Trio::read(int node, raft::ReadLevel level)
{
    ++lastRead_;
    step(node, raft::ReadIndex{lastRead_, level});
    return lastRead_;
}

std::optional<std::uint64_t> Trio::readIndex(int node, ReadId read) const
{
    const auto known = at(node).reads.find(read);
    return known == at(node).reads.end() ? std::nullopt : std::optional(known->second.value);
}

int Trio::numberOf(ServerId server) const
{
    const auto found =
        std::ranges::find(nodes_, server, [](const Node& node) { return node.identity.server; });
    return found == nodes_.end() ? 0 : static_cast<int>(found - nodes_.begin()) + 1;
}

int Trio::leaderSeenBy(int node) const
{
    return core(node).leader() ? numberOf(core(node).leader()) : 0;
}

std::string Trio::termsOf(const DiskImage& image)
{
    std::string terms;
    for (const raft::EntryPtr& entry : image.log)
        append(terms, text(terms.empty() ? "" : " ", entry->term));
    return terms;
}

std::string Trio::log(int node) const
{
    return termsOf(at(node).disk->written);
}

std::string Trio::durableLog(int node) const
{
    return termsOf(at(node).disk->durable);
}

std::string Trio::violation() const
{
    return judge_.violation() ? judge_.violation()->checker + ": " + judge_.violation()->what : std::string();
}

} // namespace dsmsg::sim
