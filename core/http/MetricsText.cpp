// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function a subject. Everything counts from the start of the process unless its help says otherwise.
#include "core/http/MetricsText.h"

#include "core/http/PrometheusText.h"
#include "core/http/RaftNames.h"

namespace dsmsg::http {

namespace {

using Type = PrometheusText::Type;

std::uint64_t truth(bool holds)
{
    return holds ? 1 : 0;
}

void writeIdentity(PrometheusText& text, const node::Metrics& node)
{
    const node::Sample& sample = node.sample;
    text.family(Type::Gauge, "dsmsg_build_info", "The version that runs; always 1.")
        .sample(std::uint64_t{1}, {{"version", node.version}});
    text.family(Type::Gauge, "dsmsg_node_info", "Which node this is; always 1.")
        .sample(std::uint64_t{1}, {{"node_id", sample.nodeId},
                                   {"incarnation", toHex(sample.incarnation)},
                                   {"replication_mode", node::toString(node.mode)}});
}

void writeRaft(PrometheusText& text, const node::Metrics& node)
{
    const node::Sample& sample = node.sample;
    text.gauge("dsmsg_raft_term", "Current term.", sample.term.value);
    text.family(Type::Gauge, "dsmsg_raft_role", "1 for the role that this node has.");
    for (const raft::Role role : {raft::Role::Follower, raft::Role::Candidate, raft::Role::Leader})
        text.sample(truth(std::string_view(roleName(sample.role)) == roleName(role)),
                    {{"role", roleName(role)}});
    text.gauge("dsmsg_raft_leader_known", "1 while this node knows a leader.",
               truth(!sample.leaderId.empty()));
    text.gauge("dsmsg_raft_serving", "1 on a leader that takes messages.", truth(sample.serving));
    text.gauge("dsmsg_raft_effective_quorum", "Durable copies that an acknowledgement by quorum needs.",
               std::uint64_t{node.effectiveQuorum});
    text.gauge("dsmsg_raft_log_first_index", "First entry of the log.", sample.first.value);
    text.gauge("dsmsg_raft_log_last_index", "Last entry of the log.", sample.last.value);
    text.gauge("dsmsg_raft_durable_index", "Last entry on this node's disk.", sample.durable.value);
    text.gauge("dsmsg_raft_commit_index", "Last entry known to be committed.", sample.commit.value);
    text.gauge("dsmsg_raft_applied_index", "Last entry applied here.", sample.applied.value);
    const node::Counters& counters = sample.counters;
    text.counter("dsmsg_raft_elections_started_total", "Elections that this node started.",
                 counters.elections);
    text.counter("dsmsg_raft_elections_won_total", "Elections that this node won.", counters.electionsWon);
    text.counter("dsmsg_raft_leader_changes_total", "Leaders that this node came to know, itself included.",
                 counters.leaderChanges);
    text.counter("dsmsg_raft_stepped_down_total", "Leaderships and candidacies that this node gave up.",
                 counters.steppedDown);
    text.counter("dsmsg_raft_votes_granted_total", "Votes that this node gave to others.",
                 counters.votesGranted);
    text.counter("dsmsg_raft_entries_proposed_total",
                 "Entries with messages that this node appended as leader.", counters.proposed);
    text.counter("dsmsg_raft_snapshots_sending_total",
                 "Followers that this leader began to send the state to.", counters.snapshotsSending);
    text.counter("dsmsg_raft_snapshots_installed_total", "Snapshots that this node installed.",
                 counters.snapshotsInstalled);
}

void writePeers(PrometheusText& text, const std::vector<node::PeerSample>& peers)
{
    const auto each = [&](Type type, std::string_view name, std::string_view help, auto value) {
        text.family(type, name, help);
        for (const node::PeerSample& peer : peers) {
            if (const auto known = value(peer))
                text.sample(*known, {{"peer", peer.id}});
        }
    };
    using Number = std::optional<std::uint64_t>;
    using Time = std::optional<Duration>;
    using Peer = node::PeerSample;
    each(Type::Gauge, "dsmsg_peer_alive", "1 while signs of life come from the peer.",
         [](const Peer& peer) { return Number(truth(peer.alive)); });
    each(Type::Gauge, "dsmsg_peer_lag_entries", "Leader: entries that the peer lacks.",
         [](const Peer& peer) { return peer.progress ? Number(peer.lag) : Number(); });
    each(Type::Gauge, "dsmsg_peer_last_ack_seconds", "Leader: time since the peer's last answer.",
         [](const Peer& peer) { return peer.progress ? Time(peer.progress->sinceContact) : Time(); });
    each(Type::Gauge, "dsmsg_peer_inflight_bytes", "Leader: bytes sent to the peer and not acknowledged.",
         [](const Peer& peer) { return peer.progress ? Number(peer.progress->inflightBytes) : Number(); });
    each(Type::Gauge, "dsmsg_peer_round_trip_seconds", "Round trip of the last ping.",
         [](const Peer& peer) { return peer.roundTrip; });
    each(Type::Gauge, "dsmsg_peer_clock_offset_seconds", "The peer's clock minus this node's.",
         [](const Peer& peer) { return peer.offset; });
    each(Type::Gauge, "dsmsg_peer_clock_offset_bound_seconds", "The true offset is no farther off than this.",
         [](const Peer& peer) { return peer.offsetBound; });
    each(Type::Counter, "dsmsg_peer_sent_bytes_total", "Bytes of entries and snapshots sent to the peer.",
         [](const Peer& peer) { return Number(peer.traffic.bytes); });
    each(Type::Counter, "dsmsg_peer_unsent_total", "Messages to the peer for which there was no link.",
         [](const Peer& peer) { return Number(peer.traffic.unsent); });
    text.family(Type::Counter, "dsmsg_peer_sent_total", "Messages sent to the peer, by kind.");
    for (const Peer& peer : peers) {
        const node::PeerTraffic& sent = peer.traffic;
        const std::pair<const char*, std::uint64_t> kinds[] = {
            {"append", sent.append},   {"heartbeat", sent.heartbeat}, {"vote", sent.vote},
            {"prevote", sent.prevote}, {"snapshot", sent.snapshot},   {"other", sent.other}};
        for (const auto& [kind, count] : kinds)
            text.sample(count, {{"peer", peer.id}, {"kind", kind}});
    }
    text.family(Type::Counter, "dsmsg_peer_answers_total", "Answers of the peer to entries and votes.");
    for (const Peer& peer : peers) {
        text.sample(peer.traffic.ok, {{"peer", peer.id}, {"result", "ok"}});
        text.sample(peer.traffic.rejected, {{"peer", peer.id}, {"result", "rejected"}});
    }
}

void writeMessages(PrometheusText& text, const node::Metrics& node)
{
    const node::Sample& sample = node.sample;
    const node::SubmissionCounts& counts = sample.counters.submissions;
    text.family(Type::Counter, "dsmsg_submissions_total",
                "Messages answered by this node as leader, by outcome; a duplicate is accepted too.");
    text.sample(counts.accepted, {{"outcome", "accepted"}});
    text.sample(counts.rejected, {{"outcome", "rejected"}});
    text.sample(counts.unknown, {{"outcome", "unknown"}});
    text.sample(counts.committed, {{"outcome", "committed"}});
    text.counter("dsmsg_submissions_duplicate_total", "Of the accepted ones, those that were stored before.",
                 counts.duplicates);
    text.counter("dsmsg_submissions_turned_away_total",
                 "Messages that were redirected or refused because this node does not lead or serve.",
                 sample.counters.turnedAway);
    text.counter("dsmsg_entries_applied_total", "Entries applied here.", sample.counters.entriesApplied);
    text.counter("dsmsg_messages_applied_total", "Messages applied here.", sample.counters.messagesApplied);
    text.counter("dsmsg_messages_delivered_total", "Messages delivered in order of time here.",
                 sample.counters.messagesDelivered);
    text.gauge("dsmsg_committed_seq", "Last seq applied here.", sample.committedSeq.value);
    text.gauge("dsmsg_delivered_seq", "Last delivery seq given out here.", sample.deliveredSeq.value);
    text.counter("dsmsg_messages_late_total",
                 "Messages that came after their time was delivered, in the life of the cluster.",
                 node.lateMessages);
    text.counter("dsmsg_messages_reordered_total",
                 "Messages delivered after one with a greater seq, in the life of the cluster.",
                 node.reorderedMessages);
    text.histogram("dsmsg_send_latency_seconds",
                   "From a message's submission to its acknowledgement, on the leader.", node.send);
    text.histogram("dsmsg_fsync_seconds", "Group commits of the log, fsync included.", node.fsync);
    text.histogram("dsmsg_apply_seconds", "Transactions of the applied state.", node.apply);
}

/// What retention has left, and how far consumers are.
void writeKept(PrometheusText& text, const StateFigures& figures)
{
    if (figures.state) {
        const messaging::KeptMessages& kept = figures.state->kept;
        text.gauge("dsmsg_kept_messages", "Messages that are not removed.", kept.messages);
        text.gauge("dsmsg_kept_bytes", "Ids, names and payloads of those.", kept.bytes);
        text.gauge("dsmsg_first_seq", "The oldest of them.", kept.first.value);
    }
    if (!figures.inboxes || !figures.state)
        return;
    const Seq last = figures.state->lastSeq;
    text.gauge("dsmsg_inboxes", "Inboxes with a cursor.", std::uint64_t{figures.inboxes->count});
    text.gauge("dsmsg_inboxes_limit", "As many can have one.", std::uint64_t{messaging::cursorsMax});
    text.family(Type::Gauge, "dsmsg_inbox_lag_seqs",
                "How far the cursor is behind the last seq, of the ten inboxes that are the furthest behind. "
                "Other recipients' messages count too.");
    for (const messaging::InboxCursor& cursor : figures.inboxes->behind)
        text.sample(std::uint64_t{last - cursor.seq}, {{"recipient", cursor.recipient}});
}

/// The limits that answer somebody with a refusal, or hold something up.
void writeBounds(PrometheusText& text, const node::Metrics& node, const FrontFigures& front)
{
    const node::Queues& queues = node.sample.queues;
    struct Bound
    {
        const char* name;
        std::uint64_t used;
        std::uint64_t limit;
        std::optional<std::uint64_t> refused;
    };
    const auto of = [](const char* name, const Usage& usage) {
        return Bound{name, usage.used, usage.limit, usage.refused};
    };
    const Bound bounds[] = {of("connections", front.connections),
                            of("submissions", front.submissions),
                            {"submission_bytes", front.submissionBytes.used, front.submissionBytes.limit, {}},
                            of("queries", front.queries),
                            of("subscribers", front.subscribers),
                            of("long_polls", front.longPolls),
                            of("observers", front.observers),
                            {"reads", queues.reads, node.limits.readsWaiting, node.limits.readsRefused},
                            {"ordering_buffer", queues.held, node.limits.orderingBuffer, {}}};
    text.family(Type::Gauge, "dsmsg_usage", "How much of a limit is in use.");
    for (const Bound& bound : bounds)
        text.sample(bound.used, {{"limit", bound.name}});
    text.family(Type::Gauge, "dsmsg_limit", "The limit.");
    for (const Bound& bound : bounds)
        text.sample(bound.limit, {{"limit", bound.name}});
    text.family(Type::Counter, "dsmsg_rejections_total", "How often a limit turned somebody away.");
    for (const Bound& bound : bounds) {
        if (bound.refused)
            text.sample(*bound.refused, {{"limit", bound.name}});
    }
    text.gauge("dsmsg_pending_submissions", "Messages in the Raft thread that wait for their answer.",
               std::uint64_t{queues.submissions});
    text.gauge("dsmsg_oldest_submission_seconds", "How long the oldest of them waits.", queues.oldest);
    text.gauge("dsmsg_pending_log_writes", "Writes handed to the disk and not durable.",
               std::uint64_t{queues.logWrites});
    text.gauge("dsmsg_apply_backlog_entries", "Entries committed and durable here, not applied.",
               queues.apply);
}

void writeTime(PrometheusText& text, const node::Metrics& node)
{
    text.gauge("dsmsg_time_synchronized", "1 while a majority of the voters' clocks was heard recently.",
               truth(node.synchronized));
    text.gauge("dsmsg_clock_offset_seconds", "Cluster time minus this node's clock.", node.clockOffset);
    text.family(Type::Gauge, "dsmsg_clock_bound_seconds", "Cluster time is right to this, on either side.");
    if (node.sample.bound)
        text.sample(*node.sample.bound);
    text.counter("dsmsg_clock_jumps_total", "Jumps of this node's wall clock.", node.clockJumps);
}

void writeDisk(PrometheusText& text, const node::Sample& sample)
{
    text.gauge("dsmsg_disk_free_bytes", "Free space where the data is.", sample.disk.freeBytes);
    text.gauge("dsmsg_disk_reserve_bytes", "Below this much free space no messages are taken.",
               sample.disk.reserveBytes);
    text.gauge("dsmsg_disk_sufficient", "1 while there is more space than the reserve.",
               truth(sample.disk.sufficient));
    text.gauge("dsmsg_storage_failed", "1 once this node stopped writing for good.",
               truth(!sample.disk.failure.empty()));
    text.counter("dsmsg_disk_stalls_total", "Writes that took longer than an election timeout, as leader.",
                 sample.counters.diskStalls);
    text.gauge("dsmsg_faults_active", "Faults injected on purpose and in force.",
               std::uint64_t{sample.faults});
}

void writeHttp(PrometheusText& text, const HttpCounters& http)
{
    text.counter("dsmsg_http_connections_total", "Connections of clients.", http.connections);
    text.counter("dsmsg_http_requests_total", "Complete, well-formed requests.", http.requests);
    text.counter("dsmsg_http_refused_total", "Requests that were malformed, too large or too slow.",
                 http.refused);
    text.counter("dsmsg_http_answers_dropped_total", "Answers whose client had left.", http.answersDropped);
}

/// The names that every Prometheus client library uses.
void writeProcess(PrometheusText& text, const ProcessFigures& process)
{
    if (process.cpuSeconds)
        text.family(Type::Counter, "process_cpu_seconds_total", "User and system time of the process.")
            .sample(*process.cpuSeconds);
    if (process.startTime)
        text.gauge("process_start_time_seconds", "When the process started, Unix time.", *process.startTime);
    if (process.residentBytes)
        text.gauge("process_resident_memory_bytes", "Resident memory.", *process.residentBytes);
    if (process.virtualBytes)
        text.gauge("process_virtual_memory_bytes", "Virtual memory.", *process.virtualBytes);
    if (process.threads)
        text.gauge("process_threads", "Threads.", *process.threads);
    if (process.openFiles)
        text.gauge("process_open_fds", "Open file descriptors.", *process.openFiles);
    if (process.openFilesMax)
        text.gauge("process_max_fds", "Limit on open file descriptors.", *process.openFilesMax);
}

} // namespace

void writeMetrics(std::string& out, const node::Metrics& node, const FrontFigures& front,
                  const ProcessFigures& process, const StateFigures& state)
{
    out.reserve(out.size() + 24 * 1024);
    PrometheusText text(out);
    writeIdentity(text, node);
    writeRaft(text, node);
    writePeers(text, node.sample.peers);
    writeMessages(text, node);
    writeKept(text, state);
    writeBounds(text, node, front);
    writeTime(text, node);
    writeDisk(text, node.sample);
    writeHttp(text, front.http);
    writeProcess(text, process);
}

} // namespace dsmsg::http
