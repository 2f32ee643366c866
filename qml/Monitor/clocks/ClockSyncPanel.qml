// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compares the clocks now instead of at the next second, on one node or on all, and shows what each found.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    /// The one node that compares; null: all.
    property NodeState only: null

    property bool asked: false

    curl: sync.curl
    hint: root.only ? qsTr("%1 asks its peers").arg(root.only.name) : ""
    iconName: "refresh-cw"
    title: qsTr("Synchronise now")

    actions: ActionButton {
        busy: sync.busy
        enabled: !sync.busy && sync.count > 0
        iconName: "refresh-cw"
        text: qsTr("Synchronise")

        onClicked: {
            root.asked = true;
            sync.run();
        }
    }

    EachNode {
        id: sync

        cluster: root.session.cluster
        method: "POST"
        only: root.only
        path: "/time/sync"
    }
    Label {
        Layout.fillWidth: true
        kind: "dim"
        text: qsTr("The nodes compare their clocks each second by themselves. This does it at once, and says with whom it worked.")
        visible: !root.asked
        wrapMode: Text.WordWrap
    }
    Rows {
        id: lines

        spacing: Theme.s2
        visible: root.asked

        Repeater {
            model: sync

            RowLayout {
                id: line

                required property NodeState node
                required property ApiCall call

                readonly property var got: line.call?.answer ?? {}
                readonly property var found: line.got.sync_status ?? {}
                readonly property string error: line.call?.error ?? ""
                readonly property bool inPart: line.call?.status === 206
                readonly property string severity: line.error !== "" ? "critical" : line.inPart ? "warning" : "good"

                spacing: Theme.s2
                width: lines.width

                BusyDot {
                    running: visible
                    size: Theme.iconSmall
                    visible: line.call?.busy ?? false
                }
                Icon {
                    color: Theme.severity(line.severity)
                    name: Theme.severityIcon(line.severity)
                    size: Theme.iconSmall
                    visible: !(line.call?.busy ?? false)
                }
                Label {
                    kind: "strong"
                    text: line.node?.name ?? ""
                }
                Label {
                    Layout.fillWidth: true
                    color: line.severity === "good" ? Theme.textDim : Theme.severity(line.severity)
                    maximumLineCount: 2
                    text: line.error !== "" ? line.error : (line.got.message ?? "")
                    wrapMode: Text.WordWrap
                }
                Label {
                    kind: "figure"
                    text: Format.signedMs((line.found.clock_offset ?? NaN) * 1000) + " ± " + Format.ms((line.found.sync_accuracy ?? NaN) * 1000)
                    visible: line.call?.ok ?? false

                    HoverTip {
                        shown: over.hovered
                        text: qsTr("Drift %1. It took %2.").arg(Format.ppm(line.found.drift_rate ?? NaN)).arg(Format.ms(line.call?.elapsedMs ?? NaN))
                    }
                    HoverHandler {
                        id: over
                    }
                }
            }
        }
    }
}
