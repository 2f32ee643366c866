// SPDX-License-Identifier: GPL-3.0-or-later
//
// A card: a title, a hint, what one can do, its content in a column, and the curl line that says the same.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string title
    property string hint
    property string iconName
    property string curl
    property bool flat: false
    property int padding: Theme.s4
    property alias spacing: body.spacing
    property alias actions: actionRow.data
    default property alias content: body.data

    Accessible.name: root.title
    Accessible.role: Accessible.Grouping
    border.color: Theme.border
    border.width: root.flat ? 0 : Theme.line
    color: root.flat ? "transparent" : Theme.surface
    implicitHeight: column.implicitHeight + 2 * root.padding
    implicitWidth: column.implicitWidth + 2 * root.padding
    radius: Theme.radius

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: root.padding
        spacing: Theme.s3

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.row
            Layout.topMargin: -Theme.s1
            spacing: Theme.s2
            visible: root.title !== "" || actionRow.visibleChildren.length > 0

            Icon {
                color: Theme.textDim
                name: root.iconName
                size: Theme.icon
                visible: root.iconName !== ""
            }
            Label {
                id: titleLabel

                Accessible.role: Accessible.Heading
                kind: "title"
                text: root.title
                visible: text !== ""
            }
            Label {
                Layout.fillWidth: true
                kind: "faint"
                text: root.hint
            }
            RowLayout {
                id: actionRow

                spacing: Theme.s1
            }
        }
        ColumnLayout {
            id: body

            Layout.fillHeight: true
            Layout.fillWidth: true
            spacing: Theme.s2
        }
        CurlLine {
            Layout.fillWidth: true
            text: root.curl
            visible: text !== ""
        }
    }
}
