# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # variables are shared with the scripts that source this; called by stage and trap
#
# A bare Debian in a folder, and commands inside it. Mounts and processes live in namespaces of their own and vanish with them, so
# that nothing can be left behind and nothing of this machine can be removed. Sourced after common.sh; the caller may set
# `suite` and `root`, and for a system that is not this machine's Debian `mirror` and `keyring`.

suite=$(. /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-bookworm}")
root='' mirror='' keyring=''

require_bare_root() {
    [ "$(id -u)" -eq 0 ] || fail "must be root, to make and enter another root."
    command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
}

# sources: "URI SUITE COMPONENT..." of the suite, its updates and its security, from `mirror`, where Ubuntu has all of them and
# the universe, else from where this machine gets its own Debian.
sources() {
    local own
    if [ -n "$mirror" ]; then
        printf '%s main universe\n' "$mirror $suite" "$mirror $suite-updates" "$mirror $suite-security"
        return
    fi
    own=$(. /etc/os-release && printf '%s\n' "$VERSION_CODENAME")
    # shellcheck disable=SC2016 # the variables are apt's
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        sed -nE "s/^([^ ]+) $own(-[a-z]+)? main\$/\1 $suite\2 main/p" | sort -u
}

# make_root PACKAGE...: debootstrap with these packages, then the sources and what this machine's apt needs to reach them.
make_root() {
    local from script=() options=() IFS=,
    from=$(sources | sed -nE "s/^([^ ]+) $suite main.*/\1/p" | head -n 1)
    [ -n "$from" ] || fail "this machine has no source of Debian packages: see /etc/apt."
    [ -z "$keyring" ] || options=(--keyring="$keyring")
    # A debootstrap that is older than the suite does not know it by name; all of Ubuntu's go by one script.
    [ -z "$mirror" ] || [ -e "/usr/share/debootstrap/scripts/$suite" ] || script=(gutsy)
    debootstrap --variant=minbase --include="$*" --components="$(sources | sed -nE "s/^[^ ]+ $suite (.*)/\1/p" | tr ' ' ,)" \
        "${options[@]}" "$suite" "$root" "$from" "${script[@]}" >"$root.debootstrap.log" 2>&1 || {
        tail -n 20 "$root.debootstrap.log" >&2
        fail "debootstrap failed; its log is above."
    }
    rm -f "$root.debootstrap.log"
    sources | sed 's/^/deb /' >"$root/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(Check-Valid-Until|Check-Date|Retries|https?::Proxy) ' \
        >"$root/etc/apt/apt.conf.d/90machine"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    # Every installer writes it; without, "localhost" is asked of a name server.
    [ -e "$root/etc/hosts" ] || printf '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n' >"$root/etc/hosts"
}

# copy_tree: what git knows or would take: no build folder, nothing ignored.
copy_tree() {
    rm -rf "$root/root/dsmsg"
    mkdir -p "$root/root/dsmsg"
    (cd "$DSMSG_ROOT" && git -c safe.directory="$DSMSG_ROOT" ls-files -z --cached --others --exclude-standard |
        tar --null --ignore-failed-read -T - -cf -) | tar -xf - -C "$root/root/dsmsg"
}

# prepare_bare_root PACKAGE...: makes the root with these packages, where none is there yet, and copies the tree into it. Without
# `root` it is a new folder that is removed at the end.
prepare_bare_root() {
    if [ -z "$root" ]; then
        root=$(mktemp -d "${TMPDIR:-/var/tmp}/dsmsg-root.XXXXXX") || fail "cannot make a folder for the root."
        chmod 755 "$root" # it is the / of users who are not root
        trap 'rm -rf --one-file-system "$root" "$root.debootstrap.log"' EXIT
    fi
    trap 'exit 130' INT
    trap 'exit 143' TERM
    if [ ! -x "$root/usr/bin/apt-get" ]; then
        stage "A bare $suite in $root" make_root "$@"
    fi
    copy_tree || fail "cannot copy the tree."
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
