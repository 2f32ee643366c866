// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node would make of a timestamp: the corrected one, and between which bounds it lies.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    property NodeState only: null

    readonly property real typed: Number(field.text)
    readonly property bool typedWell: field.text.trim() !== "" && !isNaN(root.typed) && root.typed > 0

    iconName: "wand-sparkles"
    title: qsTr("Correct a timestamp")

    EachNode {
        id: correct

        body: root.typedWell ? ({
                timestamp: root.typed
            }) : ({
                timestamp: 0
            })
        cluster: root.session.cluster
        method: "POST"
        only: root.only
        path: "/time/correct"
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Field {
            id: field

            Layout.fillWidth: true
            error: field.text !== "" && !root.typedWell ? qsTr("Seconds since 1970, such as 1795411665.77.") : ""
            hint: root.typedWell ? Format.dateTime(root.typed) : qsTr("Seconds since 1970. At most a minute old.")
            mono: true
            name: qsTr("Timestamp")
            placeholder: qsTr("Timestamp")

            onAccepted: {
                if (root.typedWell)
                    correct.run();
            }
        }
        ActionButton {
            Layout.alignment: Qt.AlignTop
            text: qsTr("Now")
            tip: qsTr("The time of this machine's clock")

            onClicked: field.text = (Date.now() / 1000).toFixed(3)
        }
        ActionButton {
            Layout.alignment: Qt.AlignTop
            busy: correct.busy
            enabled: root.typedWell && !correct.busy && correct.count > 0
            iconName: "wand-sparkles"
            text: qsTr("Correct")

            onClicked: correct.run()
        }
    }
    Repeater {
        model: correct

        ColumnLayout {
            id: result

            required property NodeState node
            required property ApiCall call

            readonly property var got: result.call.answer
            readonly property var info: result.got.correction_info ?? {}
            readonly property var accuracy: result.got.estimated_accuracy ?? {}

            Layout.fillWidth: true
            spacing: Theme.s1
            visible: result.call.status !== 0 || result.call.error !== ""

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s2

                Label {
                    kind: "strong"
                    text: result.node?.name ?? ""
                }
                Label {
                    Layout.fillWidth: true
                    color: result.call.error !== "" ? Theme.critical : Theme.text
                    kind: "figure"
                    maximumLineCount: 2
                    text: result.call.error !== "" ? result.call.error : qsTr("%1, moved by %2").arg(Format.timeMs(result.got.corrected_timestamp ?? NaN)).arg(Format.signedMs((result.info.applied_offset ?? NaN) * 1000))
                    wrapMode: Text.WordWrap
                }
                Tag {
                    text: result.info.method ?? ""
                    visible: text !== ""
                }
                Tag {
                    severity: text === "verified" ? "good" : ""
                    text: result.got.client_clock ?? ""
                    visible: text !== ""
                }
            }
            CorrectionBand {
                Layout.fillWidth: true
                corrected: result.got.corrected_timestamp ?? NaN
                lower: result.accuracy.lower_bound ?? NaN
                original: result.got.original_timestamp ?? NaN
                upper: result.accuracy.upper_bound ?? NaN
                visible: result.call.ok
            }
        }
    }
    CurlLine {
        text: correct.curl
    }
}
