#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the fuzzers with clang and lets each hunt for a while; see --help.
set -u -o pipefail

# shellcheck source=packaging/scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/scripts/common.sh"
# shellcheck source=packaging/scripts/build.sh
. "$DSMSG_ROOT/packaging/scripts/build.sh"

usage() {
    cat <<END
usage: tests/fuzz/run.sh [--seconds N] [TARGET...]

Builds the fuzzers (clang, AddressSanitizer, UBSan) in build/fuzz, replays the seeds of each target and then hunts for
N seconds a target (60), one after another: all of them, or those named. What was learnt stays in build/fuzz/corpus.
Prints executions and coverage, and for a finding the input and the command that replays it.

Environment: DSMSG_FUZZ_SEED, the seed of the mutations (random); DSMSG_JOBS, how many compilers at once.
Exit codes: 0 nothing found, 1 a finding, or the fuzzers could not be built, 2 wrong usage.
END
}

fuzz_folder=$DSMSG_ROOT/tests/fuzz
build_folder=$DSMSG_ROOT/build/fuzz
seconds=60 targets=()
while [ $# -gt 0 ]; do
    case "$1" in
        --seconds)
            case "${2:-}" in '' | *[!0-9]* | 0) usage_error "--seconds needs a whole number from 1 on." ;; esac
            seconds=$2
            shift
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        -*) usage_error "unknown argument '$1'." ;;
        *)
            [ -d "$fuzz_folder/seeds/$1" ] || usage_error "there is no target '$1'."
            targets+=("$1")
            ;;
    esac
    shift
done
if [ "${#targets[@]}" -eq 0 ]; then
    for folder in "$fuzz_folder"/seeds/*/; do
        targets+=("$(basename "$folder")")
    done
fi

build_fuzzers() {
    command -v clang++ >/dev/null ||
        fail "clang++ is missing, which brings the fuzzer. Install the packages clang and libclang-rt-dev; ./test.sh does."
    local log=$build_folder/build.log
    mkdir -p "$build_folder"
    if ! { configure fuzz && build fuzz fuzz_write_seeds "${targets[@]/#/fuzz_}"; } >"$log" 2>&1; then
        grep -E 'error|FAILED|fatal|CMake Error' "$log" | head -20 >&2
        fail "the fuzzers could not be built; all of it is in $log"
    fi
    rm -rf "$build_folder/encoded"
    mkdir -p "$build_folder/findings"
    "$build_folder/bin/fuzz_write_seeds" "$build_folder/encoded" ||
        fail "the seeds could not be written to $build_folder/encoded"
}

# One process at a time, bounded in memory, time and size of an input. Freed memory is not held back for long: a
# million executions would otherwise fill it.
fuzz_target() {
    local target=$1 log=$build_folder/$1.log dictionary=$fuzz_folder/dictionaries/$1.dict
    local corpus=$build_folder/corpus/$target before status=0 options=(-max_len=4096)
    mkdir -p "$corpus" "$build_folder/encoded/$target"
    # A script of a few steps reaches nothing: no waiting until all the short ones are tried. Entropic scheduling takes
    # half the time with as many features as these scripts have.
    [ "$target" != raft_core ] || options=(-max_len=400 -len_control=0 -entropic=0)
    [ ! -f "$dictionary" ] || options+=("-dict=$dictionary")
    [ -z "${DSMSG_FUZZ_SEED:-}" ] || options+=("-seed=$DSMSG_FUZZ_SEED")
    before=$(find "$build_folder/findings" -type f | sort)
    ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=8 "$build_folder/bin/fuzz_$target" "${options[@]}" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$build_folder/findings/$target-" \
        "$corpus" "$fuzz_folder/seeds/$target" "$build_folder/encoded/$target" </dev/null >"$log" 2>&1 || status=$?
    printf '%-16s %12s %10s %9s %8s\n' "$target" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
        "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")" \
        "$(grep -o 'cov: [0-9]*' "$log" | tail -1 | cut -d' ' -f2)" \
        "$([ "$status" -eq 0 ] && echo none || echo FOUND)"
    [ "$status" -ne 0 ] || return 0
    grep -E 'internal error|runtime error|ERROR: ' "$log" | head -3 >&2
    local input
    input=$(comm -13 <(printf '%s\n' "$before") <(find "$build_folder/findings" -type f | sort) | head -1)
    warn "  all of it:  $log"
    [ -z "$input" ] || warn "  replay it:  DSMSG_FUZZ_TRACE=1 $build_folder/bin/fuzz_$target $input"
    [ -z "$input" ] || warn "  keep it:    cp $input $fuzz_folder/seeds/$target/regression-WHAT_IT_IS"
    return 1
}

build_fuzzers
say "${#targets[@]} targets, $seconds s each"
printf '%-16s %12s %10s %9s %8s\n' target executions 'a second' coverage findings
found=0
for target in "${targets[@]}"; do
    fuzz_target "$target" || found=1
done
exit "$found"
