#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds, and runs a three-node cluster on this machine with the monitor on it; see --help.
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/packaging/scripts/common.sh"
# shellcheck source=packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"
# shellcheck source=packaging/scripts/cluster.sh
. "$DSMSG_ROOT/packaging/scripts/cluster.sh"
# shellcheck source=packaging/scripts/demo.sh
. "$DSMSG_ROOT/packaging/scripts/demo.sh"
# shellcheck source=packaging/scripts/monitor.sh
. "$DSMSG_ROOT/packaging/scripts/monitor.sh"

run_dir=$DSMSG_STATE/run
demo_dir=$DSMSG_STATE/demo

usage() {
    cat <<END
usage: ./run.sh [--demo | --no-monitor] [--keep] [--fresh]
       ./run.sh --stop

Installs what is missing (Debian, Ubuntu), builds, and runs three nodes on 127.0.0.1:8000-8002 that acknowledge a
message when a majority has it on disk. Sends a first message to a follower, reads it back from all three, then builds
dsmsg-monitor and opens it on them; closing it stops the nodes. Without a display it shows their state in the terminal
until Ctrl+C, and when the output is no terminal either: once, then it stops the nodes and ends.

  --no-monitor  stay in the terminal, display or not
  --demo    40 s without your help: load, the leader killed twice, a follower cut off; then every node is read and a
            verdict given. Runs on a cluster of its own with empty data.
  --keep    leave the nodes running at the end; the next ./run.sh finds them
  --fresh   stop nodes left running and forget all messages of earlier runs first
  --stop    stop nodes left running by --keep, and end

If other programs have the ports, the next three free ones are used, and said. If a dsmsg cluster answers there, it is
used, and left running. Data, logs and pid files: $run_dir (--demo: $demo_dir).
Environment: DSMSG_JOBS, how many compilers at once; XDG_STATE_HOME, where the data goes; NO_COLOR.
Exit codes: 0 all is well, with --demo: nothing lost or doubled, all nodes equal; 1 something failed, and was said;
2 wrong usage; 130 after Ctrl+C before the end of the demo or of the start.
END
}

demo='' keep='' stop='' fresh='' monitor=yes
for argument in "$@"; do
    case "$argument" in
        --demo) demo=yes ;;
        --no-monitor) monitor='' ;;
        --keep) keep=yes ;;
        --stop) stop=yes ;;
        --fresh) fresh=yes ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument '$argument'." ;;
    esac
done
[ -z "$stop" ] || [ -z "$demo$keep$fresh" ] || usage_error "--stop goes with no other option."

watching=''   # pid of the monitor or of the status table, while it shows
demo_soak=''  # pid of the demo's load, while it runs
interrupted=130 # exit code after Ctrl+C; 0 once Ctrl+C is the way to end

# on_exit: ends what this run started, whatever the way out.
on_exit() {
    local status=$?
    trap '' INT TERM HUP PIPE
    # The status table gives the terminal back before anything else is written there.
    [ -z "$watching" ] || { kill "$watching" && wait "$watching"; } 2>/dev/null
    [ -z "$demo_soak" ] || kill "$demo_soak" 2>/dev/null
    if [ "${#started_nodes[@]}" -eq 0 ]; then
        exit "$status"
    fi
    say ""
    if [ -n "$keep" ]; then
        say "The nodes go on: $(cluster_list). Data and logs: $cluster_dir. Stop them with: ./run.sh --stop"
    else
        say "Stopping the nodes that this run started."
        stop_nodes "${started_nodes[@]}"
        say "Data and logs stay in $cluster_dir."
    fi
    exit "$status"
}
trap on_exit EXIT
trap 'exit "$interrupted"' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
# A reader that left, as in `./run.sh | head`: bash would die on the spot and leave the nodes behind.
trap 'exec >/dev/null 2>&1; exit 141' PIPE

# stop_kept PARENT: stops the nodes that earlier runs left, on any ports.
stop_kept() {
    local dir i
    for dir in "$1"/[0-9]*/; do
        [ -d "$dir" ] || continue
        use_ports "$(basename "$dir")" "$1"
        for i in 0 1 2; do
            if node_pid "$i" >/dev/null; then
                say "Stopping ${node_names[$i]} on port $((cluster_base + i))."
            fi
        done
        stop_nodes 0 1 2
    done
}

build_programs() {
    configure release && build release dsmsg-node dsmsg
}

