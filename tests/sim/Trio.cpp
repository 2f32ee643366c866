// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/Trio.h"

#include <algorithm>

#include "core/base/Assert.h"
#include "core/messaging/Command.h"
#include "tests/support/sim/Describe.h"

namespace dsmsg::sim {

Trio::Trio(Options options)
    : settings_(options.settings)
    , judge_(cluster_)
    , nodes_(static_cast<std::size_t>(options.nodes))
{
    cluster_.initialSlots = nodes_.size();
    cluster_.nodes.resize(nodes_.size());
    for (int node = 1; node <= count(); ++node) {
        at(node).identity.id = nameOfSlot(node - 1);
        at(node).identity.url = "http://" + nameOfSlot(node - 1) + ":8000";
        for (int other = 0; other < count(); ++other)
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
    n.applied = {};
    n.view = &cluster_.nodes[static_cast<std::size_t>(node - 1)];
    *n.view = NodeView{};
    n.view->slot = node - 1;
    n.view->server = n.identity.server;
    n.view->disk = n.disk.get();
    cluster_.disks[n.identity.server] = n.disk.get();
}

void Trio::restart(int node)
{
    Node& n = at(node);
    const DiskImage& disk = n.disk->durable;
    raft::Restored restored;
    restored.hardState = disk.hardState;
    restored.lastIndex = disk.lastIndex();
    restored.tail = disk.log;
    restored.applied = n.applied;
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
    n.raft.reset();
    n.writes.clear();
    n.disk->written = n.disk->durable;
    n.view->up = false;
    n.view->role = raft::Role::Follower;
    for (auto& [wire, messages] : wires_) {
        if (wire.second == node)
            messages.clear();
    }
}

void Trio::cutPower(int node)
{
    crash(node);
    at(node).applied = {};
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
    return at(node).view->applyThrough > at(node).applied;
}

void Trio::apply(int node)
{
    if (!applyPending(node))
        return;
    at(node).applied = at(node).view->applyThrough;
    step(node, raft::Applied{at(node).applied});
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
            busy = busy || !at(node).writes.empty() || applyPending(node);
            persist(node);
            apply(node);
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
