// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sent message: when, to whom, what, and what became of it.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    required property int index
    required property double sentTs
    required property string sender
    required property string recipient
    required property string payload
    required property double seq
    required property string line
    required property string severity
    property bool current: false

    signal menuWanted
    signal pressed

    readonly property string route: (root.sender === "" ? qsTr("unknown") : root.sender) + " → " + (root.recipient === "" ? qsTr("all") : root.recipient)

    Accessible.name: Format.time(root.sentTs) + ", " + root.route + ", " + root.payload + ", " + root.line
    Accessible.role: Accessible.ListItem
    implicitHeight: column.implicitHeight + 2 * Theme.s2

    Rectangle {
        anchors.fill: parent
        color: root.current || hover.hovered ? Theme.hover : "transparent"
        radius: Theme.radiusSmall

        FocusRing {
            gap: 0
            shown: root.current
        }
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        acceptedButtons: Qt.LeftButton | Qt.RightButton

        onSingleTapped: (point, button) => {
            root.pressed();
            if (button === Qt.RightButton)
                root.menuWanted();
        }
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s2
        anchors.rightMargin: Theme.s1
        spacing: Theme.s2

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.s2 + 1
            color: Theme.severity(root.severity)
            name: Theme.severityIcon(root.severity)
            size: Theme.iconSmall + 2
        }
        ColumnLayout {
            id: column

            Layout.fillWidth: true
            spacing: 1

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s2

                Label {
                    Accessible.ignored: true
                    Layout.maximumWidth: root.width / 2
                    kind: "small"
                    text: root.route
                }
                Label {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    kind: "mono"
                    text: root.payload
                }
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                font: Theme.smallFigure
                kind: "faint"
                text: root.line
            }
        }
        Label {
            Accessible.ignored: true
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.s2
            font: Theme.smallFigure
            kind: "faint"
            text: Format.time(root.sentTs)
        }
        IconButton {
            focusPolicy: Qt.NoFocus
            iconName: "ellipsis-vertical"
            iconSize: Theme.iconSmall + 2
            implicitHeight: Theme.row
            implicitWidth: Theme.row
            text: qsTr("What can be done with it")

            onClicked: {
                root.pressed();
                root.menuWanted();
            }
        }
    }
}
