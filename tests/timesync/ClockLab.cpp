// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/timesync/ClockLab.h"

#include <algorithm>

namespace dsmsg::timesync::testing {

namespace {

constexpr Nanoseconds year2026 = std::chrono::seconds(1'767'225'600);

Nanoseconds exactly(const TimeNode& node, const SimulatedClock& clock)
{
    return clock.bootTime + node.local.state().anchor;
}

} // namespace

void SimulatedClock::advance(Nanoseconds trueTime)
{
    bootTime += trueTime + trueTime * ratePpb / 1'000'000'000;
}

ClockLab::ClockLab(std::uint64_t seed, std::size_t clocks, std::int64_t ratePpbMax)
    : random_(seed)
    , ratePpbMax_(ratePpbMax)
{
    for (std::size_t i = 0; i < clocks; ++i) {
        const Nanoseconds up(random_.between(0, 1'000'000'000'000'000));
        clocks_.push_back({up, random_.between(-ratePpbMax, ratePpbMax + 1),
                           year2026 - up + Nanoseconds(random_.between(-2'000'000'000, 2'000'000'000))});
    }
}

void ClockLab::advance(Nanoseconds trueTime)
{
    for (SimulatedClock& clock : clocks_) {
        clock.advance(trueTime);
        if (random_.chance(1, 50))
            clock.ratePpb = random_.between(-ratePpbMax_, ratePpbMax_ + 1);
    }
}

Duration ClockLab::oneWay(const Path& path)
{
    Duration delay = path.least + Duration(random_.between(0, path.usual.count() + 1));
    if (random_.chance(1, 10))
        delay += Duration(random_.between(0, path.burst.count() + 1));
    return delay;
}

std::optional<Exchange> ClockLab::exchange(std::size_t asker, std::size_t asked, const ClockState& state,
                                           const Path& path)
{
    Exchange exchange;
    exchange.peer = state;
    const auto pass = [this](Duration time) { advance(time + Nanoseconds(random_.between(0, 1000))); };
    exchange.sent = clocks_[asker].boot();
    pass(oneWay(path));
    exchange.peerReceived = clocks_[asked].boot();
    pass(Duration(random_.between(0, 200)));
    exchange.peerSent = clocks_[asked].boot();
    pass(oneWay(path));
    exchange.received = clocks_[asker].boot();
    return random_.chance(path.lossPercent, 100) ? std::nullopt : std::optional(exchange);
}

TimeNode::TimeNode(std::size_t number_, ServerId self_, const SimulatedClock& clock, double driftMaxPpm)
    : number(number_)
    , self(self_)
    , local(number_ + 1, clock.read())
    , cluster(self_, driftMaxPpm, clock.boot(), local.state().anchor)
{
}

void TimeNode::update(Instant now)
{
    const Duration anchor = local.state().anchor;
    cluster.update(now, anchor, [&](ServerId peer) -> std::optional<Estimate> {
        const auto known = peers.find(peer);
        return known == peers.end() ? std::nullopt : known->second.estimate(now, anchor);
    });
}

ClusterLab::ClusterLab(std::uint64_t seed, std::size_t count, double driftMaxPpm)
    : clocks(seed, count, static_cast<std::int64_t>(driftMaxPpm * 1000 / 2))
    , assumptions_{driftMaxPpm}
{
    std::vector<ServerId> voters;
    for (std::size_t i = 0; i < count; ++i)
        voters.emplace_back(i + 1);
    for (std::size_t i = 0; i < count; ++i) {
        nodes.push_back(std::make_unique<TimeNode>(i, voters[i], clocks.clock(i), driftMaxPpm));
        nodes.back()->cluster.setVoters(voters);
        for (ServerId peer : voters)
            nodes.back()->peers.emplace(peer, PeerClock(assumptions_));
    }
}

void ClusterLab::round(const Path& path)
{
    for (const auto& asker : nodes) {
        for (const auto& asked : nodes) {
            if (asker == asked || !asker->present || !asked->present)
                continue;
            const auto exchange = clocks.exchange(asker->number, asked->number, asked->local.state(), path);
            if (exchange)
                asker->peers.at(asked->self).take(*exchange, asker->local.state().anchor);
        }
        asker->update(clocks.clock(asker->number).boot());
    }
    clocks.advance(Nanoseconds(clocks.random().between(1, 900'000'000)));
}

void ClusterLab::jump(std::size_t node, Duration by)
{
    SimulatedClock& clock = clocks.clock(node);
    clock.wallAhead += by;
    TimeNode& jumper = *nodes[node];
    if (!jumper.local.check(clock.read()))
        return;
    for (auto& [server, peer] : jumper.peers)
        peer.ownJumped(clock.boot());
    jumper.update(clock.boot());
}

Nanoseconds ClusterLab::trueMedian() const
{
    std::vector<Nanoseconds> all;
    for (const auto& node : nodes)
        all.push_back(exactly(*node, clocks.clock(node->number)));
    std::ranges::sort(all);
    return all[(all.size() - 1) / 2];
}

bool ClusterLab::epochsKnown() const
{
    for (const auto& asker : nodes) {
        for (const auto& asked : nodes) {
            const auto& known = asker->peers.at(asked->self).peer();
            if (asker != asked && known && *known != asked->local.state())
                return false;
        }
    }
    return true;
}

} // namespace dsmsg::timesync::testing
