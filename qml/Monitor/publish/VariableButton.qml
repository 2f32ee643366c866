// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens the list of variables; the one that is picked goes into the payload.
import QtQuick
import Dsmsg.Model
import Dsmsg.Ui

IconButton {
    id: root

    required property MessageForm form

    signal chosen(string text)

    checked: popover.visible
    iconName: "braces"
    iconSize: Theme.iconSmall + 2
    text: qsTr("Variables")

    onClicked: popover.open()

    Popover {
        id: popover

        width: Theme.drawer
        x: root.width - width
        y: root.height + Theme.s1

        contentItem: VariableList {
            form: root.form

            onChosen: text => {
                popover.close();
                root.chosen(text);
            }
        }
    }
}
