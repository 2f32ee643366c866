// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks before something that could hurt: what would happen, what would remain, and the curl line. Escape and
// the focus at opening mean no.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.Popup {
    id: root

    property string title
    property string text
    property string detail
    property string actionText: qsTr("Go on")
    property string cancelText: qsTr("Cancel")
    property bool danger: false
    property string curl

    signal accepted
    signal rejected

    /// Set when the person said yes, so that closing does not mean no.
    property bool answered: false

    anchors.centerIn: T.Overlay.overlay
    closePolicy: T.Popup.CloseOnEscape
    dim: true
    focus: true
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    modal: true
    padding: Theme.s5
    width: Math.min(460, (parent ? parent.width : 460) - 2 * Theme.s5)

    onAboutToShow: root.answered = false
    onClosed: {
        if (!root.answered)
            root.rejected();
    }

    T.Overlay.modal: Rectangle {
        color: Theme.shade
    }
    background: Rectangle {
        border.color: Theme.scheme === Theme.Light ? Theme.border : Theme.borderStrong
        border.width: Theme.line
        color: Theme.raised
        radius: Theme.radius
    }
    contentItem: ColumnLayout {
        Accessible.name: root.title
        Accessible.role: Accessible.Dialog
        spacing: Theme.s3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s3

            Icon {
                Layout.alignment: Qt.AlignTop
                color: root.danger ? Theme.critical : Theme.accent
                name: root.danger ? "triangle-alert" : "circle-help"
                size: Theme.s5
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.s2

                Label {
                    Layout.fillWidth: true
                    kind: "heading"
                    text: root.title
                    wrapMode: Text.WordWrap
                }
                Label {
                    Layout.fillWidth: true
                    text: root.text
                    visible: text !== ""
                    wrapMode: Text.WordWrap
                }
                Label {
                    Layout.fillWidth: true
                    kind: "dim"
                    text: root.detail
                    visible: text !== ""
                    wrapMode: Text.WordWrap
                }
            }
        }
        CurlLine {
            text: root.curl
            visible: text !== ""
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s2
            spacing: Theme.s2

            Item {
                Layout.fillWidth: true
            }
            ActionButton {
                readonly property bool asked: root.opened

                focus: true
                text: root.cancelText

                onAskedChanged: {
                    if (asked)
                        forceActiveFocus(Qt.TabFocusReason);
                }

                onClicked: root.close()
            }
            ActionButton {
                highlighted: root.danger
                kind: root.danger ? "danger" : "primary"
                text: root.actionText

                onClicked: {
                    root.answered = true;
                    root.close();
                    root.accepted();
                }
            }
        }
    }
}
