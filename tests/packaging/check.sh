#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check.sh SOURCE PROGRAMS
#
# What is installed beside the programs, each looked at by its own validator, and held to what the programs say of themselves. A
# validator that is not installed is named and left out; test.sh installs them all but promtool.
set -u -o pipefail
source=$1 programs=$2
failures=0

complain() {
    printf 'FAIL: %s\n' "$*"
    failures=$((failures + 1))
}

# check NAME COMMAND...: the command must succeed and say nothing.
check() {
    local name=$1 said
    shift
    if ! command -v "$1" >/dev/null; then
        printf 'left out: %s (%s is not installed)\n' "$name" "$1"
        return
    fi
    if said=$("$@" 2>&1); then
        printf 'good: %s\n' "$name"
    else
        complain "$name: $said"
    fi
}

# options_of PROGRAM: the long options that its help names, one a line.
options_of() { "$programs/$1" --help | grep -oE '^ +--[a-z][a-z-]+|, --[a-z]+' | grep -oE '[a-z][a-z-]+' | sort -u; }

# man_names PROGRAM: the same of its manual.
man_names() { grep -oE '^\.It Fl Fl .*' "$source/packaging/man/$1.1" | grep -oE 'Fl Fl [a-z-]+' | sed 's/Fl Fl //' | sort -u; }

metrics_known() { grep -ohE '"dsmsg_[a-z_]+' "$source"/core/http/*.cpp | tr -d '"' | sort -u; }

metrics_used() {
    grep -ohE 'dsmsg_[a-z_]+' "$source/packaging/grafana/dsmsg.json" "$source/packaging/prometheus/dsmsg.rules.yml" |
        sed -E 's/_(bucket|sum|count)$//' | sort -u
}

for page in "$source"/packaging/man/*.1; do
    check "$(basename "$page")" mandoc -T lint -W warning "$page"
done
for program in dsmsg-node dsmsg-sim dsmsg-monitor; do
    missing=$(comm -3 <(options_of "$program") <(man_names "$program") | tr -d '\t' | tr '\n' ' ')
    [ -z "$missing" ] || complain "$program.1 and $program --help do not name the same options: $missing"
done
check "desktop entry" desktop-file-validate "$source/packaging/desktop/org.dsmsg.Monitor.desktop"
check "AppStream metainfo" appstreamcli validate --no-net "$source/packaging/desktop/org.dsmsg.Monitor.metainfo.xml"
check "alert rules" promtool check rules "$source/packaging/prometheus/dsmsg.rules.yml"
check "dashboard" python3 -m json.tool "$source/packaging/grafana/dsmsg.json" /dev/null
check "icon" rsvg-convert -w 16 "$source/packaging/icons/org.dsmsg.Monitor.svg" -o /dev/null

unknown=$(comm -13 <(metrics_known) <(metrics_used) | tr '\n' ' ')
[ -z "$unknown" ] || complain "dashboard and rules ask for metrics that no node has: $unknown"

# systemd looks for the programs that a unit names where it says they are; the unit is checked as if they were there.
if command -v systemd-analyze >/dev/null; then
    unit=$(mktemp -d)/dsmsg-node@.service
    sed -e "s,/usr/bin/dsmsg-node,$programs/dsmsg-node," -e '/^Documentation=/d' "$source/packaging/systemd/dsmsg-node@.service" >"$unit"
    said=$(systemd-analyze verify "${unit%@.service}@n1.service" 2>&1 | grep -F dsmsg-node)
    [ -z "$said" ] || complain "the service: $said"
    level=$(systemd-analyze security --offline=true --no-pager "$unit" 2>/dev/null | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
    awk -v level="$level" 'BEGIN { exit !(level != "" && level < 2.0) }' || complain "systemd-analyze security says $level, not below 2.0"
    rm -r "$(dirname "$unit")"
else
    printf 'left out: the service (systemd-analyze is not installed)\n'
fi

[ "$failures" -eq 0 ]
