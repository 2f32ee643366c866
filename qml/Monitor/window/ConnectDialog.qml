// SPDX-License-Identifier: GPL-3.0-or-later
//
// Connects to a cluster by the address of one of its nodes, and keeps it under a name when it is given one; the
// same dialog changes a profile.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Popover {
    id: root

    required property Session session
    required property Shell shell

    /// The profile that is changed; -1: a new connection, -2: the present one gets a name.
    property int row: -1
    property int colour: 0
    property string iconName: "network"
    property string problem: ""

    readonly property var iconNames: ["network", "server", "database", "globe", "flask-conical", "house", "flag", "shield-check"]
    readonly property var iconWords: [qsTr("Network"), qsTr("Server"), qsTr("Database"), qsTr("Globe"), qsTr("Flask"), qsTr("House"), qsTr("Flag"), qsTr("Shield")]
    readonly property var colourWords: [qsTr("Blue"), qsTr("Orange"), qsTr("Green"), qsTr("Pink"), qsTr("Light blue"), qsTr("Red"), qsTr("Yellow"), qsTr("Grey")]

    function openFor(row: int) {
        root.row = row;
        root.problem = "";
        root.fill(root.session.profiles.get(row));
        root.open();
        if (row === -2)
            name.focusInput();
        else
            address.focusInput();
    }

    /// From a profile; an empty one has nothing.
    function fill(profile: var) {
        root.colour = profile.colour ?? root.session.profiles.count % root.colourWords.length;
        root.iconName = profile.iconName || "network";
        name.text = profile.name ?? "";
        address.text = profile.urls ?? (root.row === -2 ? root.session.currentUrls() : "");
    }

    function accept() {
        root.problem = "";
        if (name.text.trim() !== "" || root.row >= 0)
            root.problem = root.session.profiles.save(root.row, name.text, address.text, root.colour, root.iconName);
        if (root.problem === "" && root.row === -1)
            root.problem = root.session.connectTo(address.text);
        else if (root.problem === "")
            root.session.noteProfile();
        if (root.problem === "")
            root.close();
    }

    modal: true
    padding: Theme.s5
    anchors.centerIn: parent
    width: Math.min(parent.width - 2 * Theme.s6, Theme.drawer * 1.4)
    closePolicy: Popup.CloseOnEscape

    contentHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: Theme.s4
        Keys.onReturnPressed: root.accept()
        Keys.onEnterPressed: root.accept()

        Text {
            Layout.fillWidth: true
            text: root.row >= 0 ? qsTr("Change the profile") : root.row === -2 ? qsTr("Keep this cluster as a profile") : qsTr("Connect to a cluster")
            font: Theme.display
            color: Theme.text
            elide: Text.ElideRight
        }

        Field {
            id: address

            Layout.fillWidth: true
            label: qsTr("Address of a node")
            placeholder: "127.0.0.1:8000"
            hint: qsTr("One is enough: the others are found. Several are separated by commas.")
        }

        Field {
            id: name

            Layout.fillWidth: true
            label: root.row === -1 ? qsTr("Name, to keep it as a profile") : qsTr("Name")
            placeholder: root.row === -1 ? qsTr("leave empty to connect once") : ""
        }

        GridLayout {
            Layout.fillWidth: true
            visible: name.text.trim() !== ""
            columns: 2
            columnSpacing: Theme.s4
            rowSpacing: Theme.s2

            Text {
                text: qsTr("Colour")
                font: Theme.small
                color: Theme.textDim
            }

            Row {
                spacing: Theme.s1

                Repeater {
                    model: root.colourWords

                    delegate: Swatch {
                        required property int index
                        required property string modelData

                        text: modelData
                        tint: Theme.series(index)
                        chosen: root.colour === index
                        onClicked: root.colour = index
                    }
                }
            }

            Text {
                text: qsTr("Sign")
                font: Theme.small
                color: Theme.textDim
            }

            Row {
                spacing: Theme.s1

                Repeater {
                    model: root.iconNames

                    delegate: Swatch {
                        required property int index
                        required property string modelData

                        text: root.iconWords[index]
                        iconName: modelData
                        tint: Theme.series(root.colour)
                        chosen: root.iconName === modelData
                        onClicked: root.iconName = modelData
                    }
                }
            }
        }

        Notice {
            Layout.fillWidth: true
            visible: root.problem !== ""
            severity: "warning"
            text: root.problem
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            ActionButton {
                visible: root.row >= 0
                kind: "danger"
                iconName: "trash-2"
                text: qsTr("Remove")
                onClicked: {
                    root.session.profiles.remove(root.row);
                    root.close();
                }
            }

            Item {
                Layout.fillWidth: true
            }

            ActionButton {
                text: qsTr("Cancel")
                onClicked: root.close()
            }

            ActionButton {
                kind: "primary"
                text: root.row !== -1 ? qsTr("Keep") : name.text.trim() !== "" ? qsTr("Keep and connect") : qsTr("Connect")
                enabled: address.text.trim() !== ""
                onClicked: root.accept()
            }
        }
    }
}
