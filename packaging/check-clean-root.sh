#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves that a machine with git, bash and apt is enough: makes a bare Debian in a folder, copies this tree into it, and
# runs there, without a terminal, what a newcomer runs. See --help. Mounts and processes live in namespaces of their own
# and vanish with them, so that nothing can be left behind and nothing of this machine can be removed.
# shellcheck disable=SC2317 # called by stage and trap
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"

usage() {
    cat <<END
usage: packaging/check-clean-root.sh [--suite NAME] [--root DIR] [STEP...]

Makes a bare Debian (debootstrap, minbase and git) from this machine's own package sources and runs the steps in it;
all of them when none is named:
  run      ./run.sh: packages, build, three nodes, first message, status once
  offline  ./run.sh --fresh again, without network: nothing may be missing any more
  demo     ./run.sh --demo
  test     ./test.sh

  --suite NAME  which Debian (bookworm); its sources must be configured on this machine
  --root DIR    make the root there and leave it, or go on with the one that is there; without, it is in a new folder
                under \${TMPDIR:-/var/tmp} and removed at the end
Needs root, debootstrap and unshare. Exit codes: 0 every step passed, 1 a step failed, 2 wrong usage.
END
}

suite=bookworm root='' steps=()
while [ $# -gt 0 ]; do
    case "$1" in
        --suite | --root)
            [ $# -ge 2 ] || usage_error "$1 needs a value."
            case "$1" in --suite) suite=$2 ;; --root) root=$2 ;; esac
            shift
            ;;
        run | offline | demo | test) steps+=("$1") ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done
[ "${#steps[@]}" -gt 0 ] || steps=(run offline demo test)
[ "$(id -u)" -eq 0 ] || fail "must be root, to make and enter another root."
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"

# sources: "URI SUITE COMPONENT" of this machine's own Debian sources for the suite, its updates and its security.
sources() {
    # shellcheck disable=SC2016 # the variables are apt's
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        grep -E "^[^ ]+ $suite(-[a-z]+)? main\$" | sort -u
}

# make_root: debootstrap, then this machine's sources and what its apt needs to reach them.
make_root() {
    local mirror
    mirror=$(sources | sed -n "s/ $suite main\$//p" | head -n 1)
    [ -n "$mirror" ] || fail "no source of Debian $suite is configured on this machine."
    debootstrap --variant=minbase --include=git "$suite" "$root" "$mirror" >"$root.debootstrap.log" 2>&1 || {
        tail -n 20 "$root.debootstrap.log" >&2
        fail "debootstrap failed; its log is above."
    }
    rm -f "$root.debootstrap.log"
    sources | sed 's/^/deb /' >"$root/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(Check-Valid-Until|Check-Date|Retries|https?::Proxy) ' \
        >"$root/etc/apt/apt.conf.d/90machine"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
}

# copy_tree: what git knows or would take: no build folder, nothing ignored.
copy_tree() {
    rm -rf "$root/root/dsmsg"
    mkdir -p "$root/root/dsmsg"
    (cd "$DSMSG_ROOT" && git -c safe.directory="$DSMSG_ROOT" ls-files -z --cached --others --exclude-standard |
        tar --null --ignore-failed-read -T - -cf -) | tar -xf - -C "$root/root/dsmsg"
}

# inside NET COMMAND...: runs it in the root, in ~/dsmsg, with an empty environment, no terminal, and its own processes
# and mounts. NET is `network` or `offline`.
inside() {
    local separate=(--mount --pid --fork --kill-child) loopback=:
    if [ "$1" = offline ]; then
        separate+=(--net)
        loopback='ip link set lo up'
    fi
    shift
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare "${separate[@]}" bash -c '
        set -e
        root=$1 loopback=$2; shift 2
        $loopback
        mount --make-rprivate /
        mount --bind "$root" "$root" # a mount point, as the / of a machine is
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --make-rslave "$root/dev"
        exec chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            bash -c "cd /root/dsmsg && exec \"\$@\"" bash "$@"
    ' bash "$root" "$loopback" "$@" </dev/null 2>&1
}

# one_step NAME: runs it, keeps its output, says how it went.
one_step() {
    local log=$root/root/$1.log begin=$SECONDS status=0
    heading "$1"
    case "$1" in
        run) inside network ./run.sh ;;
        offline) inside offline ./run.sh --fresh ;;
        demo) inside network ./run.sh --demo ;;
        test) inside network ./test.sh ;;
    esac | tee "$log" || status=${PIPESTATUS[0]}
    verdicts+=("$(printf '%-8s %-16s %5s s' "$1" "$([ "$status" -eq 0 ] && echo passed || echo "FAILED, code $status")" $((SECONDS - begin)))")
    [ "$status" -eq 0 ]
}

if [ -z "$root" ]; then
    root=$(mktemp -d "${TMPDIR:-/var/tmp}/dsmsg-root.XXXXXX") || fail "cannot make a folder for the root."
    trap 'rm -rf --one-file-system "$root" "$root.debootstrap.log"' EXIT
fi
trap 'exit 130' INT
trap 'exit 143' TERM

if [ ! -x "$root/usr/bin/git" ]; then
    stage "A bare Debian $suite in $root" make_root
fi
copy_tree || fail "cannot copy the tree."
verdicts=() failed=0
for step in "${steps[@]}"; do
    one_step "$step" || failed=1
done
heading "In a bare Debian $suite"
printf '%s\n' "${verdicts[@]}"
exit "$failed"
