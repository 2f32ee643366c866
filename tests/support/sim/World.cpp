// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings are drawn small in most seeds: windows of a few messages, caches of a few entries, so that every
// bound is reached within seconds instead of hours.
#include "tests/support/sim/World.h"

#include <algorithm>

#include "tests/support/sim/Describe.h"
#include "tests/support/sim/checkers/Clocks.h"

namespace dsmsg::sim {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr Duration livenessBound = seconds(20);
constexpr Duration safetyOnly = seconds(5); ///< how long a cluster that lost too much is still watched

int drawNodes(Random& random)
{
    const std::uint64_t draw = random.below(10);
    return draw == 0 ? 1 : draw < 7 ? 3 : 5;
}

node::Proposals::Limits drawLimits(Random& random)
{
    return {milliseconds(random.between(300, 3000)), 200 + random.below(8000), 1 + random.below(20),
            1 + random.below(4)};
}

/// Some machines go by a time server, some by their battery.
Duration drawWallError(Random& random)
{
    const std::int64_t most = random.chance(1, 3) ? 5000 : random.chance(1, 2) ? 300000 : 3000000;
    return Duration(random.between(-most, most + 1));
}

raft::Settings drawSettings(Random& random)
{
    raft::Settings settings;
    if (random.chance(3, 4)) {
        settings.appendBytesMax = 200 + random.below(4000);
        settings.inflightBytesMax = 500 + random.below(16000);
        settings.inflightMessagesMax = 1 + random.below(16);
        settings.uncommittedBytesMax = 2000 + random.below(40000);
        settings.cacheBytesMax = random.below(20000);
        settings.pendingReadsMax = 1 + random.below(8);
    }
    return settings;
}

} // namespace

World::World(const WorldOptions& options)
    : lab_(options.seed, options.trace)
    , random_(lab_.dice())
    , initial_(options.nodes ? *options.nodes : drawNodes(random_))
    , count_(initial_ + (initial_ < 5 ? 2 : 1))
{
    lab_.cluster.initialSlots = static_cast<std::size_t>(initial_);
    lab_.cluster.nodes.resize(static_cast<std::size_t>(count_));
    if (random_.chance(3, 4))
        compactKeeps_ = random_.below(40);
    network_ = std::make_unique<SimNetwork>(lab_.events, lab_.dice(), lab_.coverage, count_);
    links_ = std::make_unique<PeerLinks>(
        lab_.events, lab_.dice(), *network_, count_,
        PeerLinks::Hooks{.running = [this](int slot) { return node(slot).up(); },
                         .compatible = [this](int a, int b) { return compatible(a, b); },
                         .hello = [this](int from, int to) { return hello(from, to); },
                         .broken =
                             [this](int at, int gone) {
                                 lab_.coverage.seen(Kind::Disconnect);
                                 lab_.trace.line(nameOfSlot(at), " sees that ", nameOfSlot(gone), " is gone");
                                 node(at).process()->input(raft::PeerDisconnected{node(gone).server()});
                             }});
    SimNode::Options machine = drawMachine();
    const std::vector<std::string> initialUrls = machine.initialUrls;
    for (int slot = 0; slot < count_; ++slot) {
        machine.slot = slot;
        machine.wallError = drawWallError(random_);
        machine.clockRate = random_.between(-250, 251);
        machine.url = text("http://", nameOfSlot(slot), ":8000");
        machine.initialUrls = slot < initial_ ? initialUrls : std::vector<std::string>{};
        nodes_.push_back(std::make_unique<SimNode>(lab_, *this, machine));
        checkpointLater(node(slot));
        if (compactKeeps_)
            compactLater(node(slot));
    }
    lookAtClocksLater();
    addClients();
    addConsumers();
    administrator_ = std::make_unique<Administrator>(lab_, nodes_);
    faults_ = std::make_unique<FaultPlan>(
        lab_, Victims{nodes_, *network_, *links_, LinkQuality{}, SimDisk::Speed{}});
}

