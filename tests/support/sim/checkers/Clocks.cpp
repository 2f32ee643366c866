// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Clocks.h"

#include <algorithm>
#include <set>

#include "core/messaging/Command.h"

namespace dsmsg::sim {

void EstimatesHold::onTime(const ClusterView& cluster, const NodeView& node)
{
    if (!cluster.clocksKeepRate)
        return;
    for (const TimeView::Peer& peer : node.time.peers) {
        const Duration truth = peer.clock() - node.time.clock();
        const timesync::Estimate& stated = peer.estimate;
        if (!stated.interval.holds(truth) || !stated.interval.holds(stated.offset))
            return fail(nameOfSlot(node.slot), " states ", stated.offset.count(), " us in [",
                        stated.interval.lower.count(), ", ", stated.interval.upper.count(),
                        "] of the clock of ", cluster.nameOf(peer.server), ", which is truly ", truth.count(),
                        " us ahead (epoch ", peer.told.epoch, ")");
    }
}

void EstimatesHold::onExchange(const ClusterView& cluster, const NodeView& node,
                               const TimedExchange& exchange)
{
    if (exchange.acrossJump && exchange.taken)
        fail(nameOfSlot(node.slot), " uses an exchange with ", cluster.nameOf(exchange.peer),
             " that met a jump of a wall clock");
    if (exchange.outlier && cluster.clocksKeepRate)
        fail(nameOfSlot(node.slot), " takes an exchange with ", cluster.nameOf(exchange.peer),
             " for an outlier, though no clock went wrong");
}

void WallClockFollowed::onTime(const ClusterView&, const NodeView& node)
{
    const auto ahead = node.time.wallAhead;
    if (ahead && std::chrono::abs(*ahead) > std::chrono::milliseconds(1))
        fail(nameOfSlot(node.slot), "'s wall clock is ", ahead->count(), " us ahead of what it goes by");
}

namespace {

bool knowsTime(const NodeView& node)
{
    return node.up && node.time.mark.run != 0 && node.time.bound.has_value();
}

/// The clock of a voter by which `node` goes, as it truly is: in the epoch that it was told of; nothing is
/// stated of the others, so each counts as it is.
std::optional<UnixTime> trueClock(const ClusterView& cluster, const NodeView& node, ServerId voter)
{
    if (voter == node.server)
        return node.time.clock();
    if (const TimeView::Peer* peer = node.time.find(voter))
        return peer->clock();
    const NodeView* other = voter ? cluster.find(voter) : nullptr;
    return other != nullptr && other->up && other->time.mark.run != 0 ? std::optional(other->time.clock())
                                                                      : std::nullopt;
}

/// What `node` goes by of a voter's clock; none: nothing.
std::optional<timesync::ClockState> markOf(const NodeView& node, ServerId voter)
{
    if (voter == node.server)
        return node.time.mark;
    const TimeView::Peer* peer = node.time.find(voter);
    return peer != nullptr ? std::optional(peer->told) : std::nullopt;
}

} // namespace

void ClusterTimeAgrees::onClocks(const ClusterView& cluster)
{
    if (!cluster.clocksKeepRate)
        return;
    for (const NodeView& a : cluster.nodes) {
        if (!knowsTime(a))
            continue;
        compareWithMedian(cluster, a);
        for (const NodeView& b : cluster.nodes) {
            if (b.slot > a.slot && knowsTime(b))
                compare(a, b);
        }
    }
}

void ClusterTimeAgrees::compareWithMedian(const ClusterView& cluster, const NodeView& node)
{
    std::multiset<UnixTime> clocks;
    for (const ServerId voter : node.time.voters) {
        const auto clock = trueClock(cluster, node, voter);
        if (!clock)
            return;
        clocks.insert(*clock);
    }
    if (clocks.empty())
        return;
    const UnixTime median = *std::next(clocks.begin(), static_cast<std::ptrdiff_t>((clocks.size() - 1) / 2));
    if (std::chrono::abs(node.time.cluster - median) > *node.time.bound)
        fail(nameOfSlot(node.slot), "'s cluster time is ", (node.time.cluster - median).count(),
             " us off the median of the voters' clocks; its bound is ", node.time.bound->count(), " us");
}

void ClusterTimeAgrees::compare(const NodeView& a, const NodeView& b)
{
    if (a.time.voters != b.time.voters)
        return;
    const bool toldTheSame = std::ranges::all_of(a.time.voters, [&](ServerId voter) {
        const auto one = voter ? markOf(a, voter) : std::nullopt;
        const auto other = voter ? markOf(b, voter) : std::nullopt;
        return !one || !other || *one == *other;
    });
    const Duration apart = std::chrono::abs(a.time.cluster - b.time.cluster);
    if (toldTheSame && apart > *a.time.bound + *b.time.bound)
        fail("the cluster times of ", nameOfSlot(a.slot), " and ", nameOfSlot(b.slot), " are ", apart.count(),
             " us apart; their bounds are ", a.time.bound->count(), " and ", b.time.bound->count(), " us");
}

void ClusterTimeSlews::onTime(const ClusterView&, const NodeView& node)
{
    const TimeView& time = node.time;
    const auto last = last_.find(node.slot);
    const bool known = last != last_.end() && last->second.run == time.mark.run;
    if (known) {
        const Duration own = time.boot - last->second.boot;
        const Duration gone = time.cluster - last->second.cluster;
        // A microsecond for each end that is rounded.
        const Duration most = own / 100 + Duration(2);
        if (gone < Duration::zero() || std::chrono::abs(gone - own) > most)
            fail(nameOfSlot(node.slot), "'s cluster time went on by ", gone.count(), " us in ", own.count(),
                 " us of its clock");
    }
    if (known || time.bound)
        last_[node.slot] = {time.mark.run, time.boot, time.cluster};
}

void StampsNeverGoBack::onStep(const ClusterView&, const NodeView&)
{
    while (checked_ < committed_.last()) {
        const raft::Entry& entry = *committed_.at(checked_.next()).entry;
        ++checked_;
        const auto messages = entry.kind == raft::EntryKind::Command
                                  ? messaging::splitBatch(entry.data)
                                  : Result<std::vector<std::string_view>>(std::vector<std::string_view>{});
        if (!messages)
            continue; // another checker's concern
        for (const std::string_view encoded : *messages) {
            const UnixTime stamp = messaging::decodeMessage(encoded)->toMessage().receiveTs;
            if (stamp < newest_)
                return fail("a message of entry ", entry.index, " of term ", entry.term, " is stamped ",
                            (newest_ - stamp).count(), " us before one that was committed earlier");
            newest_ = stamp;
        }
    }
}

std::string unsynchronized(const ClusterView& cluster, const raft::Configuration& members)
{
    std::string out;
    for (const NodeView& node : cluster.nodes) {
        if (members.find(node.server) != nullptr && !(node.up && node.time.synchronized))
            out += text(nameOfSlot(node.slot), " is not synchronised; ");
    }
    return out;
}

} // namespace dsmsg::sim
