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
            series: [Theme.series(0), Theme.series(1), Theme.series(2), Theme.series(3), Theme.series(4), Theme.series(5), Theme.series(6), Theme.series(7)],
            name: Theme.heading,
            small: Theme.small,
            figure: Theme.display
        })
}
