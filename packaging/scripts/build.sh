# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# Configures and builds by the presets of CMakePresets.json. Sourced after common.sh.

# build_jobs: how many compilers at once: one a core, but no more than memory allows at 1.5 GB each. DSMSG_JOBS wins.
build_jobs() {
    local cores available
    cores=$(nproc)
    available=$(($(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo) / 1500000))
    [ "$available" -ge 1 ] || available=1
    [ "$available" -ge "$cores" ] || cores=$available
    printf '%s\n' "${DSMSG_JOBS:-$cores}"
}

# configure PRESET [ARGUMENT...]
configure() {
    local preset=$1
    shift
    # A tree that was moved or copied brings a cache that names its old place, which CMake refuses.
    local cache=$DSMSG_ROOT/build/$preset/CMakeCache.txt
    if [ -f "$cache" ] && ! grep -qFx "CMAKE_HOME_DIRECTORY:INTERNAL=$DSMSG_ROOT" "$cache"; then
        rm -rf "$cache" "$DSMSG_ROOT/build/$preset/CMakeFiles"
    fi
    (cd "$DSMSG_ROOT" && cmake --preset "$preset" "$@")
}

# build PRESET [TARGET...]: all targets when none is named.
build() {
    local preset=$1
    shift
    (cd "$DSMSG_ROOT" && cmake --build --preset "$preset" -j "$(build_jobs)" ${1:+--target "$@"})
}
