// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last minute of a figure as a line without axes: give it a `series`, or plain `values`.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

SparkPlot {
    id: root

    property string name

    Accessible.name: isNaN(root.most) ? qsTr("%1: no values yet").arg(root.name) : qsTr("%1: between %2 and %3").arg(root.name).arg(Format.sparse(root.least)).arg(Format.sparse(root.most))
    Accessible.role: Accessible.Chart
    Layout.fillWidth: true
    color: Theme.accent
    fill: Theme.scheme === Theme.Contrast ? 0 : 0.22
    implicitHeight: Theme.s6 + Theme.s2
    implicitWidth: 120
}