SimNode::Options World::drawMachine()
{
    SimNode::Options machine;
    for (int slot = 0; slot < initial_; ++slot)
        machine.initialUrls.push_back(text("http://", nameOfSlot(slot), ":8000"));
    machine.settings = drawSettings(random_);
    machine.limits = drawLimits(random_);
    machine.quorumAsked = random_.chance(1, 10) ? static_cast<std::size_t>(initial_) : 2;
    machine.orderingWindow = milliseconds(random_.between(10, 3000));
    machine.acks = {1 + random_.below(5), 1 + random_.below(20), machine.limits.writeTimeout};
    machine.retentionInterval = milliseconds(random_.between(50, 1500));
    machine.time.roundInterval = milliseconds(random_.between(1000, 15000));
    machine.snapshotChunkBytes = 1 + random_.below(random_.chance(1, 2) ? 500 : 20000);
    return machine;
}

void World::addClients()
{
    Client::Options client;
    client.nodes = count_;
    client.pause = milliseconds(random_.between(40, 400));
    client.atOnceMax = static_cast<std::uint32_t>(random_.between(1, 20));
    client.payloadBytesMax = random_.chance(1, 5) ? 5000 : 200;
    for (client.number = 1; client.number <= 3; ++client.number) {
        clients_.push_back(std::make_unique<Client>(
            lab_, client,
            [this](int slot, const Request& request, const Answer& answer) { call(slot, request, answer); }));
    }
    ReadingClient::Options reader;
    reader.nodes = count_;
    reader.pause = milliseconds(random_.between(20, 300));
    for (reader.number = 1; reader.number <= 2; ++reader.number) {
        readers_.push_back(std::make_unique<ReadingClient>(
            lab_, reader, [this](int slot, const ReadDemand& demand, const ReadAnswer& answer) {
                callForRead(slot, demand, answer);
            }));
    }
}

void World::addConsumers()
{
    Consumer::Options consumer;
    consumer.nodes = count_;
    consumer.pause = milliseconds(random_.between(30, 500));
    for (consumer.number = 1; consumer.number <= 5; ++consumer.number) {
        // The last two share an inbox.
        consumer.recipient = text("client", std::min(consumer.number, 4) - 1);
        consumers_.push_back(std::make_unique<Consumer>(
            lab_, consumer,
            Consumer::Calls{
                .read = [this](int slot, const InboxDemand& demand,
                               const InboxAnswer& answer) { callForInbox(slot, demand, answer); },
                .acknowledge =
                    [this](int slot, const messaging::MoveCursor& wish, const OrderAnswer& answer) {
                        callForOrder(
                            slot,
                            [wish](SimProcess& process, OrderAnswer told) {
                                process.acknowledgeInbox(wish, std::move(told));
                            },
                            answer);
                    }}));
    }
    retention_ = std::make_unique<RetentionClient>(
        lab_, count_, [this](int slot, const messaging::RetentionRule& rule, const OrderAnswer& answer) {
            callForOrder(
                slot,
                [rule](SimProcess& process, OrderAnswer told) { process.setRule(rule, std::move(told)); },
                answer);
        });
}

World::~World() = default;

WorldResult World::run()
{
    faults_->begin();
    administrator_->start();
    for (const auto& client : clients_)
        client->start();
    for (const auto& reader : readers_)
        reader->start();
    for (const auto& consumer : consumers_)
        consumer->start();
    retention_->start();
    runUntil(Duration(random_.between(10000000, 30000000)));
    administrator_->finish();
    retention_->finish();
    faults_->healEverything();
    healedTime();

    WorldResult result;
    result.violation = lab_.judge.violation();
    result.traceHash = lab_.trace.hash();
    result.tail.assign(lab_.trace.tail().begin(), lab_.trace.tail().end());
    const Removals::Causes& causes = lab_.judge.removals().causes();
    lab_.coverage.add(Kind::RemovedByTtl, causes.ttl);
    lab_.coverage.add(Kind::RemovedByAge, causes.age);
    lab_.coverage.add(Kind::RemovedByCount, causes.count);
    lab_.coverage.add(Kind::RemovedByBytes, causes.bytes);
    result.coverage = lab_.coverage;
    result.nodes = count_;
    result.events = eventCount_;
    result.messages = acknowledged();
    result.duration = lab_.events.now();
    result.recovery = recovery_;
    return result;
}

