#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The checker is checked (PROOF.md, 2): puts historical bugs of Raft systems into a copy of the core, one at a time,
# and demands that the simulator or a scripted scenario catches each. The production sources carry no switch for
# this: a mutation is a piece of text replaced in the copy, and one whose text is no longer found fails the run
# instead of testing nothing.
#
# Usage: mutations.py SOURCE BUILD [--seeds N] [--jobs N] [--only WORD] [--skip N] [--check]
#   SOURCE  the project's root; BUILD  a scratch directory, kept between runs so that only changed files compile
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time

# name, file (below core/ unless it begins with tests/), what is replaced, by what. Those in tests/ are faults of a
# host, which the simulator plays: they show that its checkers would see them in a driver or a store.
MUTATIONS = [
    ("commit of an earlier term by counting replicas (figure 8)", "raft/Replication.cpp",
     "if (reached <= commit || log.termAt(reached) != term())", "if (reached <= commit)"),
    ("vote not durable before the reply", "raft/Step.cpp",
     "    if (vouching)\n        heldReplies", "    if (vouching && false)\n        heldReplies"),
    ("candidate counts its own vote before it is durable", "raft/Election.cpp",
     "    ownVote = durability.nextId();", "    votes[identity.server] = true;\n    askForVotes();\n    countVotes();"),
    ("follower acknowledges before fsync", "raft/Follower.cpp",
     "std::min(verified, durability.durableIndex())", "verified"),
    ("leader counts its own copy before fsync", "raft/Replication.cpp",
     "        return durability.durableIndex();\n    const auto found", "        return log.last();\n    const auto found"),
    ("truncation of matching entries", "raft/Follower.cpp",
     "        if (log.matches(entry->index, entry->term))\n            continue;",
     "        if (log.matches(entry->index, entry->term) && entry->index >= log.last())\n            continue;"),
    ("no log check on a vote", "raft/Election.cpp",
     "    if (!upToDate(request))\n        return false;", ""),
    ("log compared by length before term on a vote", "raft/Election.cpp",
     "std::pair(request.lastLogTerm, request.lastLogIndex) >= std::pair(log.lastTerm(), log.last())",
     "request.lastLogIndex >= log.last()"),
    ("follower commits beyond what it matched", "raft/Follower.cpp",
     "setCommit(std::min(leaderCommit, verified));", "setCommit(std::min(leaderCommit, log.last()));"),
    ("no check of the previous entry", "raft/Follower.cpp",
     "if (!log.matches(request.prevLogIndex, request.prevLogTerm)) {",
     "if (request.prevLogIndex > log.last()) {"),
    ("late completion counted for a replaced entry", "raft/Durability.cpp",
     "            write.lastIndex = std::min(*write.lastIndex, from.previous());", "            continue;"),
    ("durable index not rolled back by a truncation", "raft/Durability.cpp",
     "    durable_ = std::min(durable_, from.previous());\n", ""),
    ("two votes in one term", "raft/Election.cpp",
     " && (!hardState.votedFor || hardState.votedFor == from);", ";"),
    ("applies what is not on its own disk", "raft/Step.cpp",
     "std::min(commit, std::max(durability.durableIndex(), applied))", "commit"),
    ("leader with a stalled disk keeps leading", "raft/Replication.cpp",
     "if (stalled && !isLoneVoter()) {", "if (stalled && config().voterSlots() > 99) {"),
    ("verified index kept over a change of leader", "raft/Step.cpp",
     "    leaderId = leader;\n    verified = {};\n    acknowledged = {};", "    leaderId = leader;"),
    ("match beyond the prefix verified in this term", "raft/Follower.cpp",
     "    verified = std::max(verified, request.prevLogIndex + request.entries.size());",
     "    verified = log.last();"),
    ("a wiped node takes part in a new formation", "raft/Formation.cpp",
     "return !identity.joinsOnly && !foreignCluster && answered", "return !identity.joinsOnly && answered"),
    ("configuration not rolled back on truncation", "raft/Formation.cpp",
     "    while (configurations.size() > 1 && configurations.back().first >= from)\n        configurations.pop_back();\n",
     "    (void)from;\n"),
    ("half is taken for a majority", "raft/Configuration.cpp",
     "return slots / 2 + 1;", "return slots / 2;"),
    ("dedup sees only earlier batches", "messaging/StateMachine.cpp",
     "            *known = twin->second;", "            (void)twin;"),
    ("dedup missing", "messaging/StateMachine.cpp",
     "        if (known->has_value()) {", "        if (known->has_value() && (**known).value % 16 == 0) {"),
    ("messages of the old leader accepted", "raft/Follower.cpp",
     "    if (request.term < term()) {\n        // An old", "    if (request.term.next().next() < term()) {\n        // An old"),
    ("acknowledgement of another term counted", "raft/Replication.cpp",
     "    if (!leads() || answer.term != term() || found == progress.end())\n        return;\n    Progress& peer = found->second;\n    peer.contact(now);\n    if (answer.noSpace) {\n        peer.restart();",
     "    if (!leads() || found == progress.end())\n        return;\n    Progress& peer = found->second;\n    peer.contact(now);\n    if (answer.noSpace) {\n        peer.restart();"),
    ("votes of another term counted", "raft/Election.cpp",
     "(role == Role::Candidate && answer.ballot == Ballot::Vote && answer.term == term())",
     "(role == Role::Candidate && answer.ballot == Ballot::Vote)"),
    ("a probe lost is never repeated", "raft/Replication.cpp",
     "    if (peer.state() == Progress::State::Probe)\n        peer.allowProbe();\n    else if",
     "    if (peer.state() == Progress::State::Probe)\n        (void)peer;\n    else if"),
    ("entries lost in the pipeline are never sent again", "raft/Replication.cpp",
     "peer.match() < log.last() && peer.quietSinceLastCheck()", "false && peer.quietSinceLastCheck()"),
    ("log read used without comparing its terms", "raft/Step.cpp",
     "return log.matches(entry->index, entry->term);", "return entry != nullptr;"),
    ("cache never trimmed", "raft/RaftLog.cpp",
     "while (!cache_.empty() && cacheFirst_ <= through && cacheBytes_ > bytesKept)",
     "while (cache_.empty() && cacheFirst_ <= through && cacheBytes_ > bytesKept)"),
    ("hard state forgets the vote", "raft/Election.cpp",
     "        setHardState({term(), from});\n", "        hardState.votedFor = from;\n"),
    ("no term in the hard state after a heartbeat", "raft/Step.cpp",
     "        setHardState({newTerm, {}});\n", "        hardState = {newTerm, {}};\n"),
    # Delivery
    ("watermark decided by local time", "messaging/StateMachine.cpp",
     "order_.advance(watermarkOf(entry.data), state.delivery);",
     "order_.advance(watermarkOf(entry.data) + Duration(reinterpret_cast<std::uintptr_t>(this) >> 4 & 1023) * 500, state.delivery);"),
    ("watermark goes back with a new leader", "node/DeliveryPacer.h",
     "return std::max({applied_, moved_, now - window_});", "return std::max(moved_, now - window_);"),
    ("late messages wait for the next watermark", "messaging/DeliveryOrder.cpp",
     "        return deliver(message.seq, true, state);\n    held_", "        state.late += 0;\n    held_"),
    ("what waits is forgotten over a restart", "messaging/StateMachine.cpp",
     "    order_.load(std::move(*held));\n", "    order_.load({});\n"),
    # Time
    ("time: bound without the drift", "timesync/Exchange.cpp",
     "interval.widenedBy(driftAllowance(std::chrono::abs(now - at), assumptions.driftMaxPpm))", "interval"),
    ("time: bound without half the delay", "timesync/Exchange.cpp",
     "    return {exchange.received, before.widenedBy(",
     "    return {exchange.received, Interval{before.middle(), before.middle()}.widenedBy("),
    ("time: bound of cluster time does not grow between exchanges", "timesync/ClusterClock.cpp",
     "median_->interval.widenedBy(driftAllowance(now - updatedAt_, driftMaxPpm_))", "median_->interval"),
    ("time: bound of cluster time without what is left to slew", "timesync/ClusterClock.cpp",
     "std::max({truth.upper - at, at - truth.lower, Duration::zero()})", "truth.halfWidth()"),
    ("time: jump of a peer's wall clock ignored", "timesync/PeerClock.cpp",
     "    peer_ = told;\n", "    const Duration anchor = known ? peer_->anchor : told.anchor;\n    peer_ = told;\n    peer_->anchor = anchor;\n"),
    ("time: an older jump told late taken for news", "timesync/PeerClock.cpp",
     "    if (known && told.epoch <= peer_->epoch)\n        return told.epoch == peer_->epoch;",
     "    if (known && told.epoch == peer_->epoch)\n        return true;"),
    ("time: exchange across a jump of the peer kept", "timesync/PeerClock.cpp",
     "    return !known;\n", "    return true;\n"),
    ("time: exchange across a jump of the own clock kept", "timesync/PeerClock.cpp",
     "!sameClock || exchange.sent < validFrom_", "!sameClock"),
    ("time: samples of a peer's earlier run kept", "timesync/PeerClock.cpp",
     "    if (!known)\n        window_.clear();\n", ""),
    ("time: cluster time steps after the first synchronisation", "timesync/ClusterClock.cpp",
     "    const Duration most = (now - steeredAt_) / slewPart;\n    return steer_ + std::clamp(target_ - steer_, -most, most);",
     "    return target_;"),
    ("time: unknown voters count as zero", "timesync/ClusterClock.cpp",
     "estimate ? estimate->interval : Interval{-endless, endless}", "estimate ? estimate->interval : Interval{}"),
    ("time: unknown voters do not count", "timesync/ClusterClock.cpp",
     "        intervals.push_back(estimate ? estimate->interval : Interval{-endless, endless});\n        if (estimate)\n            known.push_back(*estimate);",
     "        if (estimate) {\n            intervals.push_back(estimate->interval);\n            known.push_back(*estimate);\n        }"),
    ("time: upper median of an even number", "timesync/ClusterClock.cpp",
     "(values.size() - 1) / 2)", "values.size() / 2)"),
    ("time: outliers are never overthrown", "timesync/SampleWindow.cpp",
     "    return intervals.size() == revolt &&", "    return intervals.size() > revolt &&"),
    ("time: a jump of the own wall clock goes unseen", "timesync/LocalClock.cpp",
     "    if (anchors.widenedBy(jumpMin).holds(state_.anchor))", "    if (state_.epoch == 0 || anchors.widenedBy(jumpMin).holds(state_.anchor))"),
    ("time: stamps go back with a new leader", "node/Timekeeper.cpp",
     "std::max(lastStamp_, newestStamped)", "lastStamp_"),
    ("time: a message stamped before the same leader's last one", "node/Timekeeper.cpp",
     "std::max(newest + since * 99 / 100, clusterNow())", "clusterNow()"),
    ("time: a message stamped before what earlier leaders stamped is applied",
     "tests/support/sim/SimProcessClients.cpp", "        if (!raft_->serving() || ", "        if ("),
    ("time: an answer goes to the newest question", "tests/support/sim/SimProcessTime.cpp",
     "    const Question asked = *question;", "    const Question asked = open.back();"),
    # Reads
    ("read served before the no-op of the term", "raft/ReadIndex.cpp", "std::max(commit, termStart)", "commit"),
    ("read served without a fresh round", "raft/ReadIndex.cpp",
     "level == ReadLevel::Leader || leadsAlone()", "level == ReadLevel::Leader || leads()"),
    ("read confirmed by an answer to an earlier round", "raft/ReadIndex.cpp", "termStart), round + 1}",
     "termStart), round}"),
    ("read served before its index is applied", "node/ReadWaits.h",
     "!read.indexWanted && read.index <= appliedIndex_", "!read.indexWanted"),
    ("min_seq ignored", "node/ReadWaits.h", " && read.minSeq <= appliedSeq_", ""),
    # Inboxes and retention
    ("cursor goes back", "messaging/StateMachine.cpp",
     "    if (*cursor && order.seq <= before)\n        return OrderOutcome{true, before};\n", ""),
    ("cursor beyond the last message", "messaging/StateMachine.cpp",
     "    if (order.seq > state.lastSeq)\n        return OrderOutcome{false, before};\n", ""),
    ("acknowledgement of an inbox answered before it is applied", "node/InboxAcks.cpp",
     "    queue_.push_back({std::move(wish), now, std::move(answer)});\n    ++open_;", "    answer(wish.seq);"),
    ("orders answered by index alone", "node/EntryWaits.cpp",
     "if (waiting.term == entry.term)", "if (waiting.term)"),
    ("an inbox shows messages out of its reader's sight", "messaging/InboxWalk.cpp",
     " || std::ranges::any_of(lanes_, hides)", ""),
    ("an inbox without the messages to all", "messaging/InboxWalk.cpp",
     "    lanes_.push_back({query, {}, true, after});\n    if (", "    if ("),
    ("removal of what is not delivered", "messaging/RetentionScan.cpp",
     ["if (*message && (*message)->delivery && !take(", "if (!(tooOld || passesCounts()) || !stored.delivery)"],
     ["if (*message && !take(", "if (!(tooOld || passesCounts()))"]),
    ("removal by a rule that was replaced", "node/RetentionPacer.cpp", "isVoid = lastRule_ > seen", "isVoid = false"),
    ("removal counted by nobody", "messaging/RetentionScan.cpp", "        --counted->second.messages;\n", ""),
    ("ttl counted from the client's time", "messaging/Command.h", "std::optional(receiveTs + *ttl)",
     "std::optional(originalTs + *ttl)"),
    ("removed ids forgotten", "tests/support/MemoryStore.cpp",
     "            change().removed.insert(seq);\n        }\n    }\n    return removed;",
     "            ids_.erase(message.id());\n            change().removed.insert(seq);\n        }\n    }\n    return removed;"),
    ("ids of removed messages missing from the snapshot", "messaging/Command.h",
     "return remnantOf ? *remnantOf : hashMessageId(msgId);", "return hashMessageId(msgId);"),
    # Answers
    ("acknowledgement before the quorum", "node/Proposals.cpp", "facts.durableOn(facts.quorum)", "facts.durableOn(1)"),
    ("ack=all answered by the quorum", "node/Proposals.cpp", "facts.durableOn(facts.voters)",
     "facts.durableOn(facts.quorum)"),
    # Members
    ("majority of the outgoing voters forgotten on commit", "raft/Quorum.h",
     "    if (!configuration.joint())\n        return incoming;", "    if (configuration.formed())\n        return incoming;"),
    ("majority of the outgoing voters forgotten in elections", "raft/Quorum.cpp",
     "    if (!configuration.joint())\n        return first;", "    if (configuration.formed())\n        return first;"),
    ("voters changed without a joint step", "raft/Membership.cpp",
     "votersOf(target) == before ? std::vector<ServerId>{} : before", "std::vector<ServerId>{}"),
    ("change of members before the last one is committed", "raft/Membership.cpp",
     "configurations.back().first <= commit &&\n           !config().joint()", "true"),
    ("change of members before the no-op of the term", "raft/Membership.cpp",
     "config().formed() && commit >= termStart &&", "config().formed() &&"),
    ("who a deposed leader took in is never taken in again", "raft/Membership.cpp",
     "!peer.cluster.isZero() && peer.cluster != config().cluster", "!peer.cluster.isZero()"),
    ("learners counted", "raft/Quorum.h",
     "member.role == MemberRole::Voter && member.bound()", "member.bound()"),
    ("removed leader goes on leading", "raft/Membership.cpp",
     "if (config().formed() && !config().isVoter(identity.server)) {", "if (!config().formed()) {"),
    ("removed leader that is still needed does not campaign", "raft/Election.cpp",
     "config().formed() ? mayStillVote() : mayForm()",
     "config().formed() ? config().isVoter(identity.server) : mayForm()"),
    ("joining members never promoted on an idle leader", "raft/Progress.cpp", "caughtUp_ || match_ >= leaderLast ||",
     "caughtUp_ ||"),
    ("a wiped node votes again under its old name", "tests/support/sim/SimNode.cpp",
     "    machine_.identity.server = ServerId(", "    if (!machine_.identity.server)\n    machine_.identity.server = ServerId("),
    # Transfer
    ("transfer without catching up", "raft/Transfer.cpp", "peer->second.match() == log.last()",
     "peer->second.match() <= log.last()"),
    ("order of an old leader obeyed", "raft/Transfer.cpp", "order.term != term() || from != leaderId || ", ""),
    # Snapshots
    ("snapshot installed over newer state", "raft/Snapshot.cpp",
     "return base.index <= commit || log.matches(base.index, base.term);", "return base.index == commit;"),
    ("suffix dropped on install", "raft/Snapshot.cpp",
     "return base.index <= commit || log.matches(base.index, base.term);", "return base.index <= commit;"),
    ("state swapped before the log has begun anew", "raft/Snapshot.cpp",
     "!installing || !durability.isDurable(installing->write) ||", "!installing ||"),
    ("snapshot acknowledged before it is durable", "raft/Snapshot.cpp",
     "leaderId && durability.durableIndex() >= index", "leaderId"),
    ("configuration missing from the snapshot", "raft/Snapshot.cpp",
     "    configurations.assign(1, {base.index, base.configuration});", "    configurations.back().first = base.index;"),
    ("dedup table missing from the snapshot", "messaging/SnapshotBuilder.cpp",
     "ids.push_back(message->id())", "ids.push_back(hashMessageId(std::string(message->msgId) + '?'))"),
    ("rules of an earlier end kept by the snapshot", "messaging/SnapshotBuilder.cpp",
     "if (auto cleared = store_.setRule({rule.recipient, {}}); !cleared)\n            return cleared;", "(void)rule;"),
    ("cursors missing from the snapshot", "messaging/SnapshotBuilder.cpp",
     "if (auto set = store_.setCursor(cursor); !set)\n            return set;", "(void)cursor;"),
    ("log compacted beyond the last synced checkpoint", "tests/support/sim/WorldTransport.cpp",
     "durable = each.view().state.durable;", "durable = each.view().state.applied.index;"),
    ("applied index not atomic with the rows", "tests/support/MemoryStore.cpp",
     "    durable_ = committed_;", "    durable_.batches = committed_.batches;"),
    ("proposals kept over a step-down and answered by index alone", "node/Proposals.cpp",
     ["open->at->index == done.index && open->at->term == done.term", "    pipeline_.clear();\n",
      "if (!waiter.answered) {\n                answer(waiter, entry.at"],
     ["open->at->index == done.index", "",
      "if (!waiter.answered && !entry.at) {\n                answer(waiter, entry.at"]),
]


