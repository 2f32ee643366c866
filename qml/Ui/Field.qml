// SPDX-License-Identifier: GPL-3.0-or-later
//
// One line of text with its label above, and below what is wrong with it or what helps.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

ColumnLayout {
    id: root

    property string label
    property string placeholder
    property string error
    property string hint
    property string iconName
    property string unit
    property bool mono: false
    property bool clearable: false
    property string name: root.label !== "" ? root.label : root.placeholder
    property alias text: input.text
    property alias readOnly: input.readOnly
    property alias validator: input.validator
    property alias echoMode: input.echoMode
    property alias maximumLength: input.maximumLength
    property alias inputMethodHints: input.inputMethodHints
    property alias horizontalAlignment: input.horizontalAlignment
    readonly property alias input: input

    /// Return was pressed.
    signal accepted
    /// The person changed the text.
    signal edited

    function focusInput() {
        input.forceActiveFocus(Qt.TabFocusReason);
        input.selectAll();
    }

    Layout.alignment: Qt.AlignTop
    spacing: Theme.s1

    Label {
        Layout.fillWidth: true
        kind: "small"
        text: root.label
        visible: text !== ""
    }
    T.TextField {
        id: input

        Accessible.description: root.error !== "" ? root.error : root.hint
        Accessible.name: root.name
        Accessible.role: Accessible.EditableText
        Layout.fillWidth: true
        Layout.minimumWidth: Theme.control
        activeFocusOnTab: true
        color: root.enabled ? Theme.text : Theme.textFaint
        font: root.mono ? Theme.mono : Theme.body
        implicitHeight: Theme.control
        implicitWidth: 160
        leftPadding: root.iconName === "" ? Theme.s2 + Theme.line : Theme.s2 + Theme.icon + Theme.s1
        placeholderText: root.placeholder
        placeholderTextColor: Theme.textFaint
        rightPadding: Theme.s2 + (unitLabel.visible ? unitLabel.width + Theme.s1 : 0) + (clear.visible ? Theme.row : 0)
        selectByMouse: true
        selectedTextColor: Theme.onAccent
        selectionColor: Theme.accent
        verticalAlignment: TextInput.AlignVCenter

        onAccepted: root.accepted()
        onTextEdited: root.edited()

        background: Rectangle {
            border.color: root.error !== "" ? Theme.critical : input.activeFocus ? Theme.focus : root.enabled ? Theme.borderStrong : Theme.border
            border.width: input.activeFocus ? Theme.focusLine : Theme.line
            color: root.enabled ? Theme.surface : Theme.sunken
            radius: Theme.radiusSmall
        }

        Icon {
            anchors.left: parent.left
            anchors.leftMargin: Theme.s2
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textFaint
            name: root.iconName
            size: Theme.iconSmall + 2
            visible: root.iconName !== ""
        }
        Text {
            anchors.fill: parent
            anchors.leftMargin: input.leftPadding
            anchors.rightMargin: input.rightPadding
            color: Theme.textFaint
            elide: Text.ElideRight
            font: input.font
            horizontalAlignment: input.horizontalAlignment
            text: input.placeholderText
            textFormat: Text.PlainText
            verticalAlignment: Text.AlignVCenter
            visible: input.text === "" && input.preeditText === ""
        }
        Label {
            id: unitLabel

            anchors.right: parent.right
            anchors.rightMargin: Theme.s2
            anchors.verticalCenter: parent.verticalCenter
            kind: "faint"
            text: root.unit
            visible: text !== ""
        }
        IconButton {
            id: clear

            anchors.right: parent.right
            anchors.rightMargin: 2
            anchors.verticalCenter: parent.verticalCenter
            focusPolicy: Qt.NoFocus
            iconName: "x"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row - Theme.s1
            implicitWidth: Theme.row - Theme.s1
            text: qsTr("Clear")
            visible: root.clearable && input.text !== "" && !input.readOnly

            onClicked: {
                input.clear();
                root.edited();
                input.forceActiveFocus();
            }
        }
    }
    Label {
        Accessible.role: root.error !== "" ? Accessible.AlertMessage : Accessible.StaticText
        Layout.fillWidth: true
        color: root.error !== "" ? Theme.critical : Theme.textFaint
        kind: "faint"
        text: root.error !== "" ? root.error : root.hint
        visible: text !== ""
        wrapMode: Text.WordWrap
    }
}
