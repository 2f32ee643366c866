#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures sending on three local nodes with sync_quorum: acknowledged messages a second and latency by connections,
# on an empty store and after a number of stored messages; see --help. Not a test: nothing is asserted but that no leader
# changed. The load is `dsmsg bench`.
set -u -o pipefail

# shellcheck source=bench.sh
. "$(dirname "${BASH_SOURCE[0]}")/bench.sh"

seconds=20 stored=0 connections=(1 64 256) programs='' options=()
usage() {
    cat <<END
usage: tests/bench/send.sh [--seconds N] [--stored N] [--connections N,N...] [--programs DIR] [-- BENCH OPTIONS]

  --seconds N      length of each measurement (20)
  --stored N       afterwards store messages until there are N, then measure again (0: do not)
  --connections    kept connections (1,64,256)
  --programs DIR   measure the programs in DIR instead of building them
  --               what follows goes to dsmsg bench, for example: -- --transport batch --batch 500
END
}
while [ $# -gt 0 ]; do
    case "$1" in
        --seconds) seconds=$2 && shift ;;
        --stored) stored=$2 && shift ;;
        --connections) IFS=, read -r -a connections <<<"$2" && shift ;;
        --programs) programs=$2 && shift ;;
        --) shift && options=("$@") && break ;;
        -h | --help) usage && exit 0 ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done

table() {
    heading "$1"
    say "| connections | acknowledged/s | p50 ms | p99 ms | max ms | CPU of the nodes, us a message | not acknowledged |"
    say "|---|---|---|---|---|---|---|"
    local c figures
    for c in "${connections[@]}"; do
        figures=$(load "$seconds" --connections "$c" "${options[@]}") || fail "dsmsg bench failed."
        # shellcheck disable=SC2086 # the words of one line
        row "$c" $figures
    done
}

prepare "$programs"
fresh_cluster
leader=$(leader_index) || fail "no leader."
term=$(status_field "$leader" current_term)

table "Empty store"
while [ "$(status_field "$leader" committed_seq)" -lt "$stored" ]; do load 10 --connections 256 >/dev/null; done
[ "$stored" -eq 0 ] || table "$(status_field "$leader" committed_seq) stored messages"
now=$(status_field "$leader" current_term)
[ "$now" = "$term" ] || fail "the term changed during the run: $term, now $now."
say "No leader change: term $term from beginning to end."