# field NAME JSON: a number or string of one line of JSON from our own client, which is flat enough for sed.
field() { sed -n "s/^.*\"$1\": *\"\\{0,1\\}\\([^\",}]*\\).*\$/\\1/p" <<<"$2"; }

# first_message: sent to a follower, so that the redirect shows; sent again elsewhere under the same id, as a client does
# that missed its answer; then read from every node.
first_message() {
    local follower last again seq page i
    local id
    id=run-$(cat /proc/sys/kernel/random/uuid)
    follower=$(follower_index) || fail "no node says that it follows a leader."
    last=$(((follower + 1) % 3))

    heading "A first message, sent to a follower, ${cluster_urls[$follower]}"
    dsmsg send --node "${cluster_urls[$follower]}" --from run.sh --id "$id" --verbose "Hello, cluster!" 2>&1 ||
        fail "the first message was not acknowledged."

    heading "The same message again, as after a lost answer, to ${cluster_urls[$last]}"
    again=$(dsmsg send --node "${cluster_urls[$last]}" --from run.sh --id "$id" --json "Hello, cluster!") ||
        fail "the repeated message was not answered."
    seq=$(field seq "$again")
    say "seq $seq, duplicate: $(field duplicate "$again")"

    heading "Read back from all three"
    for i in "${!node_names[@]}"; do
        page=$(dsmsg messages --node "${cluster_urls[$i]}" --after $((seq - 1)) --limit 1 --wait 5 --json) ||
            fail "${cluster_urls[$i]} does not show message $seq."
        if [ "$(field seq "$page") $(field msg_id "$page")" != "$seq $id" ]; then
            fail "${cluster_urls[$i]} shows another message under seq $seq: $page"
        fi
        say "${cluster_urls[$i]}: seq $seq, id $id"
    done
}

# show_status: a live table on a terminal, until Ctrl+C; elsewhere the table once.
show_status() {
    heading "The cluster"
    if [ ! -t 1 ]; then
        dsmsg status
        return
    fi
    interrupted=0
    # In the background, so that a signal to this script is heard at once.
    say "${faint}Ctrl+C ends. Try, in another terminal: curl --noproxy '*' ${cluster_urls[0]}/messages${plain}"
    # The program itself, for the same reason as in demo.sh.
    DSMSG_NODES=$(cluster_list) "$client_program" watch &
    watching=$!
    wait "$watching"
}

# show_monitor: until it is closed. Fails when it cannot be shown here.
show_monitor() {
    local status=0
    display_answers || return 1
    heading "The monitor"
    say "Building it on the cluster that runs already: $(cluster_list)"
    stage "Build of the monitor" build_monitor || {
        warn "The monitor could not be built; its message is above. The terminal shows the cluster instead."
        return 1
    }
    interrupted=0
    if [ "${#started_nodes[@]}" -eq 0 ] || [ -n "$keep" ]; then
        say "It is open. The nodes go on when its window is closed."
    else
        say "It is open. Closing its window, or Ctrl+C here, stops the nodes."
    fi
    open_monitor || status=$?
    watching=''
    [ "$status" -ne 3 ] || return 1
    [ "$status" -eq 0 ] || fail "the monitor ended with code $status."
}

if [ -n "$stop" ]; then
    use_programs "$DSMSG_ROOT/build/release/bin"
    stop_kept "$run_dir"
    stop_kept "$demo_dir"
    exit 0
fi

stage "Packages" install_packages build run
stage "Build" build_programs || fail "the build failed; its message is above."
use_programs "$DSMSG_ROOT/build/release/bin"

if [ -n "$demo" ]; then
    stop_kept "$demo_dir"
    rm -rf "$demo_dir"
    choose_ports "$demo_dir"
    heading "Demo: three nodes, ${cluster_urls[*]}"
    start_and_await
    run_demo
    exit
fi

if [ -n "$fresh" ]; then
    stop_kept "$run_dir"
    rm -rf "$run_dir"
    choose_ports "$run_dir"
else
    choose_ports "$run_dir" attach
fi
case "$attached" in
    own) heading "Three nodes: those left running, ${cluster_urls[*]}" ;;
    other) heading "A dsmsg cluster that answers already: ${cluster_urls[*]}" ;;
    *) heading "Three nodes: ${cluster_urls[*]}" ;;
esac
[ "$attached" = other ] || start_and_await
first_message || exit 1
{ [ -n "$monitor" ] && show_monitor; } || show_status
