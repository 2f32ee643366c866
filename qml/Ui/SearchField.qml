// SPDX-License-Identifier: GPL-3.0-or-later
//
// A field that filters: `searched` comes a moment after the last key, so that a list is not filtered for
// every letter.
import QtQuick

Field {
    id: root

    /// The text, once the person has stopped typing.
    signal searched(string text)

    clearable: true
    iconName: "search"
    placeholder: qsTr("Search")

    onAccepted: {
        pause.stop();
        root.searched(root.text);
    }
    onEdited: pause.restart()

    Timer {
        id: pause

        interval: 200

        onTriggered: root.searched(root.text)
    }
}
