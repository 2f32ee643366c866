# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# What the measurements of this folder share: programs, three local nodes with sync_quorum, the load and a row of figures.
# Sourced, never run.

# shellcheck source=../../packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/scripts/common.sh"
# shellcheck source=../../packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=../../packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"
# shellcheck source=../../packaging/scripts/cluster.sh
. "$DSMSG_ROOT/packaging/scripts/cluster.sh"

bench_dir=$DSMSG_STATE/bench

# prepare [DIR]: the programs of DIR; without it they are built.
prepare() {
    if [ -n "${1:-}" ]; then
        use_programs "$1"
        return
    fi
    stage "Packages" install_packages build run
    stage "Build" configure release || exit
    build release dsmsg-node dsmsg || exit
    use_programs "$DSMSG_ROOT/build/release/bin"
}

# fresh_cluster: three new nodes on free ports; whatever way out, they are stopped and their data is gone.
fresh_cluster() {
    rm -rf "$bench_dir"
    choose_ports "$bench_dir"
    started_nodes=()
    trap end_cluster EXIT
    start_cluster
    await_cluster 20
}

end_cluster() {
    stop_nodes "${started_nodes[@]}"
    rm -rf "$bench_dir"
}

# status_field INDEX NAME: a number of that node's state; nothing when it does not answer.
status_field() {
    dsmsg status --node "${cluster_urls[$1]}" --json 2>/dev/null | grep -o "\"$2\": *[0-9]*" | head -n 1 |
        grep -o '[0-9]*$'
}

# figure NAME JSON: the first number of that name; 0 when there is none.
figure() {
    local found
    found=$(grep -o "\"$1\":[0-9.][0-9.]*" <<<"$2" | head -n 1)
    printf '%s\n' "${found##*:}"
}

# load SECONDS OPTION...: runs the load and prints its figures on one line: acknowledged a second, p50, p99 and greatest
# latency in ms, CPU of the nodes in us a message, messages that were not acknowledged.
load() {
    local seconds=$1 json
    shift
    json=$(dsmsg bench --duration "$seconds" --json --quiet "$@")
    [ -n "$json" ] || return
    printf '%.0f %.2f %.2f %.2f %.0f %d\n' "$(figure acknowledged_per_s "$json")" "$(figure p50 "$json")" \
        "$(figure p99 "$json")" "$(figure max "$json")" "$(figure nodes "$json")" \
        "$(($(figure refused "$json") + $(figure rejected "$json") + $(figure unknown "$json")))"
}

# row WORD...: of a Markdown table.
row() {
    printf '|'
    printf ' %s |' "$@"
    printf '\n'
}