SCENARIOS = ["tst_scenarios_" + subject for subject in (
    "election", "replication", "formation", "membership", "transfer", "reads", "snapshot")] + [
    "tst_raft_" + subject for subject in ("log_reads", "membership", "transfer", "read_index", "compaction")] + [
    "tst_time_peer_clock"]


def prepare(source: pathlib.Path, build: pathlib.Path) -> pathlib.Path:
    """A tree of links to the sources with an own copy of core."""
    tree = build / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    # Fresh times: with those of the sources the objects of the last mutation would pass for up to date.
    for name in ("core", "tests/support", "tests/sim", "tests/raft", "tests/timesync"):
        shutil.copytree(source / name, tree / name, copy_function=shutil.copy)
    for name in ("app", "packaging"):
        (tree / name).symlink_to(source / name)
    (tree / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\n"
        "project(dsmsg_mutations VERSION 0 LANGUAGES CXX)\n"
        "set(CMAKE_CXX_STANDARD 20)\n"
        "list(APPEND CMAKE_MODULE_PATH ${CMAKE_SOURCE_DIR}/packaging/cmake)\n"
        "include(DsmsgCompile)\ninclude(DsmsgDependencies)\n"
        "add_compile_options(-w -O1)\n"
        "foreach(part base raft messaging timesync)\n  add_subdirectory(core/${part})\nendforeach()\n"
        "dsmsg_layer(proposals SOURCES core/node/EntryWaits.cpp core/node/InboxAcks.cpp core/node/Proposals.cpp\n"
        "            core/node/ReadWaits.cpp core/node/RetentionPacer.cpp core/node/Timekeeper.cpp\n"
        "            DEPENDS dsmsg_base dsmsg_raft dsmsg_messaging dsmsg_timesync)\n"
        "set(CMAKE_AUTOMOC ON)\ninclude(CTest)\n"
        "add_subdirectory(app/sim)\nadd_subdirectory(tests/sim)\nadd_subdirectory(tests/raft)\n"
        "add_subdirectory(tests/timesync)\n")
    return tree


