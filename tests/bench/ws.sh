#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures publishing in a window on /ws and with POST /send/batch, on three local nodes with sync_quorum: acknowledged
# messages a second, latency of a frame, and processor time of the nodes. Not a test: nothing is asserted but that no
# leader changed.
set -u -o pipefail

# shellcheck source=../../packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/scripts/common.sh"
# shellcheck source=../../packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=../../packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"
# shellcheck source=../../packaging/scripts/cluster.sh
. "$DSMSG_ROOT/packaging/scripts/cluster.sh"

seconds=10
# Kind, connections, in flight on each, messages in a frame or request.
loads=("ws 1 256 32" "cbor 1 256 32" "ws 1 4096 128" "cbor 1 4096 128" "ws 4 1024 128" "batch 4 1000 1000" "batch 16 1000 1000")
usage() {
    cat <<END
usage: tests/bench/ws.sh [--seconds N] [--load "KIND CONNECTIONS WINDOW MESSAGES"]...

  --seconds N   length of each measurement (10)
  --load ...    instead of the usual ones; KIND is ws, cbor or batch
END
}
given=()
while [ $# -gt 0 ]; do
    case "$1" in
        --seconds) seconds=$2 && shift ;;
        --load) given+=("$2") && shift ;;
        -h | --help) usage && exit 0 ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done
[ "${#given[@]}" -eq 0 ] || loads=("${given[@]}")

bench_dir=$DSMSG_STATE/bench
end() {
    stop_nodes "${started_nodes[@]}"
    rm -rf "$bench_dir"
}

# cpu_hundredths: user and system time of the three nodes so far, in hundredths of a second.
cpu_hundredths() {
    local total=0 i pid fields
    for i in 0 1 2; do
        pid=$(node_pid "$i") || continue
        read -r -a fields <"/proc/$pid/stat"
        total=$((total + fields[13] + fields[14]))
    done
    printf '%s\n' "$total"
}

# measure KIND CONNECTIONS WINDOW MESSAGES: what the program says, and the nodes' processor time a message.
measure() {
    local before after result count
    before=$(cpu_hundredths)
    result=$("$DSMSG_ROOT/build/release/bin/ws_load" "$1" 127.0.0.1 "${leader##*:}" "$2" "$3" "$4" "$seconds") ||
        fail "ws_load failed."
    after=$(cpu_hundredths)
    count=$(grep -o '[0-9]* acknowledged' <<<"$result" | cut -d' ' -f1)
    say "$result; nodes $(((after - before) * 10000 / (count * seconds + 1))) us a message"
}

stage "Packages" install_packages build run bench
stage "Build" configure release || exit
build release dsmsg-node dsmsg ws_load || exit
use_programs "$DSMSG_ROOT/build/release/bin"
rm -rf "$bench_dir"
choose_ports "$bench_dir"
trap end EXIT
start_cluster
await_cluster 20
leader=$(dsmsg status --role leader --urls)
term=$(dsmsg status --node "$leader" --json | grep -o '"current_term": *[0-9]*')
for load in "${loads[@]}"; do
    read -r -a words <<<"$load"
    measure "${words[@]}"
done
[ "$(dsmsg status --node "$leader" --json | grep -o '"current_term": *[0-9]*')" = "$term" ] || fail "the term changed during the run."
say "No leader change."
