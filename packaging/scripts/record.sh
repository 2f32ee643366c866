#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# record.sh [MONITOR] [FILE]: the fault lab while "Break it" runs, as a picture that moves. Needs img2webp (Debian: webp).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

monitor=${1:-build/release/bin/dsmsg-monitor}
file=${2:-docs/pictures/break-it.webp}
frameMs=125 # the recording has eight frames a second

command -v img2webp >/dev/null || { echo "record.sh: img2webp is missing: apt-get install webp" >&2; exit 1; }
frames=$(mktemp -d)
trap 'rm -rf "$frames"' EXIT
"$monitor" --record "$frames"
mkdir -p "$(dirname "$file")"
img2webp -loop 0 -d "$frameMs" -lossy -q 60 -m 4 -kmax 40 "$frames"/frame-*.png -o "$file"
du -h "$file"
