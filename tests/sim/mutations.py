#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The checker is checked (PROOF.md, 2): puts historical bugs of Raft systems into a copy of the core, one at a time,
# and demands that the simulator or a scripted scenario catches each. The production sources carry no switch for
# this: a mutation is a piece of text replaced in the copy, and one whose text is no longer found fails the run
# instead of testing nothing.
#
# Usage: mutations.py SOURCE BUILD [--seeds N] [--jobs N] [--only WORD]
#   SOURCE  the project's root; BUILD  a scratch directory, kept between runs so that only changed files compile
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

# name, file below core/, what is replaced, by what
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
     "if (stalled && config().voterSlots() > 1) {", "if (stalled && config().voterSlots() > 99) {"),
    ("verified index kept over a change of leader", "raft/Step.cpp",
     "    leaderId = leader;\n    verified = {};\n    acknowledged = {};", "    leaderId = leader;"),
    ("match beyond the prefix verified in this term", "raft/Follower.cpp",
     "    verified = std::max(verified, request.prevLogIndex + request.entries.size());",
     "    verified = log.last();"),
    ("a wiped node takes part in a new formation", "raft/Formation.cpp",
     "return !foreignCluster && answered", "return answered"),
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
     "        peer.allowProbe();\n", "        (void)peer;\n"),
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
]


SCENARIOS = ["tst_scenarios_election", "tst_scenarios_replication", "tst_scenarios_formation"]


def prepare(source: pathlib.Path, build: pathlib.Path) -> pathlib.Path:
    """A tree of links to the sources with an own copy of core."""
    tree = build / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    # Fresh times: with those of the sources the objects of the last mutation would pass for up to date.
    shutil.copytree(source / "core", tree / "core", copy_function=shutil.copy)
    for name in ("app", "tests", "packaging"):
        (tree / name).symlink_to(source / name)
    (tree / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\n"
        "project(dsmsg_mutations VERSION 0 LANGUAGES CXX)\n"
        "set(CMAKE_CXX_STANDARD 20)\n"
        "list(APPEND CMAKE_MODULE_PATH ${CMAKE_SOURCE_DIR}/packaging/cmake)\n"
        "include(DsmsgCompile)\ninclude(DsmsgDependencies)\n"
        "add_compile_options(-w -O1)\n"
        "foreach(part base raft messaging)\n  add_subdirectory(core/${part})\nendforeach()\n"
        "set(CMAKE_AUTOMOC ON)\ninclude(CTest)\n"
        "add_subdirectory(app/sim)\nadd_subdirectory(tests/sim)\n")
    return tree


def compile_tree(tree: pathlib.Path, build: pathlib.Path, jobs: int) -> None:
    if not (build / "out" / "build.ninja").exists():
        subprocess.run(["cmake", "-S", tree, "-B", build / "out", "-G", "Ninja"], check=True,
                       stdout=subprocess.DEVNULL)
    made = subprocess.run(["cmake", "--build", build / "out", "--target", "dsmsg-sim", *SCENARIOS, "-j", str(jobs)],
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
    options = arguments.parse_args()
    source, build = options.source.resolve(), options.build.resolve()

    tree = prepare(source, build)
    survivors = 0
    for name, file, old, new in MUTATIONS:
        if options.only not in name:
            continue
        path = tree / "core" / file
        original = path.read_text()
        if original.count(old) != 1:
            print(f"STALE     {name}: its text is in {file} {original.count(old)} times", flush=True)
            survivors += 1
            continue
        path.write_text(original.replace(old, new))
        compile_tree(tree, build, options.jobs)
        scenario = scripted(build)
        found = hunt(build, options.seeds, options.jobs)
        path.write_text(original)
        survivors += 1 if found is None and scenario is None else 0
        verdict = "SURVIVED" if found is None and scenario is None else "caught  "
        simulator = f"seed {found[0]}, {found[1]}" if found else f"not in {options.seeds} seeds"
        print(f"{verdict}  {name}: simulator {simulator}; scenario {scenario or 'none'}", flush=True)
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
