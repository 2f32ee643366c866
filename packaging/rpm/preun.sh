# SPDX-License-Identifier: GPL-3.0-or-later
# The nodes go on while the package is upgraded; they stop when it is removed.
if [ "$1" -eq 0 ] && [ -d /run/systemd/system ]; then
    systemctl stop 'dsmsg-node@*.service' || :
fi
