// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings are drawn small in most seeds: windows of a few messages, caches of a few entries, so that every
// bound is reached within seconds instead of hours.
#include "tests/support/sim/World.h"

#include <algorithm>

#include "tests/support/sim/Describe.h"

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

raft::Settings drawSettings(Random& random)
{
    raft::Settings settings;
    if (random.chance(3, 4)) {
        settings.appendBytesMax = 200 + random.below(4000);
        settings.inflightBytesMax = 500 + random.below(16000);
        settings.inflightMessagesMax = 1 + random.below(16);
        settings.uncommittedBytesMax = 2000 + random.below(40000);
        settings.cacheBytesMax = random.below(20000);
    }
    return settings;
}

} // namespace

World::World(const WorldOptions& options)
    : lab_(options.seed, options.trace)
    , random_(lab_.dice())
    , count_(options.nodes ? *options.nodes : drawNodes(random_))
{
    lab_.cluster.initialSlots = static_cast<std::size_t>(count_);
    lab_.cluster.nodes.resize(static_cast<std::size_t>(count_));
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
    SimNode::Options machine;
    for (int slot = 0; slot < count_; ++slot)
        machine.urls.push_back(text("http://", nameOfSlot(slot), ":8000"));
    machine.settings = drawSettings(random_);
    const bool askAll = random_.chance(1, 10);
    machine.quorumAsked = askAll ? static_cast<std::size_t>(count_) : 2;
    for (int slot = 0; slot < count_; ++slot) {
        machine.slot = slot;
        nodes_.push_back(std::make_unique<SimNode>(lab_, *this, machine));
        checkpointLater(node(slot));
    }
    Client::Options client;
    client.nodes = count_;
    client.pause = milliseconds(random_.between(40, 400));
    client.atOnceMax = static_cast<std::uint32_t>(random_.between(1, 20));
    client.payloadBytesMax = random_.chance(1, 5) ? 5000 : 200;
    for (client.number = 1; client.number <= 3; ++client.number) {
        clients_.push_back(std::make_unique<Client>(
            lab_, client, [this](int slot, const messaging::Message& message, const Answer& answer) {
                call(slot, message, answer);
            }));
    }
    faults_ = std::make_unique<FaultPlan>(
        lab_, Victims{nodes_, *network_, *links_, LinkQuality{}, SimDisk::Speed{}, count_ > 1 && !askAll});
}

World::~World() = default;

WorldResult World::run()
{
    faults_->begin();
    for (const auto& client : clients_)
        client->start();
    runUntil(Duration(random_.between(10000000, 30000000)));
    faults_->healEverything();
    healedTime();

    WorldResult result;
    result.violation = lab_.judge.violation();
    result.traceHash = lab_.trace.hash();
    result.tail.assign(lab_.trace.tail().begin(), lab_.trace.tail().end());
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
    while (!lab_.judge.violation() && !converged()) {
        if (lab_.events.now() > healed + livenessBound) {
            lab_.judge.condemn({"Liveness", text(livenessBound.count() / 1000000,
                                                 " s after everything was healed: ", describeDivergence())});
            return;
        }
        runUntil(lab_.events.now() + milliseconds(50));
    }
    recovery_ = lab_.events.now() - healed;
}

bool World::converged() const
{
    if (std::ranges::any_of(clients_, [](const auto& client) { return client->open() > 0; }))
        return false;
    const LogIndex end = lab_.judge.committed().last();
    return std::ranges::all_of(nodes_, [end](const auto& each) {
        return each->everWiped() ||
               (each->applied().index == end && each->view().disk->written.lastIndex() == end);
    });
}

std::string World::describeDivergence() const
{
    std::string out;
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
