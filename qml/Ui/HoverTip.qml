// SPDX-License-Identifier: GPL-3.0-or-later
//
// A word about what the pointer or the keyboard is on. The popup is made when it is first shown, by its
// address: Qt 6.4 makes no bound component in a loader of another file.
import QtQuick

Item {
    id: root

    property string text
    property bool shown: false

    readonly property bool wanted: root.shown && root.text !== ""

    anchors.fill: parent
    onWantedChanged: {
        if (root.wanted && bubble.status === Loader.Null)
            bubble.setSource(Qt.resolvedUrl("TipBubble.qml"), {
                tip: root
            });
    }

    Loader {
        id: bubble

        anchors.fill: parent
    }
}
