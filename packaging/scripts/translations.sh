#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Brings the texts of the monitor's sources into app/monitor/i18n/*.ts, for a translator to fill in (Qt Linguist or any
# editor). With --check it changes nothing and fails when a text is missing there or has no translation.
set -eu -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tools=$(qmake6 -query QT_INSTALL_BINS 2>/dev/null || echo /usr/lib/qt6/bin)
folder=app/monitor/i18n

# update_texts DIR: the .ts files of DIR, from the sources. English has only the sentences with a plural.
update_texts() {
    local options=(-silent -recursive app/monitor qml -I . -locations none -no-obsolete -source-language en)
    "$tools/lupdate" "${options[@]}" -target-language de -ts "$1/monitor_de.ts"
    "$tools/lupdate" "${options[@]}" -target-language en -pluralonly -ts "$1/monitor_en.ts"
}

if [ "${1:-}" != --check ]; then
    update_texts "$folder"
    exit
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$folder"/*.ts "$scratch"
update_texts "$scratch"
status=0
for language in de en; do
    missing=$(grep -c 'type="unfinished"' "$scratch/monitor_$language.ts" || true)
    if [ "$missing" -gt 0 ]; then
        echo "monitor_$language.ts: $missing texts have no translation. Run packaging/scripts/translations.sh and fill them in:"
        grep -B 1 'type="unfinished"' "$scratch/monitor_$language.ts" | grep '<source>' | head -n 20
        status=1
    fi
done
exit "$status"
