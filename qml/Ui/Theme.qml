// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick

QtObject {
    id: root

    readonly property color window: "#ffffff"
    readonly property int gap: 8
}