void World::runUntil(SimTime end)
{
    bool over = false;
    lab_.events.at(end, [&over] { over = true; });
    constexpr std::uint64_t eventsMax = 2000000;
    while (!over && !lab_.judge.violation() && lab_.events.runOne()) {
        if (++eventCount_ == eventsMax)
            lab_.judge.condemn({"Calm", text("more than ", eventsMax, " events: something spins")});
    }
}

void World::healedTime()
{
    const SimTime healed = lab_.events.now();
    if (!lab_.progressDue)
        return runUntil(healed + safetyOnly);
    for (const auto& client : clients_) {
        client->finish();
        client->sendOne();
    }
    for (const auto& reader : readers_)
        reader->finish();
    for (const auto& consumer : consumers_)
        consumer->finish();
    while (!lab_.judge.violation() && !converged()) {
        if (lab_.events.now() > healed + livenessBound) {
            lab_.judge.condemn({"Liveness", text(livenessBound.count() / 1000000,
                                                 " s after everything was healed: ", describeDivergence())});
            return;
        }
        runUntil(lab_.events.now() + milliseconds(50));
    }
    recovery_ = lab_.events.now() - healed;
    for (const auto& each : nodes_) {
        const raft::Member* member = lab_.judge.committed().configuration().find(each->server());
        if (each->everWiped() && member != nullptr && member->role == raft::MemberRole::Voter)
            lab_.coverage.seen(Kind::Readmitted);
    }
}

bool World::converged() const
{
    const bool busy =
        std::ranges::any_of(clients_, [](const auto& client) { return client->open() > 0; }) ||
        std::ranges::any_of(readers_, [](const auto& reader) { return !reader->satisfied(); }) ||
        std::ranges::any_of(consumers_, [](const auto& one) { return !one->satisfied(); });
    if (busy || !unfinishedMembers().empty() ||
        !unsynchronized(lab_.cluster, lab_.judge.committed().configuration()).empty())
        return false;
    const LogIndex end = lab_.judge.committed().last();
    return std::ranges::all_of(nodes_, [&](const auto& each) {
        return lab_.judge.committed().configuration().find(each->server()) == nullptr ||
               (each->applied().index == end && each->view().disk->written.lastIndex() == end &&
                each->applied().delivery.last.value == each->applied().lastSeq.value);
    });
}

/// What is left to be done about the members: a joint change ends, every slot is filled by a node that lives,
/// and whoever joins becomes a voter. Empty when nothing is.
std::string World::unfinishedMembers() const
{
    const raft::Configuration& members = lab_.judge.committed().configuration();
    if (members.joint())
        return "the joint change does not end; ";
    for (const raft::Member& member : members.members) {
        if (lab_.cluster.find(member.server) == nullptr)
            return text(member.url, " belongs to a node that is gone; ");
        if (member.role == raft::MemberRole::Joining)
            return text(member.id, " does not become a voter; ");
    }
    return {};
}

std::string World::describeDivergence() const
{
    std::string out = unfinishedMembers();
    out += unsynchronized(lab_.cluster, lab_.judge.committed().configuration());
    for (const auto& reader : readers_)
        out += reader->satisfied() ? "" : "a read is not answered; ";
    for (const auto& consumer : consumers_)
        out += consumer->satisfied() ? "" : "a consumer is not done; ";
    for (const auto& client : clients_)
        out += text(client->open(), " open messages; ");
    for (const auto& each : nodes_) {
        if (!each->up())
            continue;
        const NodeView& view = each->view();
        const raft::Status status = each->process()->status();
        out += text(nameOfSlot(each->slot()), ' ', nameOf(view.role), " t", view.term, " last ",
                    view.disk->written.lastIndex(), " commit ", view.commit, " applied ",
                    each->applied().index, "; ");
        if (!status.explain.empty())
            out += text("(", status.explain, ") ");
    }
    return out;
}

std::size_t World::acknowledged() const
{
    std::size_t sum = 0;
    for (const auto& client : clients_)
        sum += client->acknowledged();
    return sum;
}

} // namespace dsmsg::sim
