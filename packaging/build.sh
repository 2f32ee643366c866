#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the packages; see --help.
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
# shellcheck source=packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"

usage() {
    cat <<END
usage: packaging/build.sh [deb] [rpm] [tar]

Installs what is missing (Debian, Ubuntu), builds without tests, and makes packages below build/package*/packages:

  deb   dsmsg-node, dsmsg, dsmsg-monitor and libdsmsg-dev, for the system that this runs on; checked by lintian
  rpm   the same, files where Fedora expects them
  tar   one archive of everything; it wants the system's Qt, see README-BINARY in it

Without arguments: all three. Exit codes: 0 all made and clean, 1 something failed, and was said; 2 wrong usage.
END
}

kinds=()
for argument in "$@"; do
    case "$argument" in
        deb | rpm | tar) kinds+=("$argument") ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument '$argument'." ;;
    esac
done
[ "${#kinds[@]}" -gt 0 ] || kinds=(deb rpm tar)

# make_packages KIND GENERATOR [CMAKE ARGUMENT...]: into build/package-KIND/packages.
make_packages() {
    local kind=$1 generator=$2
    shift 2
    configure "package-$kind" "$@" && build "package-$kind" && rm -rf "$DSMSG_ROOT/build/package-$kind/packages" &&
        (cd "$DSMSG_ROOT/build/package-$kind" && cpack -G "$generator")
}

check_debs() {
    lintian --fail-on error,warning --suppress-tags-from-file "$DSMSG_ROOT/packaging/debian/lintian-suppressed" \
        "$DSMSG_ROOT"/build/package-deb/packages/*.deb
}

stage "Packages needed" install_packages build package
for kind in "${kinds[@]}"; do
    case "$kind" in
        deb)
            stage "DEB" make_packages deb DEB || fail "the DEB packages could not be made; the message is above."
            stage "lintian" check_debs || fail "lintian found something, above."
            ;;
        rpm) stage "RPM" make_packages rpm RPM || fail "the RPM packages could not be made; the message is above." ;;
        tar) stage "Archive" make_packages tar TGZ || fail "the archive could not be made; the message is above." ;;
    esac
done
heading "Made"
find "$DSMSG_ROOT"/build/package-*/packages -maxdepth 1 -type f \( -name '*.deb' -o -name '*.rpm' -o -name '*.tar.gz' \) -printf '%P  %s bytes\n' | sort
