// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Panel {
    id: root

    required property Session session

    readonly property Settings settings: root.session.settings
    readonly property bool hasTray: root.session.tray.available

    title: qsTr("Behaviour")

    SwitchRow {
        Layout.fillWidth: true
        text: qsTr("Refresh by itself")
        hint: qsTr("Off: what you see stands still until you press F5.")
        checked: root.settings.autoRefresh
        onToggled: root.settings.autoRefresh = checked
    }

    SwitchRow {
        Layout.fillWidth: true
        text: qsTr("Connect to the last cluster at the start")
        checked: root.settings.reconnect
        onToggled: root.settings.reconnect = checked
    }

    SwitchRow {
        Layout.fillWidth: true
        text: qsTr("Notify when a leader or the quorum is lost")
        hint: qsTr("Only while the window is not in front.")
        checked: root.settings.notifications
        onToggled: root.settings.notifications = checked
    }

    SettingRow {
        title: qsTr("Closing with an embedded cluster")
        text: root.hasTray ? "" : qsTr("This desktop shows no tray, so nothing can go on behind it.")

        Segmented {
            name: qsTr("Closing with an embedded cluster")
            model: root.hasTray ? [qsTr("Ask"), qsTr("Stop it"), qsTr("Let it run")] : [qsTr("Ask"), qsTr("Stop it")]
            currentIndex: !root.hasTray && root.settings.closing === Settings.HideOnClose ? Settings.AskOnClose : root.settings.closing
            onActivated: index => root.settings.closing = index
        }
    }
}
