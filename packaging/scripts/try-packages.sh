#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Run by packaging/check-packages.sh as a service of a bare Debian that it has booted: what somebody does with the packages, from
# installing to purging them, with what must be true after each step. Ends at the first thing that is not, with 1.
# shellcheck disable=SC2317 # called by stage
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

first=/root/packages upgraded=/root/packages-upgraded
nodes=(n1 n2 n3)
export DEBIAN_FRONTEND=noninteractive DSMSG_NODES=http://127.0.0.1:8000,http://127.0.0.1:8001,http://127.0.0.1:8002

# give_up TEXT...: ends, with what the nodes said last.
give_up() {
    journalctl -q --no-pager -n 20 -u 'dsmsg-node@*'
    fail "$@"
}

# must WHAT COMMAND...: it must succeed; what it says is shown when it does not.
must() {
    local what=$1 said
    shift
    said=$("$@" 2>&1) || give_up "$what: not so. $* said:"$'\n'"$said"
    say "- $what"
}

# quietly COMMAND...: shows what it says only when it fails.
quietly() { "$@" >/root/quiet.log 2>&1 || { cat /root/quiet.log; return 1; }; }

add() { quietly apt-get -q -y install --no-install-recommends "$@"; }

# install_packages: the packages alone, and so what they say that they depend on.
install_packages() {
    quietly apt-get -q update || return
    # An earlier run in the same root may have got stuck.
    dpkg --purge dsmsg-node dsmsg-monitor dsmsg libdsmsg-dev >/dev/null 2>&1
    rm -rf /etc/dsmsg /etc/systemd/system/dsmsg-node@*.d /var/lib/dsmsg /var/lib/private/dsmsg
    systemctl daemon-reload
    add "$first"/dsmsg-node_*.deb "$first"/dsmsg_*.deb || return
    must "the node is there" dsmsg-node --version
    must "nothing was started" test -z "$(running_nodes)"
    must "the example configuration is the program's own" cmp <(dsmsg-node --example-config) /usr/share/doc/dsmsg-node/examples/node.toml
    add "$first"/*.deb
}

running_nodes() { systemctl list-units --plain --no-legend --state=active 'dsmsg-node@*.service'; }

# documented HEADING: the first shell block below that heading of docs/INSTALL.md.
documented() {
    awk -v heading="## $1" '
        $0 == heading { here = 1 }
        inside && /^ *```$/ { exit }
        inside { print substr($0, indent + 1) }
        here && /^ *```sh$/ { inside = 1; indent = index($0, "`") - 1 }' "$DSMSG_ROOT/docs/INSTALL.md" >/root/documented.sh
    must "docs/INSTALL.md says how" test -s /root/documented.sh
    sed 's/^/    /' /root/documented.sh
    bash -e /root/documented.sh
}

all_agree() { dsmsg status --quiet --all --wait 30; }

# message_count NODE: how many messages it has.
message_count() { dsmsg messages --node "http://127.0.0.1:800$(($1 - 1))" --json | wc -l; }

everybody_has() {
    local node
    for node in 1 2 3; do [ "$(message_count "$node")" -eq "$1" ] || return 1; done
}

main_pid() { systemctl show --property MainPID --value "dsmsg-node@$1"; }

cluster() {
    documented "Three nodes on one machine" || return
    must "three nodes agree on a leader" all_agree
    must "a message is acknowledged" dsmsg send --to you "Hello"
    must "every node has it" everybody_has 1
    must "no node runs as root" test "$(stat -c %u "/proc/$(main_pid n1)")" -ne 0
    must "its data is nobody else's" test "$(stat -c %a /var/lib/private/dsmsg/n1)" = 700
    must "the service is sound for systemd" systemd-analyze verify --man=no dsmsg-node@n1.service
    must "systemd kept no line of a forbidden call" test -z "$(journalctl -q --grep 'SECCOMP|Operation not permitted' -u 'dsmsg-node@*')"
}

knows_secret() { tr '\0' '\n' <"/proc/$(main_pid "$1")/environ" | grep '^DSMSG_CLUSTER_SECRET_FILE='; }

# secret: the nodes are given one that root alone can read.
secret() {
    documented "Three nodes on three machines" || return
    systemctl stop 'dsmsg-node@*'
    systemctl start dsmsg-node@n1 dsmsg-node@n2 dsmsg-node@n3 || return
    must "n1 has a secret" knows_secret n1
    must "the nodes agree with it" all_agree
}

# runs_anew NODE PID: whether it runs again, under another number.
runs_anew() {
    local deadline=$((SECONDS + 30)) pid
    while [ "$SECONDS" -lt "$deadline" ]; do
        pid=$(main_pid "$1")
        [ "$pid" -ne 0 ] && [ "$pid" -ne "$2" ] && systemctl --quiet is-active "dsmsg-node@$1" && return 0
        sleep 0.2
    done
    return 1
}

service() {
    local leader pid
    leader=n$(($(dsmsg status --role leader --urls | sed 's/.*://') - 7999))
    pid=$(main_pid "$leader")
    kill -KILL "$pid"
    must "$leader, which led, is started again after a kill" runs_anew "$leader" "$pid"
    must "and takes part" all_agree
    leader=n$(($(dsmsg status --role leader --urls | sed 's/.*://') - 7999))
    must "told to stop, $leader ends well" systemctl stop "dsmsg-node@$leader"
    must "and says so" test "$(systemctl show --property Result --value "dsmsg-node@$leader")" = success
    must "it starts again" systemctl start "dsmsg-node@$leader"
    must "and all agree" all_agree
    echo 'port = "many"' >/etc/dsmsg/wrong.toml
    systemctl start dsmsg-node@wrong 2>/dev/null && fail "a wrong configuration was started."
    must "a wrong configuration is not tried again" test "$(systemctl show --property NRestarts --value dsmsg-node@wrong)" -eq 0
    must "and the journal says what is wrong" grep -q 'wrong.toml, line 1' <(journalctl -q -u dsmsg-node@wrong)
    rm /etc/dsmsg/wrong.toml
}

# shows_page NAME: a user opens the installed monitor on a page, has it take a picture, and hears no complaint.
shows_page() {
    local said status=0 picture=/home/somebody/$1.png
    said=$(runuser -u somebody -- env -C /home/somebody HOME=/home/somebody XDG_RUNTIME_DIR=/home/somebody/run DISPLAY=:77 \
        timeout 60 dsmsg-monitor --connect "$DSMSG_NODES" --page "$1" --grab "$picture" --after 3 2>&1) || status=$?
    say "exit code $status; $said"
    [ "$status" -eq 0 ] && [ -z "$said" ] && [ -s "$picture" ]
}

monitor() {
    local display page
    add xvfb || return
    id somebody >/dev/null 2>&1 || useradd --create-home somebody
    install -d -m 700 -o somebody /home/somebody/run
    Xvfb :77 -screen 0 1280x800x24 -nolisten tcp >/root/xvfb.log 2>&1 &
    display=$!
    local deadline=$((SECONDS + 20))
    while [ ! -S /tmp/.X11-unix/X77 ] && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
    for page in overview raft messages publish timeline clocks ordering faults nodes settings; do
        must "the monitor shows $page without a word" shows_page "$page"
    done
    kill "$display"
    wait "$display" 2>/dev/null
    must "its icon and entry are where desktops look" test -e /usr/share/applications/org.dsmsg.Monitor.desktop -a \
        -e /usr/share/icons/hicolor/scalable/apps/org.dsmsg.Monitor.svg
}

pids() { for node in "${nodes[@]}"; do main_pid "$node"; done; }

upgrade() {
    local before
    before=$(pids)
    add "$upgraded"/*.deb || return
    must "every node was started again" test -z "$(comm -12 <(sort <<<"$before") <(pids | sort))"
    must "they agree" all_agree
    must "the message is there" everybody_has 1
    must "another one goes" dsmsg send --to you "Hello again"
    must "and everybody has both" everybody_has 2
    must "the configuration was kept" test -s /etc/dsmsg/n1.toml
}

remove() {
    quietly apt-get -q -y remove dsmsg-node || return
    must "no node runs" test -z "$(running_nodes)"
    must "the configuration stays" test -s /etc/dsmsg/n1.toml
    must "the messages stay" test -s /var/lib/private/dsmsg/n1/raft.db
}

# left: what names dsmsg and is neither a user's nor this check's.
left() { find / -xdev \( -path /proc -o -path /root -o -path /home -o -path /var/cache -o -path /var/log \) -prune -o -iname '*dsmsg*' -print; }

purge() {
    quietly apt-get -q -y purge dsmsg-node dsmsg dsmsg-monitor libdsmsg-dev || return
    must "it says that the messages stay" grep -F "data stays in /var/lib/private/dsmsg" /root/quiet.log
    must "and they do" test -s /var/lib/private/dsmsg/n1/raft.db
    must "the configuration is gone" test ! -e /etc/dsmsg
    must "nothing else is left" test -z "$(left | grep -vxE '/var/lib/(private/)?dsmsg')"
}

for step in install_packages cluster secret service monitor upgrade remove purge; do
    stage "${step//_/ }" "$step" || give_up "$step failed; see above."
done
say ""
say "All is well."
