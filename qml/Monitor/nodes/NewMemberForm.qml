// SPDX-License-Identifier: GPL-3.0-or-later
//
// What NewMemberDialog asks for, and the request that takes the node in.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property Session session
    required property Shell shell

    /// The node was added, or the person thought better of it.
    signal done

    function begin(): void {
        add.clear();
        idField.focusInput();
    }

    Accessible.name: qsTr("Add a node")
    Accessible.role: Accessible.Dialog
    spacing: Theme.s3

    Label {
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        kind: "heading"
        text: qsTr("Add a node")
    }
    Label {
        Layout.fillWidth: true
        kind: "dim"
        text: qsTr("Start it first, with --join and the address of one of these nodes. It gets everything that was sent before it counts for a majority.")
        wrapMode: Text.WordWrap
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s3

        Field {
            id: idField

            Layout.preferredWidth: Theme.rail / 2
            label: qsTr("Id")
            placeholder: "n4"
        }
        Field {
            id: urlField

            Layout.fillWidth: true
            label: qsTr("Address")
            placeholder: "http://127.0.0.1:8003"
        }
    }
    Segmented {
        id: role

        model: [qsTr("Voter"), qsTr("Learner")]
        name: qsTr("Role")
    }
    Label {
        Layout.fillWidth: true
        kind: "faint"
        text: role.currentIndex === 0 ? qsTr("It counts for majorities: with %1 voters, %2 must hold a message.").arg(root.session.cluster.voters + 1).arg(Math.floor((root.session.cluster.voters + 1) / 2) + 1) : qsTr("It receives everything and counts for no majority.")
        wrapMode: Text.WordWrap
    }
    CurlLine {
        Layout.fillWidth: true
        text: add.curl
    }
    Notice {
        Layout.fillWidth: true
        severity: "critical"
        text: add.error
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
            text: qsTr("Cancel")

            onClicked: root.done()
        }
        ActionButton {
            busy: add.busy
            enabled: idField.text !== "" && urlField.text !== "" && !add.busy
            kind: "primary"
            text: qsTr("Add it")

            onClicked: add.run()
        }
    }
    ApiCall {
        id: add

        body: ({
                id: idField.text,
                url: urlField.text,
                role: role.currentIndex === 0 ? "voter" : "learner"
            })
        cluster: root.session.cluster
        method: "POST"
        node: root.session.cluster.leader
        path: "/cluster/members"

        onAnswered: {
            if (!add.ok)
                return;
            root.shell.noticeWanted(qsTr("%1 is a member now.").arg(idField.text), "good");
            root.session.cluster.refresh();
            root.done();
        }
    }
}
