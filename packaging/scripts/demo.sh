# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# The proof that takes 40 seconds: load from many senders while the leader is killed twice and a follower is frozen;
# then `dsmsg soak`, which sent the load, reads every node and gives the verdict. Here is only the hand that breaks things.
# Sourced after common.sh and cluster.sh.

DEMO_LOAD_SECONDS=34
DEMO_RATE=400

note() { printf '%s>>> %s%s\n' "$bold" "$*" "$plain"; }

# pause_until SECOND: sleeps until that second of the demo.
pause_until() {
    local left=$((demo_begin + $1 - SECONDS))
    [ "$left" -le 0 ] || sleep "$left"
}

# kill_leader RESTART_AT: kill -9 of the current leader, which comes back at that second of the demo.
kill_leader() {
    local i pid
    if ! i=$(leader_index) || ! pid=$(node_pid "$i"); then
        note "there is no leader to kill at this moment"
        demo_incomplete=yes
        return
    fi
    note "kill -9: ${node_names[$i]}, the leader, dies without a word"
    kill -KILL "$pid"
    pause_until "$1"
    note "${node_names[$i]} is started again from what its disk holds"
    start_node "$i"
}

# freeze_follower THAW_AT: stops a follower's process, so that it neither hears nor answers, and lets it go on later.
freeze_follower() {
    local i pid
    if ! i=$(follower_index) || ! pid=$(node_pid "$i"); then
        note "there is no follower to cut off at this moment"
        demo_incomplete=yes
        return
    fi
    note "${node_names[$i]}, a follower, is cut off: its process is frozen (SIGSTOP)"
    kill -STOP "$pid"
    pause_until "$1"
    note "${node_names[$i]} is back (SIGCONT) and has to catch up"
    kill -CONT "$pid"
}

# run_demo: 0 when the verdict is good. Leaves the soak's pid in demo_soak while it runs, for the caller's clean-up.
run_demo() {
    local status=0
    demo_incomplete=''
    # The program itself, not our function: what a function runs would survive a kill of its shell.
    DSMSG_NODES=$(cluster_list) "$client_program" soak --seconds "$DEMO_LOAD_SECONDS" --rate "$DEMO_RATE" &
    demo_soak=$!
    demo_begin=$SECONDS
    pause_until 4
    kill_leader 9
    pause_until 14
    kill_leader 19
    pause_until 24
    freeze_follower 30
    wait "$demo_soak" || status=$?
    demo_soak=''
    if [ "$status" -eq 0 ] && [ -n "$demo_incomplete" ]; then
        warn "The verdict is good, but not every fault could be made: see above."
        status=1
    fi
    return "$status"
}
