// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import Dsmsg.Ui

Window {
    id: root

    property int scheme: Theme.Light

    color: Theme.window
    height: 900
    width: 1280

    Component.onCompleted: Theme.scheme = root.scheme

    Page {
        anchors.fill: parent
        subtitle: "Every control, so that one look tells whether they belong together."
        title: "Gallery"

        actions: [
            Segmented {
                model: ["60 s", "5 min", "15 min", {
                        "text": "24 h",
                        "iconName": "clock"
                    }]
                name: "Range"
            },
            IconButton {
                iconName: "refresh-cw"
                text: "Refresh"
            },
            ActionButton {
                iconName: "send"
                kind: "primary"
                text: "Send"
            }
        ]

        RowLayout {
            spacing: Theme.s4

            Panel {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 400
                curl: "curl -s -X POST http://127.0.0.1:8000/send -H 'Content-Type: application/json' -d '{\"a\":1}'"
                hint: "with all their states"
                iconName: "zap"
                title: "Controls"

                actions: IconButton {
                    iconName: "ellipsis"
                    text: "More"
                }

                RowLayout {
                    ActionButton {
                        iconName: "play"
                        text: "Start"
                    }
                    ActionButton {
                        busy: true
                        text: "Working"
                    }
                    ActionButton {
                        enabled: false
                        iconName: "x"
                        text: "Disabled"
                    }
                }
                RowLayout {
                    ActionButton {
                        iconName: "trash-2"
                        kind: "danger"
                        text: "Delete"
                    }
                    ActionButton {
                        highlighted: true
                        iconName: "power"
                        kind: "danger"
                        text: "Kill n1"
                    }
                    ActionButton {
                        kind: "quiet"
                        text: "Quiet"
                    }
                    KeyHint {
                        keys: "Ctrl+K"
                    }
                }
                RowLayout {
                    Field {
                        Layout.fillWidth: true
                        hint: "Who it is for."
                        label: "Recipient"
                        placeholder: "orders"
                    }
                    NumberField {
                        Layout.fillWidth: true
                        label: "Rate"
                        to: 10000
                        unit: "/s"
                        value: 250
                    }
                }
                RowLayout {
                    Field {
                        Layout.alignment: Qt.AlignTop
                        Layout.fillWidth: true
                        error: "There is no such node."
                        label: "Sender"
                        text: "n9"
                    }
                    SelectField {
                        Layout.alignment: Qt.AlignTop
                        Layout.fillWidth: true
                        label: "Node"
                        model: ["n1", "n2", "n3"]
                    }
                }
                SearchField {
                    Layout.fillWidth: true
                }
                RowLayout {
                    SwitchRow {
                        Layout.fillWidth: true
                        checked: true
                        hint: "Every 3.5 s where there is no stream."
                        text: "Refresh by itself"
                    }
                    SwitchRow {
                        text: "Off"
                    }
                }
                RowLayout {
                    CheckRow {
                        checked: true
                        text: "Checked"
                    }
                    CheckRow {
                        text: "Not checked"
                    }
                    CheckRow {
                        enabled: false
                        text: "Disabled"
                    }
                }
                TextBox {
                    Layout.fillWidth: true
                    label: "Payload"
                    lines: 3
                    text: "{\n  \"order\": 12\n}"
                }
            }
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 400
                spacing: Theme.s4

                Panel {
                    Layout.fillWidth: true
                    title: "Figures"

                    GridLayout {
                        columns: 2

                        Figure {
                            Layout.fillWidth: true
                            detail: "of 3 nodes"
                            label: "Acknowledged"
                            unit: "/s"
                            value: Format.count(12345)
                        }
                        Figure {
                            Layout.fillWidth: true
                            label: "p99"
                            severity: "warning"
                            unit: "ms"
                            value: "41.2"
                        }
                        Figure {
                            Layout.fillWidth: true
                            label: "Stale"
                            staleness: 2
                            value: "1204"
                        }
                        Figure {
                            Layout.fillWidth: true
                            label: "Last known"
                            staleness: 3
                            value: Format.dash()
                        }
                    }
                    Divider {
                    }
                    FactRow {
                        copyable: true
                        label: "Leader"
                        mono: true
                        value: "http://127.0.0.1:18002"
                    }
                    FactRow {
                        label: "Lag"
                        severity: "warning"
                        value: Format.count(1200)
                    }
                    Meter {
                        mark: 0.8
                        value: 0.6
                    }
                    ProgressLine {
                        value: 0.3
                    }
                }
                RowLayout {
                    Tag {
                        iconName: "crown"
                        severity: "good"
                        text: "Leader"
                    }
                    Tag {
                        severity: "warning"
                        text: "Candidate"
                    }
                    Tag {
                        severity: "critical"
                        text: "Down"
                    }
                    Tag {
                        severity: "info"
                        text: "Learner"
                    }
                    Tag {
                        text: "Follower"
                    }
                }
                Notice {
                    actionText: "Copy"
                    severity: "warning"
                    text: "These nodes were started without --fault-injection."
                }
                Notice {
                    closable: true
                    severity: "critical"
                    text: "No leader for 3 s: n2 and n3 cannot reach each other."
                }
                EmptyState {
                    actionIcon: "send"
                    actionText: "Send one"
                    iconName: "messages-square"
                    text: "What is sent to this cluster shows here as it happens."
                    title: "No messages yet"
                }
                Toast {
                    Component.onCompleted: show("n2 leads term 5.", "good")
                }
            }
        }
    }
}
