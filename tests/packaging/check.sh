#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check.sh SOURCE PROGRAMS MADE
#
# What is installed beside the programs, each file looked at by its own validator, and held to what the programs say of themselves.
# SOURCE is the tree, PROGRAMS the folder with what was built, MADE the one with the files that CMake made to be installed. A
# validator that is not there is named and left out; test.sh installs all of them but promtool.
# shellcheck disable=SC2317 # called by check and trap
set -u -o pipefail
source=$1 programs=$2 made=$3
packaging=$source/packaging
failures=0 node=''
folder=$(mktemp -d) || exit 1

clean_up() {
    [ -z "$node" ] || { kill "$node" && wait "$node"; } 2>/dev/null
    rm -rf "$folder"
}
trap clean_up EXIT

# complain WHAT [TEXT]
complain() {
    printf 'FAIL: %s\n%s' "$1" "${2:+$2$'\n'}"
    failures=$((failures + 1))
}

# check WHAT COMMAND...: the command must succeed.
check() {
    local what=$1 said
    shift
    if ! command -v "$1" >/dev/null; then
        printf 'left out: %s (%s is not installed)\n' "$what" "$1"
    elif said=$("$@" 2>&1); then
        printf 'good: %s\n' "$what"
    else
        complain "$what" "$said"
    fi
}

# none WHAT LINE...: there must be no line.
none() {
    local what=$1
    shift
    if [ "$#" -eq 0 ]; then printf 'good: %s\n' "$what"; else complain "$what:" "$*"; fi
}

# --- manual pages ---

# told_options PROGRAM: the options that its help names, one a line; not those of Qt itself.
told_options() {
    "$programs/$1" --help | grep -oE '^ +(-[a-z], )*--[a-z-]+|, --[a-z-]+' | grep -oE '[-][-][a-z-]+' |
        grep -vxE -- '--help-all' | sort -u
}

# described_options PROGRAM: those that its manual describes.
described_options() { grep -E '^\.It Fl' "$packaging/man/$1.1" | grep -oE 'Fl Fl [a-z-]+' | sed 's/Fl Fl /--/' | sort -u; }

told_commands() { "$programs/dsmsg" --help | sed -n 's/^  \([a-z]\+\)  .*/\1/p' | sort -u; }
described_commands() { sed -n 's/^\.It Cm //p' "$packaging/man/dsmsg.1" | sort -u; }

# differences A B: what only one of two lists has.
differences() { comm -3 "$1" "$2" | tr -d '\t'; }

