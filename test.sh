#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds, and runs every test; see --help.
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/packaging/scripts/common.sh"
# shellcheck source=packaging/scripts/install.sh
. "$DSMSG_ROOT/packaging/scripts/install.sh"
# shellcheck source=packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"

usage() {
    cat <<END
usage: ./test.sh [--full] [-- CTEST ARGUMENTS]

Installs what is missing (Debian, Ubuntu), builds, and runs every suite, within 30 minutes on two cores. Says how long
each stage took, ends with the summary of ctest and its exit code.

  --full    first also: the suites of base, raft, messaging and the simulator under ThreadSanitizer, all suites under
            AddressSanitizer and UBSan, a long simulation, and five minutes of each fuzzer; tests that kill
            at intervals go on for two minutes
  --        what follows goes to ctest, for example: ./test.sh -- -R raft

Environment: DSMSG_JOBS, how many compilers at once; DSMSG_SEEDS, how many seeds the long simulation runs (10000);
             DSMSG_FUZZ_SECONDS, how long each fuzzer of --full hunts (300).
Exit codes: 0 all passed, 1 or ctest's own when something failed, 2 wrong usage.
END
}

full='' ctest_arguments=()
while [ $# -gt 0 ]; do
    case "$1" in
        --full) full=yes ;;
        --)
            shift
            ctest_arguments=("$@")
            break
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) usage_error "unknown argument '$1'." ;;
    esac
    shift
done

# run_tests PRESET [CTEST ARGUMENT...]
run_tests() {
    local preset=$1
    shift
    (cd "$DSMSG_ROOT" && ctest --preset "$preset" --no-tests=error "$@")
}

# ThreadSanitizer warns falsely on every queued call inside Debian's Qt, so it gets the layers that use none.
thread_sanitizer() {
    local folder targets=(dsmsg-sim) folders=() status=0
    for folder in base raft messaging sim; do
        [ -f "$DSMSG_ROOT/tests/$folder/CMakeLists.txt" ] || continue
        folders+=("$folder")
        targets+=("tests/$folder/all")
    done
    configure tsan && build tsan "${targets[@]}" || return
    for folder in "${folders[@]}"; do
        ctest --test-dir "$DSMSG_ROOT/build/tsan/tests/$folder" --output-on-failure || status=1
    done
    return "$status"
}

address_sanitizer() {
    configure asan && build asan && run_tests asan
}

long_simulation() {
    "$DSMSG_ROOT/build/release/bin/dsmsg-sim" --seeds "1..${DSMSG_SEEDS:-10000}" --jobs "$(nproc)"
}

fuzzing() {
    "$DSMSG_ROOT/tests/fuzz/run.sh" --seconds "${DSMSG_FUZZ_SECONDS:-300}"
}

stage "Packages" install_packages build run test
stage "Configure" configure release || fail "the configuration failed; the message is above."
stage "Build" build release || fail "the build failed; its message is above."
failed=()
if [ -n "$full" ]; then
    export DSMSG_TEST_KILLS=24 DSMSG_TEST_KILL_EVERY_MS=5000 # two minutes of each test that kills at intervals
    stage "ThreadSanitizer" thread_sanitizer || failed+=("ThreadSanitizer")
    stage "AddressSanitizer and UBSan" address_sanitizer || failed+=("AddressSanitizer and UBSan")
    stage "Long simulation" long_simulation || failed+=("long simulation")
    stage "Fuzzing" fuzzing || failed+=("fuzzing")
    if [ "${#failed[@]}" -gt 0 ]; then
        IFS=,
        warn "FAILED above: ${failed[*]}"
    fi
fi
heading "Tests"
run_tests release "${ctest_arguments[@]}" || exit
[ "${#failed[@]}" -eq 0 ]
