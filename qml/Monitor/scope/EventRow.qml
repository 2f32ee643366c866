// SPDX-License-Identifier: GPL-3.0-or-later
//
// One thing that happened, in a line: how grave, when, where, and the node's own words.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property string nodeId
    required property string text
    required property double clusterTs
    required property int severity
    /// It cannot be put in order against the row below.
    property bool tied: false
    property bool current: false

    readonly property string tone: root.severity >= EventModel.Critical ? "critical" : root.severity >= EventModel.Warning ? "warning" : root.severity >= EventModel.Notable ? "info" : ""

    signal chosen

    Accessible.role: Accessible.ListItem
    Accessible.name: Format.timeMs(root.clusterTs) + " " + root.nodeId + ": " + root.text + (root.tied ? ", " + qsTr("at the same time as the one before") : "")
    Accessible.onPressAction: root.chosen()

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall
        color: hover.hovered ? Theme.hover : "transparent"
    }

    Rectangle {
        visible: root.tied
        x: Theme.s1 / 2
        y: root.height / 2
        width: Theme.s1 / 2
        height: root.height
        radius: width / 2
        color: Theme.accent
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s2
        anchors.rightMargin: Theme.s2
        spacing: Theme.s2

        Icon {
            name: root.tone === "" ? "dot" : root.tone === "info" ? "flag" : Theme.severityIcon(root.tone)
            color: Theme.severity(root.tone)
            size: Theme.iconSmall
        }

        Label {
            Accessible.ignored: true
            kind: "small"
            font: Theme.smallFigure
            text: Format.timeMs(root.clusterTs)
        }

        Label {
            Accessible.ignored: true
            font: Theme.smallStrong
            text: root.nodeId
        }

        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            kind: "small"
            color: root.tone === "" ? Theme.textDim : Theme.text
            text: root.text
        }
    }

    FocusRing {
        gap: -Theme.line
        shown: root.current
    }

    HoverHandler {
        id: hover

        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        onTapped: root.chosen()
    }
}
