# SPDX-License-Identifier: GPL-3.0-or-later
mkdir -p /etc/dsmsg
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    [ "$1" -lt 2 ] || systemctl try-restart 'dsmsg-node@*.service' || :
fi
