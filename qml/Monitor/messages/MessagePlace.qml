// SPDX-License-Identifier: GPL-3.0-or-later
//
// Under the list: which part of the log it shows, drawn and in words; who was asked, and how old the answer
// is.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property MessageBrowser browser

    readonly property MessageModel rows: root.browser.rows
    /// The greatest position there is.
    readonly property double end: {
        const node = root.browser.node;
        const known = node ? (root.browser.byDelivery ? node.deliveredSeq : node.committedSeq) : 0;
        return Math.max(isNaN(known) ? 0 : known, root.rows.last);
    }
    readonly property double start: root.browser.byDelivery ? 1 : Math.max(1, root.browser.firstSeq)
    readonly property double span: Math.max(1, root.end - root.start + 1)
    readonly property bool fresh: root.browser.live && root.browser.streaming

    implicitHeight: Theme.row + Theme.s1
    Accessible.role: Accessible.StaticText
    Accessible.name: range.text + ", " + source.text

    Divider {
        width: parent.width
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s3
        anchors.rightMargin: Theme.s3
        spacing: Theme.s3

        Label {
            id: range

            Accessible.ignored: true
            font: Theme.smallFigure
            color: Theme.textDim
            text: qsTr("#%1 – #%2 of %3").arg(Format.count(root.rows.first)).arg(Format.count(root.rows.last)).arg(Format.count(root.end))
        }
        Rectangle {
            Layout.preferredHeight: Theme.s1
            Layout.preferredWidth: Theme.control * 5
            border.color: Theme.border
            border.width: Theme.scheme === Theme.Contrast ? 1 : 0
            color: Theme.sunken
            radius: height / 2
            visible: !root.browser.filtered

            Rectangle {
                readonly property real least: parent.height

                color: root.browser.live ? Theme.accent : Theme.textFaint
                height: parent.height
                radius: height / 2
                width: Math.max(least, parent.width * Math.min(1, root.rows.count / root.span))
                x: Math.min(parent.width - width, parent.width * Math.max(0, root.rows.first - root.start) / root.span)
            }
        }
        Label {
            Layout.fillWidth: true
            kind: "faint"
            text: root.browser.searchedTo > 0 ? qsTr("Searching, at #%1").arg(Format.count(root.browser.searchedTo)) : root.browser.loading ? qsTr("Loading") : root.browser.firstSeq > 1 && root.browser.atStart && !root.browser.filtered ? qsTr("Older messages were removed by retention") : ""
        }
        Icon {
            color: root.fresh ? Theme.good : Theme.textFaint
            name: root.fresh ? "radio" : "clock"
            size: Theme.iconSmall
        }
        Label {
            id: source

            Accessible.ignored: true
            kind: "small"
            text: {
                const name = root.browser.node ? root.browser.node.name : "";
                if (root.fresh)
                    return qsTr("%1, as it comes").arg(name);
                return isNaN(root.browser.ageMs) ? name : qsTr("%1, %2").arg(name).arg(Format.age(root.browser.ageMs));
            }
        }
    }
}