def compile_tree(tree: pathlib.Path, build: pathlib.Path, jobs: int, targets: list[str]) -> None:
    if not (build / "out" / "build.ninja").exists():
        subprocess.run(["cmake", "-S", tree, "-B", build / "out", "-G", "Ninja"], check=True,
                       stdout=subprocess.DEVNULL)
    made = subprocess.run(["cmake", "--build", build / "out", "--target", *targets, "-j", str(jobs)],
                          capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit("the mutated core does not compile:\n" + made.stdout[-3000:])


def hunt(build: pathlib.Path, seeds: int, jobs: int) -> tuple[int, str] | None:
    """The first seed that fails, and what caught it; none when all pass."""
    program = next((build / "out").rglob("dsmsg-sim"))
    step = 50
    for first in range(1, seeds + 1, step):
        run = subprocess.run([program, "--seeds", f"{first}..{first + step - 1}", "--jobs", str(jobs), "--first"],
                             capture_output=True, text=True, errors="replace")
        if run.returncode in (0, 3):
            continue
        seed = re.search(r"FAILED seed (\d+)", run.stdout)
        checker = re.search(r"checker ([^:]+):", run.stdout)
        asserted = re.search(r"internal error: ([^(]*)", run.stderr)
        caught = checker.group(1) if checker else "assertion: " + (asserted.group(1).strip() if asserted else "?")
        return int(seed.group(1)) if seed else 0, caught
    return None


def scripted(build: pathlib.Path) -> str | None:
    """The first scripted scenario that fails; none when all pass."""
    for name in SCENARIOS:
        program = next(path for path in (build / "out").rglob(name) if path.is_file())
        run = subprocess.run([program, "-nocrashhandler"], capture_output=True, text=True, errors="replace")
        failed = re.search(r"FAIL!\s+: (\S+)", run.stdout)
        if failed:
            return failed.group(1)
        if run.returncode != 0:
            return name
    return None


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("source", type=pathlib.Path)
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("--seeds", type=int, default=2000)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--skip", type=int, default=0, help="begin with a later mutation")
    arguments.add_argument("--check", action="store_true", help="only look whether every text is there")
    options = arguments.parse_args()
    source, build = options.source.resolve(), options.build.resolve()

    tree = prepare(source, build)
    survivors = 0
    print("| mutation | caught by | first seed | seconds |\n|---|---|---|---|", flush=True)
    for name, file, old, new in MUTATIONS[options.skip:]:
        if options.only not in name:
            continue
        path = tree / (file if file.startswith("tests/") else "core/" + file)
        original = mutated = path.read_text()
        pairs = list(zip(old, new)) if isinstance(old, list) else [(old, new)]
        missing = [text for text, _ in pairs if original.count(text) != 1]
        if missing:
            print(f"| {name} | STALE: its text is not in {file} once | | |", flush=True)
            survivors += 1
            continue
        if options.check:
            continue
        for text, other in pairs:
            mutated = mutated.replace(text, other)
        path.write_text(mutated)
        compile_tree(tree, build, options.jobs, ["dsmsg-sim"])
        began = time.monotonic()
        found = hunt(build, options.seeds, options.jobs)
        scenario = None
        if found is None:
            compile_tree(tree, build, options.jobs, SCENARIOS)
            scenario = scripted(build)
        path.write_text(original)
        survivors += 1 if found is None and scenario is None else 0
        caught = found[1] if found else f"test {scenario}" if scenario else "SURVIVED"
        print(f"| {name} | {caught} | {found[0] if found else '-'} | {time.monotonic() - began:.0f} |", flush=True)
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
