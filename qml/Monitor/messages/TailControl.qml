// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether the list follows what comes. Its words say how it is, its sign what a click does.
import QtQuick
import Dsmsg.Model
import Dsmsg.Ui

ActionButton {
    id: root

    required property MessageBrowser browser

    enabled: root.browser.node !== null
    iconName: root.browser.live ? "pause" : "play"
    kind: root.browser.live ? "plain" : "primary"
    text: root.browser.live ? qsTr("Live") : root.browser.newCount > 0 ? qsTr("Paused · %1 new").arg(Format.count(root.browser.newCount)) : qsTr("Paused")
    tip: root.browser.live ? qsTr("Hold the list still (Space)") : qsTr("Go to the newest and follow (Space)")

    onClicked: {
        if (root.browser.live)
            root.browser.pause();
        else
            root.browser.resume();
    }
}
