#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves that a machine with git, bash and apt is enough: makes a bare Debian in a folder, copies this tree into it, and
# runs there, without a terminal, what a newcomer runs. See --help.
# shellcheck disable=SC2034,SC2154 # suite, root, mirror and keyring are of bare-root.sh
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
# shellcheck source=packaging/scripts/bare-root.sh
. "$DSMSG_ROOT/packaging/scripts/bare-root.sh"

usage() {
    cat <<END
usage: packaging/check-clean-root.sh [--suite NAME [--mirror URL --keyring FILE]] [--root DIR] [STEP...]

Makes a bare Debian (debootstrap, minbase and git) and runs the steps in it;
all but the last when none is named:
  run      ./run.sh: packages, build, three nodes, first message, status once
  offline  ./run.sh --fresh again, without network: nothing may be missing any more
  demo     ./run.sh --demo
  test     ./test.sh
  package  packaging/build.sh deb

  --suite NAME  which Debian ($suite); it comes from where this machine gets its own
  --mirror URL, --keyring FILE
                where an Ubuntu comes from, for example --suite noble, and the keys that its packages are signed with
                (package ubuntu-keyring of Debian 13)
  --root DIR    make the root there and leave it, or go on with the one that is there; without, it is in a new folder
                under \${TMPDIR:-/var/tmp} and removed at the end
Needs root, debootstrap and unshare. Exit codes: 0 every step passed, 1 a step failed, 2 wrong usage.
END
}

steps=()
while [ $# -gt 0 ]; do
    case "$1" in
        --suite | --root | --mirror | --keyring)
            [ $# -ge 2 ] || usage_error "$1 needs a value."
            case "$1" in --suite) suite=$2 ;; --root) root=$2 ;; --mirror) mirror=$2 ;; --keyring) keyring=$2 ;; esac
            shift
            ;;
        run | offline | demo | test | package) steps+=("$1") ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done
[ "${#steps[@]}" -gt 0 ] || steps=(run offline demo test)
require_bare_root

# one_step NAME: runs it, keeps its output, says how it went.
one_step() {
    local log=$root/root/$1.log begin=$SECONDS status=0
    heading "$1"
    case "$1" in
        run) inside network ./run.sh ;;
        offline) inside offline ./run.sh --fresh ;;
        demo) inside network ./run.sh --demo ;;
        test) inside network ./test.sh ;;
        package) inside network packaging/build.sh deb ;;
    esac | tee "$log" || status=${PIPESTATUS[0]}
    verdicts+=("$(printf '%-8s %-16s %5s s' "$1" "$([ "$status" -eq 0 ] && echo passed || echo "FAILED, code $status")" $((SECONDS - begin)))")
    [ "$status" -eq 0 ]
}

prepare_bare_root git
verdicts=() failed=0
for step in "${steps[@]}"; do
    one_step "$step" || failed=1
done
heading "In a bare $suite"
printf '%s\n' "${verdicts[@]}"
exit "$failed"
