#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds and tests in a bare Debian 13, which has Qt 6.8 and g++ 14.
set -u -o pipefail

case "${1:-}" in
    -h | --help)
        cat <<END
usage: packaging/check-trixie.sh [--root DIR]

Runs ./test.sh in a bare Debian 13 (trixie) made by debootstrap: Qt 6.8 and g++ 14. About an hour on two cores.
Options and exit codes are those of packaging/check-clean-root.sh --help.
END
        exit 0
        ;;
esac
exec "$(dirname "${BASH_SOURCE[0]}")/check-clean-root.sh" --suite trixie "$@" test
