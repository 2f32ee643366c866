// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/Observer.h"

#include <algorithm>
#include <utility>

namespace dsmsg::node {

namespace {

constexpr double p50 = 0.50;
constexpr double p95 = 0.95;
constexpr double p99 = 0.99;

float milliseconds(const std::optional<Duration>& duration)
{
    return duration ? static_cast<float>(duration->count()) / 1000.0f : -1.0f;
}

double perSecond(std::uint64_t count, Duration time)
{
    return time > Duration::zero() ? static_cast<double>(count) / toSeconds(time) : 0.0;
}

std::uint64_t bytesOf(const raft::AppendEntries& append)
{
    std::uint64_t bytes = 0;
    for (const raft::EntryPtr& entry : append.entries)
        bytes += entry->data.size();
    return bytes;
}

void countSent(PeerTraffic& traffic, const raft::Message& message)
{
    if (const auto* append = std::get_if<raft::AppendEntries>(&message)) {
        ++traffic.append;
        traffic.bytes += bytesOf(*append);
    } else if (std::holds_alternative<raft::Heartbeat>(message)) {
        ++traffic.heartbeat;
    } else if (const auto* vote = std::get_if<raft::RequestVote>(&message)) {
        ++(vote->ballot == raft::Ballot::PreVote ? traffic.prevote : traffic.vote);
    } else if (const auto* snapshot = std::get_if<raft::InstallSnapshot>(&message)) {
        ++traffic.snapshot;
        traffic.bytes += snapshot->chunk.size();
    } else {
        ++traffic.other;
    }
}

} // namespace

Observer::Observer(const Start& start)
    : delivered_(start.delivered)
    , events_(static_cast<std::uint64_t>(std::max<std::int64_t>(start.wall.time_since_epoch().count(), 0)),
              eventsMax)
    , trace_(start.applied, start.delivered)
{
    newest_.at = start.now;
    before_.at = start.now;
}

void Observer::happened(ObservedEvent event, raft::Event::Kind kind)
{
    switch (kind) {
    case raft::Event::Kind::ElectionStarted:
        ++counters_.elections;
        break;
    case raft::Event::Kind::VoteGranted:
        ++counters_.votesGranted;
        break;
    case raft::Event::Kind::LeaderElected:
        ++counters_.electionsWon;
        ++counters_.leaderChanges;
        break;
    case raft::Event::Kind::LeaderFollowed:
        ++counters_.leaderChanges;
        break;
    case raft::Event::Kind::SteppedDown:
        ++counters_.steppedDown;
        break;
    case raft::Event::Kind::DiskStall:
        ++counters_.diskStalls;
        break;
    case raft::Event::Kind::SnapshotSending:
        ++counters_.snapshotsSending;
        break;
    case raft::Event::Kind::SnapshotInstalled:
        ++counters_.snapshotsInstalled;
        break;
    default:
        break;
    }
    events_.add(std::move(event));
}

PeerTraffic* Observer::trafficOf(ServerId peer)
{
    const auto found = traffic_.find(peer);
    if (found != traffic_.end())
        return &found->second;
    return traffic_.size() < peersMax ? &traffic_[peer] : nullptr;
}

void Observer::sent(ServerId to, const raft::Message& message, bool onLink)
{
    PeerTraffic* traffic = trafficOf(to);
    if (traffic == nullptr)
        return;
    if (onLink)
        countSent(*traffic, message);
    else
        ++traffic->unsent;
}

void Observer::heard(ServerId from, const raft::Message& message)
{
    PeerTraffic* traffic = trafficOf(from);
    if (traffic == nullptr)
        return;
    if (const auto* append = std::get_if<raft::AppendEntriesReply>(&message))
        ++(append->success ? traffic->ok : traffic->rejected);
    else if (const auto* vote = std::get_if<raft::RequestVoteReply>(&message))
        ++(vote->granted ? traffic->ok : traffic->rejected);
}

void Observer::membersAre(const raft::Configuration& members)
{
    std::erase_if(traffic_, [&](const auto& peer) { return members.find(peer.first) == nullptr; });
}

PeerTraffic Observer::traffic(ServerId peer) const
{
    const auto found = traffic_.find(peer);
    return found == traffic_.end() ? PeerTraffic{} : found->second;
}

void Observer::proposed(LogIndex index, Instant received, Instant now)
{
    ++counters_.proposed;
    trace_.proposed(index, received, now);
}

void Observer::applied(const messaging::AppliedState& state, std::size_t entries, std::size_t messages,
                       Duration took, Instant now)
{
    counters_.entriesApplied += entries;
    counters_.messagesApplied += messages;
    counters_.messagesDelivered += state.delivery.last - delivered_;
    delivered_ = state.delivery.last;
    apply_.record(took);
    trace_.applied(state.index, state.delivery.last, now);
}

void Observer::stateReplaced(const messaging::AppliedState& state)
{
    delivered_ = state.delivery.last;
    trace_.replaced(state.index, state.delivery.last);
}

void Observer::second(HistoryRow row, const Histogram& send, const SubmissionCounts& submissions, Instant now)
{
    before_ =
        std::exchange(newest_, Mark{now, send, fsync_, submissions.accepted, counters_.messagesApplied});
    const Duration time = newest_.at - before_.at;
    row.acknowledged = static_cast<float>(perSecond(newest_.acknowledged - before_.acknowledged, time));
    row.appliedMessages = static_cast<float>(perSecond(newest_.applied - before_.applied, time));
    const Histogram latencies = newest_.send.since(before_.send);
    row.p50 = milliseconds(latencies.percentile(p50));
    row.p95 = milliseconds(latencies.percentile(p95));
    row.p99 = milliseconds(latencies.percentile(p99));
    row.fsync = milliseconds(newest_.fsync.since(before_.fsync).percentile(p99));
    history_.add(row);
}

Rates Observer::rates(const Histogram& send) const
{
    Rates rates;
    const Duration time = newest_.at - before_.at;
    rates.acknowledged = perSecond(newest_.acknowledged - before_.acknowledged, time);
    rates.applied = perSecond(newest_.applied - before_.applied, time);
    // To now, so that a slow moment shows in the next sample and not in the next second.
    const Histogram latencies = send.since(before_.send);
    rates.p50 = latencies.percentile(p50);
    rates.p95 = latencies.percentile(p95);
    rates.p99 = latencies.percentile(p99);
    rates.fsync = fsync_.since(before_.fsync).percentile(p99);
    return rates;
}

} // namespace dsmsg::node