for page in "$packaging"/man/*.1; do
    check "manual page $(basename "$page")" mandoc -T lint -W warning "$page"
done
for program in dsmsg-node dsmsg-sim dsmsg-monitor; do
    mapfile -t found < <(differences <(told_options "$program") <(described_options "$program"))
    none "$program.1 describes the options of $program --help" "${found[@]}"
done
mapfile -t found < <(differences <(told_commands) <(described_commands))
none "dsmsg.1 describes the commands of dsmsg --help" "${found[@]}"

# --- the desktop ---

check "desktop entry" desktop-file-validate "$packaging/desktop/org.dsmsg.Monitor.desktop"
# valid_metainfo FILE: for appstreamcli, but that the project has no home on the web yet, about which Debian 13's warns.
valid_metainfo() {
    local said
    said=$(appstreamcli validate --no-net "$1" 2>&1) && return
    printf '%s\n' "$said"
    [[ $(grep -E '^[EW]:' <<<"$said") =~ ^W:[^$'\n']*url-homepage-missing[^$'\n']*$ ]]
}

if command -v appstreamcli >/dev/null; then
    check "metainfo" valid_metainfo "$made/org.dsmsg.Monitor.metainfo.xml"
    sed -e 's,@DSMSG_PICTURES_URL@,https://example.org,' -e 's/@PROJECT_VERSION@/1.0/' \
        "$packaging/desktop/org.dsmsg.Monitor.metainfo.xml.in" >"$folder/org.dsmsg.Monitor.metainfo.xml"
    check "metainfo with pictures" valid_metainfo "$folder/org.dsmsg.Monitor.metainfo.xml"
else
    printf 'left out: metainfo (appstreamcli is not installed)\n'
fi

# --- the service ---

# exposure UNIT: how much of the machine the service could reach, from 0 to 10.
exposure() { systemd-analyze security --offline=true --no-pager "$1" | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p'; }

little_exposed() {
    local level
    level=$(exposure "$1")
    printf 'systemd-analyze security says "%s"; wanted is less than 2.0\n' "$level"
    awk -v level="$level" 'BEGIN { exit !(level != "" && level < 2.0) }'
}

if command -v systemd-analyze >/dev/null; then
    # Its program is where this build has it.
    sed "s,^ExecStart=[^ ]*,ExecStart=$programs/dsmsg-node," "$made/dsmsg-node@.service" >"$folder/dsmsg-node@.service"
    check "service, verified" systemd-analyze verify --man=no --recursive-errors=no "$folder/dsmsg-node@n1.service"
    check "service, exposed to less than 2.0" little_exposed "$folder/dsmsg-node@.service"
else
    printf 'left out: the service (systemd-analyze is not installed)\n'
fi

# --- monitoring ---

# read_metrics: what a running node says at /metrics, into a file.
read_metrics() {
    local url='' deadline=$((SECONDS + 20))
    : >"$folder/log"
    "$programs/dsmsg-node" --id n1 --port 0 --data-dir "$folder/n1" >"$folder/log" 2>&1 </dev/null &
    node=$!
    while [ -z "$url" ] && kill -0 "$node" 2>/dev/null && [ "$SECONDS" -lt "$deadline" ]; do
        url=$(sed -n 's/.* serves \(http[^,]*\),.*/\1/p' "$folder/log")
        [ -n "$url" ] || sleep 0.1
    done
    curl -sS --noproxy '*' --max-time 10 -o "$folder/metrics" "$url/metrics" 2>>"$folder/log"
}

# own_metrics: the names of its metrics, from the lines that explain them.
own_metrics() { sed -n 's/^# HELP \([^ ]*\) .*/\1/p' "$folder/metrics" | sort -u; }

# expressions: every PromQL expression of the dashboard, with Grafana's own variables filled in.
expressions() {
    python3 - "$packaging/grafana/dsmsg.json" <<'PYTHON'
import json, sys
def walk(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "expr":
                print(inner.replace("$__rate_interval", "1m").replace("$job", "dsmsg"))
            walk(inner)
    elif isinstance(value, list):
        for inner in value:
            walk(inner)
walk(json.load(open(sys.argv[1], encoding="utf-8")))
PYTHON
}

# as_rules: expressions on stdin as a file of rules, so that Prometheus looks at them.
as_rules() {
    printf 'groups:\n  - name: dashboard\n    rules:\n'
    local number=0 line
    while IFS= read -r line; do
        number=$((number + 1))
        printf "      - {record: 'panel:%d', expr: '%s'}\n" "$number" "${line//\'/\'\'}"
    done
}

# used_metrics FILE...: the names of a node's metrics in them; a histogram is known by its own name.
used_metrics() { grep -ohE '\b(dsmsg|process)_[a-z0-9_]+' "$@" | sed -E 's/_(bucket|sum|count)$//' | sort -u; }

if expressions >"$folder/expressions" && [ -s "$folder/expressions" ]; then
    as_rules <"$folder/expressions" >"$folder/dashboard.yml"
    check "alert rules" promtool check rules "$packaging/prometheus/dsmsg.rules.yml"
    check "expressions of the dashboard" promtool check rules "$folder/dashboard.yml"
else
    complain "the dashboard cannot be read, or asks for nothing"
fi
if read_metrics && [ -s "$folder/metrics" ]; then
    check "metrics of a node" promtool check metrics <"$folder/metrics"
    grep -E '^ *expr:' "$packaging/prometheus/dsmsg.rules.yml" >"$folder/rules"
    mapfile -t found < <(comm -13 <(own_metrics) <(used_metrics "$folder/expressions" "$folder/rules"))
    none "dashboard and rules ask for metrics that a node has" "${found[@]}"
else
    complain "a node told no metrics; it said:" "$(cat "$folder/log")"
fi

[ "$failures" -eq 0 ]
