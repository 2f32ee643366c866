#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves the DEB packages where they are to be used: boots a bare Debian with systemd in a container, installs them with apt, and
# does what docs/INSTALL.md says. See --help.
# shellcheck disable=SC2154,SC2317 # suite and root are of bare-root.sh; called by stage and trap
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
# shellcheck source=packaging/scripts/bare-root.sh
. "$DSMSG_ROOT/packaging/scripts/bare-root.sh"

usage() {
    cat <<END
usage: packaging/check-packages.sh [--root DIR]

Takes the packages of packaging/build.sh deb, makes a bare Debian $suite, boots it, and in it: installs the packages with apt, runs
the three nodes of docs/INSTALL.md as services, kills and stops them, opens the monitor under Xvfb on every page, upgrades to a
higher version, removes, and purges, with what must be true after each step (packaging/scripts/try-packages.sh).

  --root DIR    make the root there and leave it, or go on with the one that is there; without, it is in a new folder
                under \${TMPDIR:-/var/tmp} and removed at the end
Needs root, debootstrap and systemd-nspawn (package systemd-container). Exit codes: 0 all is well, 1 not so, 2 wrong usage.
END
}

while [ $# -gt 0 ]; do
    case "$1" in
        --root)
            [ $# -ge 2 ] || usage_error "$1 needs a value."
            root=$2
            shift
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done
require_bare_root
command -v systemd-nspawn >/dev/null || fail "systemd-nspawn is missing: apt-get install systemd-container"
build=$DSMSG_ROOT/build/package
compgen -G "$build/packages/*.deb" >/dev/null || fail "there are no packages: packaging/build.sh deb"

# pack_upgrade: the same programs as packages of a higher version.
pack_upgrade() {
    rm -rf "$build/upgraded"
    cmake -S "$DSMSG_ROOT" -B "$build" -DDSMSG_PACKAGE_KIND=deb -DCMAKE_INSTALL_PREFIX=/usr >/dev/null &&
        (cd "$build" && cpack -G DEB -B "$build/upgraded" -R "$(cmake_version)+upgrade")
}

cmake_version() { sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt"; }

# put_packages: into the root, with the service that tries them.
put_packages() {
    rm -rf "$root/root/packages" "$root/root/packages-upgraded"
    mkdir "$root/root/packages" "$root/root/packages-upgraded" &&
        cp "$build"/packages/*.deb "$root/root/packages/" && cp "$build"/upgraded/*.deb "$root/root/packages-upgraded/" || return
    cat >"$root/etc/systemd/system/try-packages.service" <<'END'
[Unit]
SuccessAction=exit
FailureAction=exit
[Service]
Type=oneshot
Environment=HOME=/root
ExecStart=/root/dsmsg/packaging/scripts/try-packages.sh
StandardOutput=append:/root/try.log
StandardError=append:/root/try.log
END
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
    ln -sf ../try-packages.service "$root/etc/systemd/system/multi-user.target.wants/try-packages.service"
    : >"$root/root/try.log"
}

# try_packages: boots the root and shows what the service says, until it ends.
try_packages() {
    local container shown status=0
    systemd-nspawn --quiet --boot --directory "$root" --machine=dsmsg-check --register=no --keep-unit --resolv-conf=off --timezone=off --console=read-only \
        </dev/null >"$root/root/console.log" 2>&1 &
    container=$!
    tail -n +1 --pid "$container" -f "$root/root/try.log" 2>/dev/null &
    shown=$!
    wait "$container" || status=$?
    rmdir /run/systemd/nspawn/propagate/dsmsg-check 2>/dev/null # which it cannot, on a machine without systemd
    wait "$shown"
    [ "$(tail -n 1 "$root/root/try.log")" = "All is well." ] && [ "$status" -eq 0 ] && rm -f "$root/root/console.log" && return
    warn "The container ended with $status; the end of its console:"
    tail -n 20 "$root/root/console.log" >&2
    return 1
}

stage "Packages of a higher version" pack_upgrade || fail "they could not be made; see above."
prepare_bare_root systemd systemd-sysv
put_packages || fail "cannot copy the packages."
stage "In a bare Debian $suite" try_packages
