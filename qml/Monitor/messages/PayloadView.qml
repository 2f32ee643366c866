// SPDX-License-Identifier: GPL-3.0-or-later
//
// A payload indented, as it was sent, or as bytes; to read and to copy.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property MessageDetail detail

    readonly property int view: tabs.currentIndex
    readonly property bool whole: [root.detail.prettyWhole, root.detail.rawWhole, root.detail.hexWhole][root.view]
    readonly property double size: root.detail.payloadBytes

    spacing: Theme.s2

    RowLayout {
        spacing: Theme.s2

        Segmented {
            id: tabs

            model: [root.detail.structured ? qsTr("Pretty") : qsTr("Text"), qsTr("Raw"), qsTr("Hex")]
            name: qsTr("View of the payload")
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignRight
            kind: "small"
            text: Format.bytes(root.size)
        }
        IconButton {
            enabled: root.detail.loaded
            iconName: "copy"
            text: qsTr("Copy the payload in this form, all of it")

            onClicked: root.detail.copy(root.view)
        }
    }
    JsonHighlighter {
        active: root.detail.structured && root.view !== MessageDetail.Hex
        nameColor: Theme.accent
        stringColor: Theme.good
        target: box.input.textDocument
        valueColor: Theme.warning
    }
    TextBox {
        id: box

        Layout.fillWidth: true
        Layout.maximumHeight: Theme.row * 8
        Layout.minimumHeight: Theme.row * 2
        Layout.preferredHeight: Math.min(Theme.row * 8, input.contentHeight + Theme.s5)
        name: qsTr("Payload")
        readOnly: true
        text: [root.detail.pretty, root.detail.raw, root.detail.hex][root.view]
        wrapMode: root.view === MessageDetail.Hex ? TextEdit.NoWrap : TextEdit.Wrap
    }
    Label {
        Layout.fillWidth: true
        kind: "faint"
        text: qsTr("The beginning is shown; copying takes all of it.")
        visible: root.detail.loaded && !root.whole
        wrapMode: Text.WordWrap
    }
}
