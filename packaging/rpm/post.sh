# SPDX-License-Identifier: GPL-3.0-or-later
# After an upgrade the nodes that run are started again, one after another, as packaging/debian/postinst does it.
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || :
    if [ "$1" -gt 1 ]; then
        systemctl list-units --plain --no-legend --state=active 'dsmsg-node@*.service' | while read -r unit _; do
            systemctl restart "$unit" || echo "dsmsg-node: $unit did not start again: journalctl -u $unit" >&2
        done
    fi
fi
