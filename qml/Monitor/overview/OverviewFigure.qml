// SPDX-License-Identifier: GPL-3.0-or-later
//
// One of the four figures, a panel of its own; what is put into it goes below the number.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Panel {
    id: root

    property string label
    property string value
    property string unit
    property string detail
    property string severity
    property int staleness: 0
    default property alias plot: figure.content

    Layout.fillWidth: true
    Layout.preferredWidth: 1
    padding: Theme.s3

    Figure {
        id: figure

        Layout.fillHeight: true
        Layout.fillWidth: true
        label: root.label
        value: root.value
        unit: root.unit
        detail: root.detail
        severity: root.severity
        staleness: root.staleness
    }
}
