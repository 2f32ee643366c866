# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# What run.sh, test.sh and the packaging scripts share: how they speak, how they time a stage, where things are.
# Sourced, never run. Needs bash and coreutils only, because a bare machine has nothing else yet.

DSMSG_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
DSMSG_STATE=${XDG_STATE_HOME:-${HOME:-/root}/.local/state}/dsmsg

# Qt wants a UTF-8 locale and complains on every start without one; C.UTF-8 is always there on Debian.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]*8) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$'\e[1m' faint=$'\e[2m' plain=$'\e[0m'
else
    bold='' faint='' plain=''
fi

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
warn() { printf '%s\n' "$*" >&2; }

# fail TEXT...: says what went wrong and what to do, then ends the script.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# usage_error TEXT...: one line about a wrong command line.
usage_error() {
    printf '%s: %s Try %s --help.\n' "${0##*/}" "$*" "$0" >&2
    exit 2
}

# stage NAME COMMAND...: runs a command under a heading and says how long it took.
stage() {
    local name=$1 begin=$SECONDS status=0
    shift
    heading "$name"
    "$@" || status=$?
    say "${faint}${name}: $((SECONDS - begin)) s${plain}"
    return "$status"
}
