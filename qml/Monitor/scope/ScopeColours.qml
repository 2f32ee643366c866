// SPDX-License-Identifier: GPL-3.0-or-later
//
// The theme as the painted scope takes it.
import QtQml
import QtQuick
import Dsmsg.Ui

QtObject {
    id: root

    property color background: Theme.surface

    readonly property var map: ({
            background: root.background,
            raised: Theme.raised,
            sunken: Theme.sunken,
            border: Theme.border,
            borderStrong: Theme.borderStrong,
            text: Theme.text,
            textDim: Theme.textDim,
            textFaint: Theme.textFaint,
            accent: Theme.accent,
            accentSoft: Theme.accentSoft,
            good: Theme.good,
            warning: Theme.warning,
            critical: Theme.critical,
            info: Theme.info,
            series: [0, 1, 2, 3, 4, 5, 6, 7].map(index => Theme.series(index)),
            name: Theme.heading,
            small: Theme.small,
            figure: Theme.display
        })
}
