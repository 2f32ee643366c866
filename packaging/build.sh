#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the packages; see --help.
# shellcheck disable=SC2317 # called by stage
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/scripts/common.sh"
# shellcheck source=packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"

packages=$DSMSG_ROOT/build/package/packages

usage() {
    cat <<END
usage: packaging/build.sh [deb] [rpm] [tar]

Installs what is missing (Debian, Ubuntu), builds once, optimised and without tests, and makes packages in build/package/packages:

  deb   dsmsg-node, dsmsg, dsmsg-monitor and libdsmsg-dev, for the release of the system that this runs on; lintian looks at them
  rpm   the same, with files and dependencies as Fedora has them; made to be installed where it was built on Fedora
  tar   one archive of everything, to be copied to /usr/local; it wants the system's Qt, see README.md in it

Without arguments all three. Environment: DSMSG_JOBS, how many compilers at once.
Exit codes: 0 all made and clean, 1 something failed, and was said; 2 wrong usage.
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

# make_packages KIND PREFIX GENERATOR SUFFIX: new ones instead of those that are there. Only where files go differs from kind to
# kind, so that the second one compiles nothing.
make_packages() {
    configure package -DDSMSG_PACKAGE_KIND="$1" -DCMAKE_INSTALL_PREFIX="$2" && build package || return
    rm -rf "$packages"/*."$4" "$packages/_CPack_Packages"
    (cd "$DSMSG_ROOT/build/package" && cpack -G "$3") && rm -rf "$packages/_CPack_Packages"
}

# What lintian may overlook is in packaging/debian/*.lintian-overrides, each with its reason.
check_debs() { lintian --fail-on error,warning "$packages"/*.deb; }

# check_rpms: whether the files are where packaging/rpm/files has them.
check_rpms() {
    diff -u --label packaging/rpm/files --label packages <(grep -v '^#' "$DSMSG_ROOT/packaging/rpm/files") \
        <(rpm -qpl "$packages"/*.rpm | grep -vE '^/usr/lib/\.build-id|^/usr/share/icons/hicolor/[0-9]|^/usr/include/dsmsg/core/' | LC_ALL=C sort)
}

stage "What packages are made with" install_packages build package
for kind in "${kinds[@]}"; do
    case "$kind" in
        deb)
            stage "DEB" make_packages deb /usr DEB deb || fail "the DEB packages could not be made; the message is above."
            stage "lintian" check_debs || fail "lintian found something, above."
            ;;
        rpm)
            stage "RPM" make_packages rpm /usr RPM rpm || fail "the RPM packages could not be made; the message is above."
            stage "Files of the RPM packages" check_rpms || fail "they are not where packaging/rpm/files says, see above."
            ;;
        tar) stage "Archive" make_packages tar /usr/local TGZ tar.gz || fail "the archive could not be made; the message is above." ;;
    esac
done
heading "In build/package/packages"
find "$packages" -maxdepth 1 -type f -printf '%11s  %f\n' | sort -k 2
