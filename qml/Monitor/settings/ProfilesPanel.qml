// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    required property Shell shell

    title: qsTr("Profiles")
    hint: qsTr("Clusters by name")

    Text {
        Layout.fillWidth: true
        visible: root.session.profiles.count === 0
        text: qsTr("No profiles yet. Give a cluster a name and a colour when you connect, and it is kept here.")
        wrapMode: Text.WordWrap
        font: Theme.body
        color: Theme.textDim
    }

    Rows {
        id: rows

        spacing: root.spacing
        visible: root.session.profiles.count > 0

        Repeater {
            model: root.session.profiles

            delegate: RowLayout {
                id: entry

                required property int index
                required property string name
                required property string urls
                required property int colour
                required property string iconName
                required property string lastUsed
                required property bool isCurrent

                width: rows.width
                spacing: Theme.s3

                Icon {
                    name: entry.iconName || "network"
                    size: Theme.icon
                    color: Theme.series(entry.colour)
                }

                ColumnLayout {
                    spacing: 0

                    Text {
                        Layout.fillWidth: true
                        text: entry.isCurrent ? qsTr("%1 (connected)").arg(entry.name) : entry.name
                        elide: Text.ElideRight
                        font: entry.isCurrent ? Theme.bodyStrong : Theme.body
                        color: Theme.text
                    }

                    Text {
                        Layout.fillWidth: true
                        text: entry.lastUsed !== "" ? qsTr("%1, last used %2").arg(entry.urls).arg(entry.lastUsed) : entry.urls
                        elide: Text.ElideRight
                        font: Theme.small
                        color: Theme.textDim
                    }
                }

                ActionButton {
                    visible: !entry.isCurrent
                    text: qsTr("Connect")
                    Accessible.name: qsTr("Connect to %1").arg(entry.name)
                    onClicked: {
                        const problem = root.session.connectTo(entry.urls);
                        if (problem !== "")
                            root.shell.noticeWanted(problem, "warning");
                    }
                }

                IconButton {
                    iconName: "pencil"
                    text: qsTr("Change %1").arg(entry.name)
                    onClicked: root.shell.connectWanted(entry.index)
                }
            }
        }
    }

    ActionButton {
        iconName: "plus"
        text: qsTr("Connect to a cluster…")
        onClicked: root.shell.connectWanted(-1)
    }
}
