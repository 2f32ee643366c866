#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures POST /send on three local nodes with sync_quorum: acknowledged messages a second and latency by connections,
# on an empty store and after a number of stored messages; see --help. Not a test: nothing is asserted but that no leader
# changed and no message was refused.
set -u -o pipefail

# shellcheck source=../../packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/scripts/common.sh"
# shellcheck source=../../packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=../../packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"
# shellcheck source=../../packaging/scripts/cluster.sh
. "$DSMSG_ROOT/packaging/scripts/cluster.sh"

seconds=20 stored=0 connections=(1 64 256)
usage() {
    cat <<END
usage: tests/bench/send.sh [--seconds N] [--stored N] [--connections N,N...]

  --seconds N      length of each measurement (20)
  --stored N       afterwards store messages until there are N, then measure again (0: do not)
  --connections    keep-alive connections, each with one request in flight (1,64,256)
END
}
while [ $# -gt 0 ]; do
    case "$1" in
        --seconds) seconds=$2 && shift ;;
        --stored) stored=$2 && shift ;;
        --connections) IFS=, read -r -a connections <<<"$2" && shift ;;
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

# status_field NAME: a number of the leader's state.
status_field() {
    dsmsg status --node "$leader" --json | grep -o "\"$1\": *[0-9]*" | head -n 1 | grep -o '[0-9]*$'
}

# cpu_seconds: user and system time of the three nodes so far, in hundredths of a second.
cpu_hundredths() {
    local total=0 i pid fields
    for i in 0 1 2; do
        pid=$(node_pid "$i") || continue
        read -r -a fields <"/proc/$pid/stat"
        total=$((total + fields[13] + fields[14]))
    done
    printf '%s\n' "$total"
}

# measure CONNECTIONS SECONDS: one line of the table.
measure() {
    local before after result rate p50 p99 worst refused
    before=$(cpu_hundredths)
    result=$(wrk -t1 -c"$1" -d"$2"s --latency -s "$DSMSG_ROOT/tests/bench/send.lua" "$leader/send" | grep '^RESULT') ||
        fail "wrk failed."
    after=$(cpu_hundredths)
    read -r _ rate p50 p99 worst refused <<<"$result"
    printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$rate" "$p50" "$p99" "$worst" \
        "$(((after - before) * 10000 / (rate * $2 + 1)))" "$refused"
}

table() {
    heading "$1"
    say "| connections | acknowledged/s | p50 ms | p99 ms | max ms | CPU of the nodes, us a message | refused |"
    say "|---|---|---|---|---|---|---|"
    local c
    for c in "${connections[@]}"; do measure "$c" "$seconds"; done
}

stage "Packages" install_packages build run bench
stage "Build" configure release || exit
build release dsmsg-node dsmsg || exit
use_programs "$DSMSG_ROOT/build/release/bin"
rm -rf "$bench_dir"
choose_ports "$bench_dir"
trap end EXIT
start_cluster
await_cluster 20
leader=$(dsmsg status --role leader --urls)
term=$(status_field current_term)

table "Empty store"
while [ "$(status_field committed_seq)" -lt "$stored" ]; do
    wrk -t1 -c256 -d10s -s "$DSMSG_ROOT/tests/bench/send.lua" "$leader/send" >/dev/null
done
[ "$stored" -eq 0 ] || table "$(status_field committed_seq) stored messages"
[ "$(status_field current_term)" = "$term" ] || fail "the term changed during the run: $term, now $(status_field current_term)."
say "No leader change: term $term from beginning to end."
