#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures what a long absence costs: a follower that was away for a million messages comes back, by the log and by a
# snapshot, while a few clients send on; and how long a node with a million messages takes from its start until it
# serves. Three local nodes, sync_quorum. Not a test: nothing is asserted but that no leader changed and no message was
# refused (PROOF.md, pitfalls 13 and 16; tests/cluster/tst_catch_up.cpp is the small one with assertions).
set -u -o pipefail

# shellcheck source=bench.sh
. "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

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

milliseconds() { printf '%s\n' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

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
        load "$window" --connections "$connections" >"$bench_dir/result" &
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
    fresh_cluster
    leader=$(leader_index) || fail "no leader."
    away=$(follower_index) || fail "no follower."
    term=$(status_field "$leader" current_term)
    missed_from=$(status_field "$away" committed_seq)
    stop_nodes "$away"
    begin=$SECONDS
    while [ "$(status_field "$leader" committed_seq)" -lt "$messages" ]; do load 2 --connections 256 >/dev/null; done
    say "$(status_field "$leader" committed_seq) messages stored in $((SECONDS - begin)) s; the log begins at entry $(status_field "$leader" first_log_index)."
    say
    say "| clients with $connections connections | acknowledged/s | p50 ms | p99 ms | max ms | CPU of the nodes, us a message | not acknowledged |"
    say "|---|---|---|---|---|---|---|"
    result=$(load "$window" --connections "$connections")
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

prepare "$programs"
absence "Back by the log"
restarts
end_cluster
# Fewer are kept than one second of the load writes: the follower needs a snapshot.
export DSMSG_LOG_KEEP_MESSAGES=10000
absence "Back by a snapshot"
restarts
