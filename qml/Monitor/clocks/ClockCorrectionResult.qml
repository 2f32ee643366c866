// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one node made of a timestamp.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property NodeState node
    required property ApiCall call

    readonly property string error: root.call?.error ?? ""

    spacing: 0
    visible: correction.valid || root.error !== ""

    Correction {
        id: correction

        answer: root.call?.answer ?? {}
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Label {
            kind: "strong"
            text: root.node?.name ?? ""
        }
        Label {
            Layout.fillWidth: true
            color: root.error !== "" ? Theme.critical : Theme.text
            maximumLineCount: 2
            text: root.error !== "" ? root.error : correction.text
            wrapMode: Text.WordWrap
        }
        Tag {
            text: correction.method
            visible: correction.valid
        }
        Tag {
            iconName: correction.verified ? "shield-check" : "circle-help"
            severity: correction.verified ? "good" : ""
            text: correction.verified ? qsTr("clock known") : qsTr("clock not known")
            visible: correction.valid
        }
    }
    Label {
        Layout.fillWidth: true
        Layout.topMargin: Theme.s1
        color: Theme.textDim
        font: Theme.smallFigure
        text: correction.original.toFixed(6) + " → " + correction.corrected.toFixed(6)
        visible: correction.valid
    }
    ClockCorrectionBand {
        Layout.fillWidth: true
        correction: correction
        visible: correction.valid
    }
}
