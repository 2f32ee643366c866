# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# A three-node cluster of dsmsg-node processes on this machine: chooses ports, starts, finds, stops. A node is known by
# its pid file, and the process must really be that node (its command line names our directory), so that nothing else is
# ever signalled. All HTTP goes through our own client. Sourced after common.sh.

node_names=(n1 n2 n3)
cluster_dir='' # where this cluster's data, logs and pid files are; one directory for each set of ports, see use_ports
cluster_base=0 # port of n1; n2 and n3 follow
cluster_urls=() # base URL of each node, in order
started_nodes=() # the nodes this run started, by index; those it must stop

# use_programs DIR: where dsmsg-node and dsmsg are.
use_programs() {
    node_program=$1/dsmsg-node
    client_program=$1/dsmsg
}

dsmsg() { DSMSG_NODES=$(cluster_list) "$client_program" "$@"; }

cluster_list() {
    local IFS=,
    printf '%s\n' "${cluster_urls[*]}"
}

# use_ports BASE PARENT: speaks of the cluster on BASE..BASE+2 from now on. Its data is in PARENT/BASE, because a node's
# identity holds the addresses it was formed with: the same data cannot come back on other ports.
use_ports() {
    cluster_base=$1
    cluster_dir=$2/$1
    cluster_urls=("http://127.0.0.1:$1" "http://127.0.0.1:$(($1 + 1))" "http://127.0.0.1:$(($1 + 2))")
}

port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

pid_file() { printf '%s\n' "$cluster_dir/${node_names[$1]}.pid"; }

# is_node PID INDEX: whether that process is this node of this cluster.
is_node() {
    [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] &&
        tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null | grep -qFx -- "$cluster_dir/${node_names[$2]}"
}

# node_pid INDEX: prints the pid of the running node; fails when it does not run.
node_pid() {
    local pid=''
    { read -r pid <"$(pid_file "$1")"; } 2>/dev/null || return 1
    is_node "$pid" "$1" || return 1
    printf '%s\n' "$pid"
}

# start_node INDEX: starts it in a session of its own, so that Ctrl+C in this terminal reaches only this script.
start_node() {
    local name=${node_names[$1]} peers=() i
    for i in "${!cluster_urls[@]}"; do
        [ "$i" -eq "$1" ] || peers+=("${cluster_urls[$i]}")
    done
    mkdir -p "$cluster_dir/$name" || fail "cannot make $cluster_dir/$name; set XDG_STATE_HOME to a place that can be written."
    local IFS=,
    setsid "$node_program" --host 127.0.0.1 --port $((cluster_base + $1)) --id "$name" --peers "${peers[*]}" \
        --replication_mode sync_quorum --quorum 2 --data-dir "$cluster_dir/$name" \
        </dev/null >>"$cluster_dir/$name.log" 2>&1 &
    printf '%s\n' "$!" >"$(pid_file "$1")"
    disown "$!" # bash would announce its death by kill -9 on our terminal
}

# start_cluster: starts every node that does not run yet. Logs begin anew with each start.
start_cluster() {
    local i
    for i in "${!node_names[@]}"; do
        if ! node_pid "$i" >/dev/null; then
            rm -f "$cluster_dir/${node_names[$i]}.log"
            start_node "$i"
            started_nodes+=("$i")
        fi
    done
}

# show_log INDEX: the end of a node's log, for a failure.
show_log() {
    warn "The end of $cluster_dir/${node_names[$1]}.log:"
    tail -n 5 "$cluster_dir/${node_names[$1]}.log" 2>/dev/null | sed 's/^/  /' >&2
}

# await_cluster SECONDS: until every node answers and all name one leader.
await_cluster() {
    local deadline=$((SECONDS + $1)) i
    while ! dsmsg status --quiet --all --wait 1; do
        for i in "${started_nodes[@]}"; do
            if ! node_pid "$i" >/dev/null; then
                show_log "$i"
                fail "node ${node_names[$i]} did not stay up."
            fi
        done
        if [ "$SECONDS" -ge "$deadline" ]; then
            for i in "${!node_names[@]}"; do show_log "$i"; done
            dsmsg status || true
            fail "the nodes did not agree on a leader within $1 s."
        fi
    done
}

# start_and_await: starts what does not run and says how long it took until all agreed on a leader.
start_and_await() {
    local begin=${EPOCHREALTIME/[.,]/}
    start_cluster
    await_cluster 20
    say "$(dsmsg status --role leader --urls) leads; all agree, $(((${EPOCHREALTIME/[.,]/} - begin) / 1000)) ms after the start."
}

# index_of_url URL: the index of the node with that base URL.
index_of_url() {
    local i
    for i in "${!cluster_urls[@]}"; do
        if [ "${cluster_urls[$i]}" = "$1" ]; then
            printf '%s\n' "$i"
            return 0
        fi
    done
    return 1
}

# leader_index, follower_index: the index of the leader, of the first follower; fail when there is none.
leader_index() { index_of_url "$(dsmsg status --role leader --urls)"; }
follower_index() { index_of_url "$(dsmsg status --role follower --urls | head -n 1)"; }

# stop_nodes INDEX...: asks all of them to end, waits up to 10 s, then ends them by force. A node that was paused is woken.
stop_nodes() {
    local i pid deadline=$((SECONDS + 10)) running=("$@") left
    for i in "${running[@]}"; do
        if pid=$(node_pid "$i"); then
            kill -TERM "$pid" 2>/dev/null || true
            kill -CONT "$pid" 2>/dev/null || true
        fi
    done
    while [ "${#running[@]}" -gt 0 ]; do
        left=()
        for i in "${running[@]}"; do
            if pid=$(node_pid "$i"); then
                left+=("$i")
                if [ "$SECONDS" -ge "$deadline" ]; then
                    warn "Node ${node_names[$i]} did not end within 10 s and is killed."
                    kill -KILL "$pid" 2>/dev/null || true
                fi
            else
                rm -f "$(pid_file "$i")"
            fi
        done
        running=("${left[@]}")
        [ "${#running[@]}" -eq 0 ] || sleep 0.1
    done
}

# choose_ports PARENT [attach]: takes the first three free ports from 8000 on, saying aloud what was busy. With `attach`
# it also takes a cluster that is already there and sets `attached` to `own` (earlier nodes of this script, kept running;
# those of them that died are started by start_cluster) or `other` (somebody else's healthy dsmsg cluster).
choose_ports() {
    local base i busy own
    attached=''
    for ((base = 8000; base < 8300; base += 3)); do
        use_ports "$base" "$1"
        busy='' own=0
        for i in 0 1 2; do
            if [ "${2:-}" = attach ] && node_pid "$i" >/dev/null; then
                own=$((own + 1))
            elif port_busy $((base + i)); then
                busy="$busy $((base + i))"
            fi
        done
        if [ -z "$busy" ]; then
            [ "$own" -eq 0 ] || attached=own
            return 0
        fi
        if [ "${2:-}" = attach ] && [ "$own" -eq 0 ] && dsmsg status --quiet --all; then
            attached=other
            return 0
        fi
        say "In use on 127.0.0.1: port$busy. Trying the next three."
    done
    fail "no three free ports in a row between 8000 and 8299 on 127.0.0.1."
}
