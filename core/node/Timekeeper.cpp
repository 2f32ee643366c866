// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/Timekeeper.h"

#include <algorithm>
#include <cstdio>

namespace dsmsg::node {

namespace {

/// Whoever was heard within this, or within the interval of rounds if that is longer, counts as heard.
constexpr Duration heardFor = std::chrono::seconds(10);

std::string inMilliseconds(Duration d)
{
    char text[48];
    std::snprintf(text, sizeof text, "%.3f ms", static_cast<double>(d.count()) / 1000);
    return text;
}

timesync::Assumptions assumptionsOf(const TimeOptions& options)
{
    timesync::Assumptions assumptions;
    assumptions.driftMaxPpm = options.driftMaxPpm;
    return assumptions;
}

timesync::ClockReading read(const Clock& clock)
{
    const Instant before = clock.now();
    const UnixTime wall = clock.wall();
    return {before, wall, clock.now()};
}

} // namespace

Timekeeper::Timekeeper(ServerId self, std::string nodeId, const Clock& clock, TimeOptions options,
                       std::uint64_t run, std::function<void()> askAll)
    : self_(self)
    , nodeId_(std::move(nodeId))
    , clock_(clock)
    , options_(options)
    , askAll_(std::move(askAll))
    , local_(run, read(clock))
    , lastNow_(clock.now())
    , startedAt_(lastNow_)
    , cluster_(self, options.driftMaxPpm, lastNow_, local_.state().anchor)
{
}

Instant Timekeeper::now()
{
    // A boot clock that a virtual machine set back must not make time go back.
    lastNow_ = std::max(lastNow_, clock_.now());
    return lastNow_;
}

void Timekeeper::setMembers(const raft::Configuration& members)
{
    members_ = members;
    std::vector<ServerId> voters;
    for (const raft::Member& member : members.members) {
        if (member.role == raft::MemberRole::Voter)
            voters.push_back(member.server);
    }
    cluster_.setVoters(std::move(voters));
    if (members.formed())
        std::erase_if(peers_, [&](const auto& peer) { return members.find(peer.first) == nullptr; });
    update(now());
}

void Timekeeper::asked(ServerId peer)
{
    const bool stranger = members_.formed() && members_.find(peer) == nullptr;
    if (stranger || (!peers_.contains(peer) && peers_.size() >= peersMax))
        return;
    peers_.try_emplace(peer, assumptionsOf(options_)).first->second.asked();
    if (round_)
        round_->asked.insert(peer);
}

void Timekeeper::told(ServerId peer, const timesync::Exchange& exchange)
{
    const auto found = peers_.find(peer);
    if (found == peers_.end())
        return;
    const auto verdict = found->second.take(exchange, local_.state().anchor);
    update(now());
    if (verdict != timesync::PeerClock::Verdict::Accepted)
        return;
    lastSync_ = cluster_.at(lastNow_);
    if (!round_ || exchange.sent < round_->begun || !round_->asked.contains(peer))
        return;
    round_->answered.insert(peer);
    if (round_->answered == round_->asked)
        finishRound();
}

void Timekeeper::update(Instant now)
{
    const Duration anchor = local_.state().anchor;
    cluster_.update(now, anchor, [&](ServerId voter) -> std::optional<timesync::Estimate> {
        const auto found = peers_.find(voter);
        return found == peers_.end() ? std::nullopt : found->second.estimate(now, anchor);
    });
}

std::vector<TimeEvent> Timekeeper::tick()
{
    std::vector<TimeEvent> events;
    checkForJump(events);
    const Instant at = now();
    update(at);
    checkSynchronization(at, events);
    if (synchronized_)
        skew_.add(cluster_.offset(at));
    if (round_ && at - round_->begun >= roundPatience)
        finishRound();
    if (!round_ && (!lastRound_ || at - *lastRound_ >= options_.roundInterval))
        beginRound(at, {});
    return events;
}

void Timekeeper::checkForJump(std::vector<TimeEvent>& events)
{
    const auto jump = local_.check(read(clock_));
    if (!jump)
        return;
    const Instant at = now();
    for (auto& [server, peer] : peers_)
        peer.ownJumped(at);
    skew_.clear();
    events.push_back({TimeEvent::Kind::ClockJump,
                      "The wall clock of this machine jumped by " + inMilliseconds(*jump) +
                          (cluster_.synchronized() ? ". Cluster time goes on without a jump." : ".")});
}

std::size_t Timekeeper::votersHeard(Instant now) const
{
    const Duration fresh = std::max<Duration>(heardFor, options_.roundInterval);
    return static_cast<std::size_t>(std::ranges::count_if(members_.members, [&](const raft::Member& member) {
        if (member.role != raft::MemberRole::Voter || !member.bound())
            return false;
        const auto peer = peers_.find(member.server);
        const auto heard = peer == peers_.end() ? std::nullopt : peer->second.counters().lastAccepted;
        return member.server == self_ || (heard && now - *heard < fresh);
    }));
}

void Timekeeper::checkSynchronization(Instant now, std::vector<TimeEvent>& events)
{
    const std::size_t needed = raft::majorityOf(members_.voterSlots());
    const std::size_t heard = votersHeard(now);
    const bool is = cluster_.synchronized() && heard >= needed;
    if (is == std::exchange(synchronized_, is))
        return;
    const auto bound = cluster_.bound(now);
    if (is) {
        events.push_back(
            {TimeEvent::Kind::Synchronized, "The clock is synchronised: cluster time minus own clock is " +
                                                inMilliseconds(cluster_.offset(now)) + ", certain within " +
                                                inMilliseconds(bound.value_or(Duration::zero())) + "."});
    } else {
        events.push_back({TimeEvent::Kind::SynchronizationLost,
                          "Clock synchronisation is lost: the time of " + std::to_string(heard) + " of " +
                              std::to_string(members_.voterSlots()) + " voters is known lately, and " +
                              std::to_string(needed) + " are needed. Cluster time goes on, " +
                              (bound ? "certain within " + inMilliseconds(*bound) + " and growing."
                                     : "its error unknown.")});
    }
}

// --- rounds ---

void Timekeeper::beginRound(Instant now, std::vector<Done> waiting)
{
    round_.emplace(Round{now, {}, {}, std::move(waiting)});
    lastRound_ = now;
    askAll_();
    if (round_->asked.empty())
        finishRound();
}

void Timekeeper::finishRound()
{
    const Round round = *std::exchange(round_, std::nullopt);
    const bool alone = members_.formed() && members_.others(self_).empty();
    TimeRound result{round.asked.size(), round.answered.size(), !round.answered.empty() || alone, {}};
    ++rounds_;
    goodRounds_ += result.good ? 1 : 0;
    if (round.waiting.empty())
        return;
    result.status = status();
    for (const auto& done : round.waiting)
        done(result);
}

void Timekeeper::syncNow(Done done)
{
    if (!round_)
        beginRound(now(), {std::move(done)});
    else if (round_->waiting.size() < waitingMax)
        round_->waiting.push_back(std::move(done));
    else
        done({0, 0, false, status()});
}

void Timekeeper::stop()
{
    if (round_)
        finishRound();
}

void Timekeeper::resetStatistics()
{
    for (auto& [server, peer] : peers_)
        peer.resetStatistics();
    skew_.clear();
    corrections_.reset();
    rounds_ = 0;
    goodRounds_ = 0;
}

// --- what time it is ---

UnixTime Timekeeper::clusterNow()
{
    return cluster_.at(now());
}

UnixTime Timekeeper::stamp(UnixTime newestStamped)
{
    const Instant at = now();
    const UnixTime newest = std::max(lastStamp_, newestStamped);
    const Duration since = newest == lastStamp_ ? at - stampedAt_ : Duration::zero();
    lastStamp_ = std::max(newest + since * 99 / 100, clusterNow());
    stampedAt_ = at;
    return lastStamp_;
}

bool Timekeeper::mayStamp()
{
    return cluster_.stepped() || now() - startedAt_ >= stampPatience;
}

std::optional<Duration> Timekeeper::bound()
{
    return cluster_.bound(now());
}

timesync::CorrectionBasis Timekeeper::basis(Instant now) const
{
    return {local_.at(now), cluster_.offset(now), cluster_.bound(now), cluster_.drift(),
            options_.driftMaxPpm};
}

timesync::CorrectedTime Timekeeper::correct(UnixTime timestamp,
                                            const std::optional<timesync::StatedClock>& stated)
{
    const timesync::CorrectedTime result =
        timesync::correct(timestamp, options_.method, basis(now()), stated);
    corrections_.add(result.applied);
    return result;
}

Result<timesync::CorrectedTime> Timekeeper::correctRecent(UnixTime timestamp)
{
    if (const auto checked = timesync::checkTimestamp(timestamp, local_.at(now())); !checked)
        return checked.error();
    return correct(timestamp);
}

PeerTime Timekeeper::describe(ServerId server, const timesync::PeerClock& peer, Instant now) const
{
    PeerTime time;
    time.server = server;
    if (const raft::Member* member = members_.find(server)) {
        time.id = member->id;
        time.url = member->url;
        time.votes = member->role == raft::MemberRole::Voter;
    }
    time.estimate = peer.estimate(now, local_.state().anchor);
    time.figures = peer.figures();
    time.exchanges = peer.counters();
    return time;
}

Duration Timekeeper::offset()
{
    return cluster_.offset(now());
}

std::optional<timesync::Estimate> Timekeeper::estimateOf(ServerId peer)
{
    const auto found = peers_.find(peer);
    return found == peers_.end() ? std::nullopt : found->second.estimate(now(), local_.state().anchor);
}

TimeStatus Timekeeper::status()
{
    const Instant at = now();
    TimeStatus status;
    status.nodeId = nodeId_;
    status.asOf = at;
    status.localTime = local_.at(at);
    status.clusterTime = cluster_.at(at);
    status.synchronized = synchronized_;
    status.clockOffset = cluster_.offset(at);
    status.bound = cluster_.bound(at);
    status.drift = cluster_.drift();
    if (status.drift)
        status.predictedOffset = status.clockOffset + status.drift->gain(options_.roundInterval);
    status.skew = skew_.figures();
    status.lastSync = lastSync_;
    status.attempts = rounds_;
    status.successes = goodRounds_;
    status.jumps = local_.state().epoch;
    Duration delays{};
    int measured = 0;
    for (const auto& [server, peer] : peers_) {
        status.peers.push_back(describe(server, peer, at));
        const PeerTime& time = status.peers.back();
        if (time.figures)
            status.historySize += time.figures->measurements;
        if (time.exchanges.lastAccepted) {
            delays += time.exchanges.lastDelay;
            ++measured;
        }
    }
    if (measured > 0)
        status.networkDelay = delays / measured;
    status.corrections = {corrections_.count(), corrections_.averageMagnitude(),
                          corrections_.greatestMagnitude(), options_.method};
    return status;
}

} // namespace dsmsg::node
