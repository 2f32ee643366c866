// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the nodes count about their clocks and corrections, and how to begin counting anew.
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

    iconName: "chart-line"
    title: qsTr("Statistics of time")

    actions: [
        ActionButton {
            busy: reset.busy
            enabled: !reset.busy && reset.count > 0
            iconName: "rotate-ccw"
            text: qsTr("Begin anew")
            tip: qsTr("The statistics start from nothing; cluster time is not touched")

            onClicked: reset.run()
        }
    ]

    EachNode {
        id: stats

        active: root.active
        cluster: root.session.cluster
        only: root.only
        path: "/time/stats"
        repeatMs: 3000
    }
    EachNode {
        id: reset

        cluster: root.session.cluster
        method: "POST"
        only: root.only
        path: "/time/reset"

        onAnswered: {
            let failed = "";
            for (let i = 0; i < reset.count; ++i)
                failed = failed || reset.at(i).error;
            if (failed === "" && !reset.at(0)?.ok)
                return;
            root.shell.noticeWanted(failed === "" ? qsTr("The statistics start anew. Cluster time is not touched.") : failed, failed === "" ? "good" : "critical");
            stats.run();
        }
    }
    FieldGrid {
        Layout.fillWidth: true
        each: stats
        fields: [
            {
                label: qsTr("Synchronised"),
                path: "statistics.synchronization.is_synchronized",
                format: "yesNo"
            },
            {
                label: qsTr("Attempts"),
                path: "statistics.synchronization.attempts",
                format: "count"
            },
            {
                label: qsTr("Successful"),
                path: "statistics.synchronization.success_rate",
                format: "percent"
            },
            {
                label: qsTr("Offset"),
                path: "statistics.synchronization.current_offset",
                format: "signedSecondsAsMs"
            },
            {
                label: qsTr("Accuracy"),
                path: "statistics.synchronization.accuracy",
                format: "secondsAsMs"
            },
            {
                label: qsTr("Skew"),
                path: "statistics.clock_skew.current_skew",
                format: "signedSecondsAsMs"
            },
            {
                label: qsTr("Deviation of the skew"),
                path: "statistics.clock_skew.std_deviation",
                format: "secondsAsMs"
            },
            {
                label: qsTr("Drift"),
                path: "statistics.clock_skew.drift_rate",
                format: "ppm"
            },
            {
                label: qsTr("Skew acceptable"),
                path: "statistics.clock_skew.acceptable",
                format: "yesNo"
            },
            {
                label: qsTr("Corrections"),
                path: "statistics.timestamp_correction.corrections_applied",
                format: "count"
            },
            {
                label: qsTr("Correction, mean"),
                path: "statistics.timestamp_correction.average_magnitude",
                format: "secondsAsMs"
            },
            {
                label: qsTr("Correction, greatest"),
                path: "statistics.timestamp_correction.max_magnitude",
                format: "secondsAsMs"
            },
            {
                label: qsTr("Method"),
                path: "statistics.timestamp_correction.method",
                format: "text"
            }
        ]
    }
    CurlLine {
        text: stats.curl
    }
    CurlLine {
        text: reset.curl
    }
}
