// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one sentence: how the cluster is.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

RowLayout {
    id: root

    required property ClusterMonitor cluster

    readonly property string tone: ["", "good", "warning", "critical"][root.cluster.severity]

    spacing: Theme.s3

    Rectangle {
        implicitWidth: Theme.control + Theme.s2
        implicitHeight: implicitWidth
        radius: width / 2
        color: Theme.severitySoft(root.tone)
        border.color: Theme.severity(root.tone)
        border.width: Theme.scheme === Theme.Contrast ? Theme.line : 0

        Icon {
            anchors.centerIn: parent
            name: root.tone === "good" ? "heart-pulse" : Theme.severityIcon(root.tone)
            color: Theme.severity(root.tone)
            size: Theme.icon + Theme.s1
        }
    }

    Label {
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
        font: Theme.display
        maximumLineCount: 2
        text: root.cluster.verdict
        wrapMode: Text.WordWrap
    }
}
