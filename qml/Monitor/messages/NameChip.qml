// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sender or the recipient that is asked for: typed, or chosen from those that are in the list.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

FilterChip {
    id: root

    required property MessageBrowser browser
    property bool recipients: false
    property list<string> suggestions

    signal applied(string name)

    function take(name: string): void {
        root.panel.close();
        root.applied(name.trim());
    }

    onClicked: {
        root.suggestions = root.recipients ? root.browser.rows.recipients() : root.browser.rows.senders();
        field.text = root.value;
        field.focusInput();
    }
    onCleared: root.applied("")

    Field {
        id: field

        Layout.fillWidth: true
        hint: qsTr("Exactly this name. Empty for any.")
        label: root.label

        onAccepted: root.take(field.text)
    }
    Rows {
        id: rows

        spacing: Theme.s2
        visible: root.suggestions.length > 0

        Repeater {
            model: root.suggestions

            ActionButton {
                required property string modelData

                width: rows.width
                iconName: "user"
                kind: "quiet"
                text: modelData

                onClicked: root.take(modelData)
            }
        }
    }
}
