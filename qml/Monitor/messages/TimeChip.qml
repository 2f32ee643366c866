// SPDX-License-Identifier: GPL-3.0-or-later
//
// From when to when: typed as a person writes times, or one of the usual lengths.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

FilterChip {
    id: root

    required property MessageBrowser browser
    readonly property bool hasFrom: !isNaN(root.browser.fromTs)
    readonly property bool hasTo: !isNaN(root.browser.toTs)

    function apply(from: string, to: string): void {
        const problem = root.browser.apply({
            from: from,
            to: to
        });
        until.error = problem;
        if (problem === "")
            root.panel.close();
    }

    iconName: "clock"
    label: qsTr("Time")
    value: root.hasFrom && root.hasTo ? qsTr("%1 – %2").arg(Format.time(root.browser.fromTs)).arg(Format.time(root.browser.toTs)) : root.hasFrom ? qsTr("since %1").arg(Format.time(root.browser.fromTs)) : root.hasTo ? qsTr("until %1").arg(Format.time(root.browser.toTs)) : ""

    onClicked: {
        since.text = root.hasFrom ? Format.time(root.browser.fromTs) : "";
        until.text = root.hasTo ? Format.time(root.browser.toTs) : "";
        until.error = "";
        since.focusInput();
    }
    onCleared: root.apply("", "")

    Field {
        id: since

        Layout.fillWidth: true
        label: qsTr("From")
        placeholder: qsTr("14:03, 5 min ago, 2026-03-01")

        onAccepted: root.apply(since.text, until.text)
    }
    Field {
        id: until

        Layout.fillWidth: true
        hint: qsTr("Corrected time. Nothing new is shown while there is an end.")
        label: qsTr("To")
        placeholder: qsTr("now")

        onAccepted: root.apply(since.text, until.text)
    }
    Row {
        spacing: Theme.s1

        Repeater {
            model: [
                {
                    text: qsTr("1 min"),
                    from: "1 min ago"
                },
                {
                    text: qsTr("15 min"),
                    from: "15 min ago"
                },
                {
                    text: qsTr("1 h"),
                    from: "1 h ago"
                },
                {
                    text: qsTr("1 day"),
                    from: "1 d ago"
                }
            ]

            ActionButton {
                required property var modelData

                kind: "quiet"
                text: modelData.text

                onClicked: root.apply(modelData.from, "")
            }
        }
    }
    ActionButton {
        Layout.alignment: Qt.AlignRight
        kind: "primary"
        text: qsTr("Show")

        onClicked: root.apply(since.text, until.text)
    }
}
