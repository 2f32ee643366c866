// SPDX-License-Identifier: GPL-3.0-or-later
//
// The buffers in which messages wait for their delivery, what is ready in them, and the order to deliver now.
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
    property NodeState only: null
    property bool active: false

    readonly property var sample: {
        for (let i = 0; i < status.count; ++i) {
            const found = status.at(i).answer.ordering_status?.sample_deliverable_messages ?? [];
            if (found.length > 0)
                return found.slice(0, 5);
        }
        return [];
    }
    readonly property var forced: force.answer
    readonly property var delivered: root.forced.delivered_messages ?? []
    property int answers: 0

    iconName: "layers"
    title: qsTr("Delivery buffer")

    actions: [
        BusyDot {
            running: visible
            size: Theme.iconSmall
            visible: force.busy
        },
        ActionButton {
            enabled: !force.busy && root.session.cluster.leader !== null
            iconName: "chevrons-down"
            text: qsTr("Deliver now")

            onClicked: root.shell.confirmationWanted({
                title: qsTr("Deliver everything that waits?"),
                text: qsTr("It is delivered on every node at once. What was sent earlier and arrives later can no longer come before it: it will be marked late."),
                action: qsTr("Deliver now"),
                curl: force.curl,
                accept: () => force.run()
            })
        }
    ]

    EachNode {
        id: status

        active: root.active
        cluster: root.session.cluster
        only: root.only
        path: "/ordering/status"
        repeatMs: 2000

        onAnswered: root.answers += 1
    }
    ApiCall {
        id: force

        cluster: root.session.cluster
        method: "POST"
        node: root.only
        path: "/ordering/force_delivery"

        onAnswered: status.run()
    }
    FieldGrid {
        Layout.fillWidth: true
        each: status
        fields: [
            {
                label: qsTr("Waiting now"),
                path: "ordering_status.buffer_size",
                format: "count"
            },
            {
                label: qsTr("Room"),
                path: "ordering_status.max_buffer_size",
                format: "count"
            },
            {
                label: qsTr("Filled"),
                path: "ordering_status.buffer_utilization",
                format: "percent"
            },
            {
                label: qsTr("Age, mean"),
                path: "ordering_status.average_message_age",
                format: "seconds"
            },
            {
                label: qsTr("Age, greatest"),
                path: "ordering_status.max_message_age",
                format: "seconds"
            },
            {
                label: qsTr("Ready for delivery"),
                path: "ordering_status.deliverable_messages_count",
                format: "count"
            },
            {
                label: qsTr("Window"),
                path: "ordering_status.window",
                format: "seconds",
                tip: qsTr("How long a message waits for earlier ones")
            },
            {
                label: qsTr("Watermark"),
                path: "ordering_status.watermark",
                format: "time",
                tip: qsTr("What is older than this has been delivered")
            },
            {
                label: qsTr("Buffered in all"),
                path: "ordering_status.messages_buffered",
                format: "count"
            },
            {
                label: qsTr("Delivered"),
                path: "ordering_status.messages_delivered",
                format: "count"
            },
            {
                label: qsTr("Remembered as delivered"),
                path: "ordering_status.delivered_tracking_size",
                format: "count"
            },
            {
                label: qsTr("Reordered"),
                path: "ordering_status.messages_reordered",
                format: "count",
                tip: qsTr("Put before a message that had arrived earlier")
            },
            {
                label: qsTr("Share reordered"),
                path: "ordering_status.reorder_rate",
                format: "percent"
            },
            {
                label: qsTr("Late"),
                path: "ordering_status.messages_late",
                format: "count",
                tip: qsTr("Arrived after their time had been delivered")
            },
            {
                label: qsTr("Dropped"),
                path: "ordering_status.messages_dropped",
                format: "count"
            }
        ]
    }
    CurlLine {
        text: status.curl
    }
    Divider {
    }
    Label {
        Layout.fillWidth: true
        kind: "faint"
        text: root.answers === 0 ? "" : qsTr("Nothing has passed the window and waits; what is ready would be listed here.")
        visible: root.sample.length === 0 && root.delivered.length === 0 && force.error === ""
        wrapMode: Text.WordWrap
    }
    MessageLines {
        Layout.fillWidth: true
        messages: root.sample
        title: qsTr("Ready, the first of them")
        visible: root.sample.length > 0
    }
    Notice {
        Layout.fillWidth: true
        severity: "critical"
        text: force.error
        visible: text !== ""
    }
    Notice {
        Layout.fillWidth: true
        severity: "good"
        text: root.forced.message ?? ""
        visible: force.ok && text !== ""
    }
    MessageLines {
        Layout.fillWidth: true
        messages: root.delivered.slice(0, 8)
        more: root.delivered.length - 8
        title: qsTr("Delivered by it")
        visible: root.delivered.length > 0
    }
    CurlLine {
        text: force.curl
    }
}
