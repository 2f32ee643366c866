// SPDX-License-Identifier: GPL-3.0-or-later
//
// A receipt in one line: "#1204, on disk on n1 n3, 2.1 ms".
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

RowLayout {
    id: root

    required property Receipt receipt
    required property Shell shell
    property string idleText
    property bool idleWarning: false

    signal cancelled
    signal repeated

    readonly property bool done: root.receipt.state === Receipt.Done

    spacing: Theme.s2

    BusyDot {
        running: visible
        size: Theme.iconSmall
        visible: root.receipt.state === Receipt.Sending
    }
    Icon {
        color: root.done ? Theme.severity(root.receipt.severity) : Theme.warning
        name: root.done ? Theme.severityIcon(root.receipt.severity) : "triangle-alert"
        size: Theme.iconSmall + 2
        visible: root.done || (root.receipt.state === Receipt.None && root.idleWarning)
    }
    Label {
        Accessible.role: Accessible.AlertMessage
        Layout.fillWidth: true
        Layout.minimumHeight: Theme.row - Theme.s1
        font: Theme.smallFigure
        kind: root.done ? "small" : "faint"
        text: {
            if (root.done)
                return root.receipt.route === "" ? root.receipt.line : root.receipt.line + " – " + root.receipt.route;
            return root.receipt.state === Receipt.Sending ? qsTr("Sending…") : root.idleText;
        }
    }
    ActionButton {
        implicitHeight: Theme.row - Theme.s1
        kind: "quiet"
        text: qsTr("Cancel")
        visible: root.receipt.state === Receipt.Sending

        onClicked: root.cancelled()
    }
    ActionButton {
        implicitHeight: Theme.row - Theme.s1
        kind: "quiet"
        text: qsTr("Send again, same id")
        visible: root.receipt.mayRepeat

        onClicked: root.repeated()
    }
    ActionButton {
        iconName: "arrow-up-right"
        implicitHeight: Theme.row - Theme.s1
        kind: "quiet"
        text: qsTr("Show")
        tip: qsTr("Shows message #%1").arg(Format.count(root.receipt.seq))
        visible: root.done && root.receipt.seq > 0

        onClicked: root.shell.goTo("messages", {
            seq: root.receipt.seq
        })
    }
}
