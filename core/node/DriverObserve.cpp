// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in being watched: it feeds the Observer and puts together what is asked of it. Nobody is
// subscribed here: who watches asks again, so that an observer that is slow or gone costs the Raft thread
// nothing.
#include <algorithm>

#include "core/node/RaftDriver.h"

namespace dsmsg::node {

void RaftDriver::peerSaid(ServerId from, raft::Message message)
{
    if (const auto* append = std::get_if<raft::AppendEntries>(&message))
        recovery_.leaderHeard(append->leaderCommit);
    else if (const auto* heartbeat = std::get_if<raft::Heartbeat>(&message))
        recovery_.leaderHeard(heartbeat->commit);
    observer_.heard(from, message);
    const bool mayAcknowledge = std::holds_alternative<raft::AppendEntriesReply>(message) ||
                                std::holds_alternative<raft::InstallSnapshotReply>(message);
    raft::Ready ready = step(raft::Received{from, std::move(message)});
    // What the core made of it, not what was said; and before what it committed by it.
    if (mayAcknowledge && led_)
        observer_.trace().held(from, raft_.matchIndex(from), lastNow_);
    handle(std::move(ready));
}

void RaftDriver::observeProgress()
{
    if (led_)
        observer_.trace().held(identity_.server, raft_.durableIndex(), lastNow_);
    observer_.trace().committed(raft_.commitIndex(), lastNow_);
}

void RaftDriver::observeSecond()
{
    HistoryRow row;
    row.at = timekeeper_.clusterNow();
    row.term = raft_.term();
    row.role = raft_.role();
    row.commit = raft_.commitIndex();
    row.applied = appliedState_.index;
    row.seq = appliedState_.lastSeq;
    constexpr float perMillisecond = 1000;
    if (const auto bound = timekeeper_.bound())
        row.bound = static_cast<float>(bound->count()) / perMillisecond;
    row.clockOffset = static_cast<float>(timekeeper_.offset().count()) / perMillisecond;
    row.pending = static_cast<float>(proposals_.size());
    row.held = static_cast<float>(held_);
    if (raft_.role() == raft::Role::Leader) {
        const raft::Configuration& members = raft_.configuration();
        LogIndex least = raft_.commitIndex();
        for (const raft::Member& member : members.members) {
            if (member.bound())
                least = std::min(least, raft_.matchIndex(member.server));
        }
        row.lag = static_cast<float>(raft_.commitIndex() - least);
    }
    observer_.second(row, proposals_.latencies(), proposals_.counts(), clock_.now());
}

std::vector<PeerSample> RaftDriver::samplePeers(const raft::Status& status)
{
    std::vector<PeerSample> peers;
    for (net::PeerLinkStatus& link : hub_.status()) {
        const raft::Member* member = status.configuration.findUrl(link.url);
        const ServerId server = member != nullptr ? member->server : ServerId{};
        PeerSample peer;
        peer.id = !link.id.empty()                           ? link.id
                  : member != nullptr && !member->id.empty() ? member->id
                                                             : link.url;
        peer.url = std::move(link.url);
        peer.alive = link.alive;
        if (link.roundTrip > Duration::zero())
            peer.roundTrip = link.roundTrip;
        if (const auto estimate = timekeeper_.estimateOf(server)) {
            peer.offset = estimate->offset;
            peer.offsetBound = estimate->bound();
        }
        const auto progress = std::ranges::find(status.peers, server, &raft::PeerStatus::server);
        if (server && progress != status.peers.end()) {
            peer.progress = *progress;
            peer.lag = status.last - progress->match;
        }
        peer.traffic = observer_.traffic(server);
        peers.push_back(std::move(peer));
    }
    return peers;
}

Sample RaftDriver::sample()
{
    const raft::Status raft = raft_.status(clock_.now());
    Sample sample;
    sample.nodeId = options_.id;
    sample.incarnation = identity_.server;
    sample.run = timekeeper_.run();
    sample.at = clock_.now();
    sample.clusterTime = timekeeper_.clusterNow();
    sample.bound = timekeeper_.bound();
    sample.role = raft.role;
    sample.serving = raft.serving && timekeeper_.mayStamp();
    sample.term = raft.term;
    if (const raft::Member* leader = leaderMember()) {
        sample.leaderId = leader->id;
        sample.leaderUrl = leader->url;
    }
    sample.electionTimeout = raft.electionTimeout;
    sample.electionRemaining = raft.electionRemaining;
    sample.leaderContact = raft.sinceLeaderContact;
    sample.first = raft.first;
    sample.last = raft.last;
    sample.durable = raft.durable;
    sample.commit = raft.commit;
    sample.applied = raft.applied;
    sample.committedSeq = appliedState_.lastSeq;
    sample.deliveredSeq = appliedState_.delivery.last;
    sample.peers = samplePeers(raft);
    sample.rates = observer_.rates(proposals_.latencies());
    sample.queues.submissions = proposals_.size();
    if (const auto since = proposals_.oldestSince())
        sample.queues.oldest = clock_.now() - *since;
    sample.queues.logWrites = raft.pendingWrites;
    sample.queues.reads = reads_.size();
    sample.queues.apply = applyThrough_ - appliedState_.index;
    sample.queues.held = held_;
    sample.disk = disk_;
    sample.counters = observer_.counters();
    sample.counters.submissions = proposals_.counts();
    sample.faults = faults_.size();
    sample.explain = diverged_.empty() ? explain(raft) : diverged_;
    return sample;
}

void RaftDriver::observe(const ObserveWish& wish, const std::function<void(Observation)>& answer)
{
    answer({sample(), observer_.events().after(wish.eventsAfter, wish.eventsMax)});
}

void RaftDriver::requestHistory(const HistoryQuery& query, const std::function<void(HistoryPage)>& answer)
{
    answer(observer_.history().find(query));
}

void RaftDriver::requestTrace(const TraceQuery& query, const std::function<void(Trace)>& answer)
{
    const EntryTimes times = observer_.trace().find(query.term, query.index, query.delivery);
    // Kept on the clock that never jumps; told as cluster time by what is known of it now.
    const Instant now = clock_.now();
    const UnixTime clusterNow = timekeeper_.clusterNow();
    const auto told = [&](const std::optional<Instant>& at) {
        return at ? std::optional(clusterNow - (now - *at)) : std::nullopt;
    };
    Trace trace;
    trace.nodeId = options_.id;
    if (const raft::Member* leader = leaderMember())
        trace.leaderUrl = leader->url;
    trace.leads = observer_.trace().leads(query.term);
    trace.received = told(times.received);
    trace.appended = told(times.appended);
    for (const auto& [server, at] : times.durable) {
        if (const raft::Member* member = raft_.configuration().find(server))
            trace.durable.emplace_back(member->id, *told(at));
    }
    trace.committed = told(times.committed);
    trace.applied = told(times.applied);
    trace.delivered = told(times.delivered);
    if (raft_.role() == raft::Role::Leader)
        trace.heldBy = raft_.holders(query.index);
    answer(std::move(trace));
}

void RaftDriver::requestMetrics(const std::function<void(Metrics)>& answer)
{
    const TimeStatus time = timekeeper_.status();
    Metrics metrics;
    metrics.sample = sample();
    metrics.version = DSMSG_VERSION;
    metrics.mode = options_.mode;
    metrics.effectiveQuorum = static_cast<std::uint32_t>(
        raft::effectiveQuorum(raft_.configuration().voterSlots(), options_.quorum));
    metrics.clockOffset = time.clockOffset;
    metrics.synchronized = time.synchronized;
    metrics.clockJumps = time.jumps;
    metrics.lateMessages = appliedState_.delivery.late;
    metrics.reorderedMessages = appliedState_.delivery.reordered;
    metrics.limits = {options_.readsWaitingMax, reads_.refused(), options_.orderingBufferMax};
    metrics.send = proposals_.latencies();
    metrics.fsync = observer_.fsync();
    metrics.apply = observer_.apply();
    answer(std::move(metrics));
}

} // namespace dsmsg::node
