// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drawer on the right: what is selected, of whatever kind. Escape closes it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

FocusScope {
    id: root

    required property Session session
    required property Shell shell

    readonly property bool open: root.shell.selectedKind !== ""
    readonly property var files: ({
            node: "../nodes/NodeDrawer.qml",
            peer: "../nodes/PeerDrawer.qml",
            event: "../nodes/EventDrawer.qml",
            message: "../messages/MessageDrawer.qml"
        })
    readonly property var titles: ({
            node: qsTr("Node"),
            peer: qsTr("Peer"),
            event: qsTr("Event"),
            message: qsTr("Message")
        })

    function fill() {
        if (root.open)
            content.setSource(Qt.resolvedUrl(root.files[root.shell.selectedKind]), {
                session: root.session,
                shell: root.shell,
                subject: root.shell.selected
            });
        else
            content.setSource("");
    }

    visible: root.open
    implicitWidth: Theme.drawer
    Accessible.role: Accessible.Pane
    Accessible.name: root.titles[root.shell.selectedKind] ?? ""
    Component.onCompleted: root.fill()

    Connections {
        target: root.shell

        function onSelectedKindChanged() {
            root.fill();
        }
    }

    // Another thing of the same kind: the drawer stays and shows it.
    Binding {
        target: content.item
        property: "subject"
        value: root.shell.selected
        when: root.open && content.status === Loader.Ready
        restoreMode: Binding.RestoreNone
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    Rectangle {
        width: Theme.line
        height: parent.height
        color: Theme.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.line
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.s4
            Layout.rightMargin: Theme.s2
            Layout.topMargin: Theme.s2
            spacing: Theme.s2

            Text {
                Layout.fillWidth: true
                text: root.titles[root.shell.selectedKind] ?? ""
                font: Theme.smallStrong
                color: Theme.textDim
                elide: Text.ElideRight
            }

            IconButton {
                iconName: "x"
                text: qsTr("Close (Esc)")
                onClicked: root.shell.deselect()
            }
        }

        Loader {
            id: content

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
        }
    }
}
