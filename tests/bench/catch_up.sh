#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures what a long absence costs: a follower that was away for a million messages comes back, by the log and by a
# snapshot, while a few clients send on; and how long a node with a million messages takes from its start until it
# serves. Three local nodes, sync_quorum. Not a test: nothing is asserted but that no leader changed and no message was
# refused (PROOF.md, pitfalls 13 and 16; tests/cluster/tst_catch_up.cpp is the small one with assertions).
set -u -o pipefail

# shellcheck source=../../packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/scripts/common.sh"
# shellcheck source=../../packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=../../packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"
# shellcheck source=../../packaging/scripts/cluster.sh
. "$DSMSG_ROOT/packaging/scripts/cluster.sh"

messages=1000000 connections=4 window=5 programs=''
usage() {
    cat <<END
usage: tests/bench/catch_up.sh [--messages N] [--connections N] [--seconds N] [--programs DIR]

  --messages N     how many the follower misses (1000000)
  --connections N  of the clients that send meanwhile, each with one request in flight (4)
  --seconds N      length of one measurement of those clients (5)
  --programs DIR   measure the programs in DIR instead of building them
END
}
while [ $# -gt 0 ]; do
    case "$1" in
        --messages) messages=$2 && shift ;;
        --connections) connections=$2 && shift ;;
        --seconds) window=$2 && shift ;;
        --programs) programs=$2 && shift ;;
        -h | --help) usage && exit 0 ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done

bench_dir=$DSMSG_STATE/bench
end() {
    stop_nodes "${started_nodes[@]}"
    rm -rf "$bench_dir"
}

# status_field NODE NAME: a number of that node's state; nothing when it does not answer.
status_field() {
    dsmsg status --node "${cluster_urls[$1]}" --json 2>/dev/null | grep -o "\"$2\": *[0-9]*" | head -n 1 |
        grep -o '[0-9]*$'
}

milliseconds() { printf '%s\n' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

# load CONNECTIONS SECONDS: acknowledged a second, p50, p99, greatest latency in ms, refused.
load() {
    wrk -t1 -c"$1" -d"$2"s --latency -s "$DSMSG_ROOT/tests/bench/send.lua" "${cluster_urls[$leader]}/send" |
        sed -n 's/^RESULT //p'
}

# row WHEN RATE P50 P99 MAX REFUSED
row() { printf '| %s | %s | %s | %s | %s | %s |\n' "$@"; }

# start_and_time INDEX: starts the node; ms until it answers and knows the leader.
start_and_time() {
    local begin
    begin=$(milliseconds)
    start_node "$1"
    dsmsg status --node "${cluster_urls[$1]}" --quiet --wait 60 || fail "${node_names[$1]} did not come back within 60 s."
    printf '%s\n' "$(($(milliseconds) - begin))"
}

# catch_up: brings the follower back under load and prints one row for each measurement until it has caught up.
catch_up() {
    local target begin took result number=0 load_pid
    target=$(status_field "$leader" committed_seq)
    begin=$(milliseconds)
    start_node "$away"
    took=''
    while [ -z "$took" ]; do
        number=$((number + 1))
        load "$connections" "$window" >"$bench_dir/result" &
        load_pid=$!
        while kill -0 "$load_pid" 2>/dev/null; do
            if [ -z "$took" ] && [ "$(status_field "$away" committed_seq || true)" -ge "$target" ] 2>/dev/null; then
                took=$(($(milliseconds) - begin))
            fi
            sleep 0.05
        done
        result=$(<"$bench_dir/result")
        # shellcheck disable=SC2086 # the words of one line
        row "while it catches up, $((number * window)) s" $result
    done
    say
    say "Caught up on $((target - missed_from)) messages, from start to level, in $took ms: $(((target - missed_from) * 1000 / (took + 1))) messages a second."
}

# absence TITLE: a fresh cluster loses a follower, stores the messages, gets it back.
absence() {
    local begin result
    heading "$1"
    rm -rf "$bench_dir"
    choose_ports "$bench_dir"
    started_nodes=()
    start_cluster
    await_cluster 20
    leader=$(leader_index) || fail "no leader."
    away=$(follower_index) || fail "no follower."
    term=$(status_field "$leader" current_term)
    missed_from=$(status_field "$away" committed_seq)
    stop_nodes "$away"
    begin=$SECONDS
    while [ "$(status_field "$leader" committed_seq)" -lt "$messages" ]; do load 256 2 >/dev/null; done
    say "$(status_field "$leader" committed_seq) messages stored in $((SECONDS - begin)) s; the log begins at entry $(status_field "$leader" first_log_index)."
    say
    say "| clients with $connections connections | acknowledged/s | p50 ms | p99 ms | max ms | refused |"
    say "|---|---|---|---|---|---|"
    result=$(load "$connections" "$window")
    # shellcheck disable=SC2086 # the words of one line
    row "before it comes back" $result
    catch_up
    [ "$(status_field "$leader" current_term)" = "$term" ] || fail "the term changed: $term, now $(status_field "$leader" current_term)."
    say "No leader change: term $term from beginning to end."
}

# restarts: how long a follower with all messages needs after a stop, and after a SIGKILL.
restarts() {
    local took
    heading "Restart with $(status_field "$leader" committed_seq) messages: from start until it answers and knows the leader"
    stop_nodes "$away"
    took=$(start_and_time "$away") || exit
    say "after a stop: $took ms"
    kill -KILL "$(node_pid "$away")"
    stop_nodes "$away"
    took=$(start_and_time "$away") || exit
    say "after SIGKILL: $took ms"
}

stage "Packages" install_packages build run bench
if [ -n "$programs" ]; then
    use_programs "$programs"
else
    stage "Build" configure release || exit
    build release dsmsg-node dsmsg || exit
    use_programs "$DSMSG_ROOT/build/release/bin"
fi
trap end EXIT
absence "Back by the log"
restarts
end
# Fewer are kept than one second of the load writes: the follower needs a snapshot.
export DSMSG_LOG_KEEP_MESSAGES=10000
absence "Back by a snapshot"
restarts
