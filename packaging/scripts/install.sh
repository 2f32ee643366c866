# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# Installs the packages that packaging/packages/debian.list names for given roles. When nothing is missing, apt is not
# touched at all, so that the second run works offline and without root. Sourced after common.sh.

DSMSG_PACKAGE_LIST=$DSMSG_ROOT/packaging/packages/debian.list
DSMSG_APT_LOCK_SECONDS=600

# packages_for ROLE...: the names of the packages with one of the roles.
packages_for() {
    local name roles role
    while read -r name roles; do
        case "$name" in '' | '#'*) continue ;; esac
        for role in "$@"; do
            case ",$roles," in *",$role,"*)
                printf '%s\n' "$name"
                break
                ;;
            esac
        done
    done <"$DSMSG_PACKAGE_LIST"
}

# known_names NAME...: the same, and of a|b the first that apt knows, else the last.
known_names() {
    local name first
    for name in "$@"; do
        while [[ "$name" == *'|'* ]]; do
            first=${name%%|*}
            if [ -n "$(apt-cache show --no-all-versions "$first" 2>/dev/null)" ]; then name=$first; else name=${name#*|}; fi
        done
        printf '%s\n' "$name"
    done
}

# missing_packages NAME...: those that dpkg does not have installed.
missing_packages() {
    local name
    for name in "$@"; do
        # shellcheck disable=SC2016 # ${Status} is dpkg-query's own variable
        case "$(dpkg-query -W -f '${Status}' "$(known_names "$name")" 2>/dev/null)" in
            *' installed') ;;
            *) printf '%s\n' "$name" ;;
        esac
    done
}

# require_root: root, or a user whom sudo lets through (asking for the password needs a terminal). Otherwise prints the
# exact command for somebody who may, and stops. Leaves the way to become root in `become_root`.
require_root() {
    become_root=()
    [ "$(id -u)" -ne 0 ] || return 0
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        become_root=(sudo)
        return 0
    fi
    warn "Packages are missing, and this is neither root nor a user who may use sudo. Let an administrator run:"
    warn "  $install_command"
    warn "and start ${0##*/} again."
    exit 1
}

# apt_update: refreshes apt's lists. `apt-get update` does not wait for another apt as `install` does, so we do. A
# source that does not answer is reported and otherwise ignored: the lists that are there may be enough.
apt_update() {
    local said='' output deadline=$((SECONDS + DSMSG_APT_LOCK_SECONDS))
    while ! output=$("${become_root[@]}" env LC_ALL=C apt-get -q -o Acquire::Retries=3 update 2>&1); do
        case "$output" in
            *'Could not get lock'* | *'Unable to lock'*)
                [ "$SECONDS" -lt "$deadline" ] || fail "another apt has held its lock for $DSMSG_APT_LOCK_SECONDS s; try again when it is done."
                [ -n "$said" ] || say "Waiting for another apt to finish ..."
                said=yes
                sleep 3
                ;;
            *)
                warn "$output"
                warn "apt-get update failed; going on with the package lists that are there."
                return 0
                ;;
        esac
    done
    case "$output" in *$'\nW: '* | *$'\nE: '*) warn "$(grep -E '^[WE]: ' <<<"$output")" ;; esac
}

# explain_unavailable NAME...: says how to get packages that apt has never heard of; silent when it knows them all.
explain_unavailable() {
    local name unknown=()
    for name in "$@"; do
        [ -n "$(apt-cache show --no-all-versions "$name" 2>/dev/null)" ] || unknown+=("$name")
    done
    [ "${#unknown[@]}" -gt 0 ] || return 0
    warn "apt does not know: ${unknown[*]}"
    if grep -qs '^ID=ubuntu$' /etc/os-release; then
        warn "On Ubuntu they are in the universe component (Ubuntu 24.04 or later). Enable it and start ${0##*/} again:"
        warn "  sudo apt-get install -y software-properties-common && sudo add-apt-repository -y universe && sudo apt-get update"
    else
        warn "They are in Debian 12 (bookworm) or later, component main. See the sources under /etc/apt."
    fi
    exit 1
}

# install_packages ROLE...: makes sure that every package of the roles is installed, or stops with what to do.
install_packages() {
    local wanted missing
    mapfile -t wanted < <(packages_for "$@")
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        if command -v cmake >/dev/null && command -v ninja >/dev/null; then
            warn "This is not a Debian or Ubuntu system: going on with what is installed. By their Debian names we need:"
            warn "  ${wanted[*]}"
            return 0
        fi
        warn "This is not a Debian or Ubuntu system. Install the equivalents of these Debian packages, then start ${0##*/} again:"
        warn "  ${wanted[*]}"
        exit 1
    fi
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    if [ "${#missing[@]}" -eq 0 ]; then
        say "All ${#wanted[@]} packages are installed."
        return 0
    fi
    install_command="sudo apt-get update && sudo apt-get install -y --no-install-recommends $(known_names "${missing[@]}" | paste -sd ' ')"
    require_root
    apt_update
    # Only now does apt know what there is.
    mapfile -t missing < <(known_names "${missing[@]}")
    say "Installing: ${missing[*]}"
    explain_unavailable "${missing[@]}"
    "${become_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y \
        -o "DPkg::Lock::Timeout=$DSMSG_APT_LOCK_SECONDS" -o Acquire::Retries=3 \
        install --no-install-recommends "${missing[@]}" ||
        fail "apt could not install the packages. Its message is above; the command was: $install_command"
}
