// SPDX-License-Identifier: GPL-3.0-or-later
//
// A number with its unit. Typed or stepped with the arrow keys and the wheel; what lies outside of from and
// to is said at once and never becomes the value.
import QtQuick
import Dsmsg.Ui

Field {
    id: root

    property double value: 0
    property double from: 0
    property double to: 1e9
    property double step: 1
    property int decimals: 0

    /// The person chose another value.
    signal valueEdited(double value)

    function show(): void {
        root.text = Number(root.value).toFixed(root.decimals);
    }

    function choose(value: double): void {
        const bounded = Math.min(root.to, Math.max(root.from, value));
        root.error = "";
        if (bounded !== root.value) {
            root.value = bounded;
            root.valueEdited(bounded);
        }
        root.show();
    }

    function read(): void {
        const typed = Number(root.text.replace(",", "."));
        if (root.text.trim() === "" || isNaN(typed)) {
            root.error = qsTr("A number, please.");
            return;
        }
        if (typed < root.from || typed > root.to) {
            root.error = qsTr("Between %1 and %2.").arg(Format.sparse(root.from)).arg(Format.sparse(root.to));
            return;
        }
        root.error = "";
        if (typed !== root.value) {
            root.value = typed;
            root.valueEdited(typed);
        }
    }

    inputMethodHints: Qt.ImhFormattedNumbersOnly

    Component.onCompleted: root.show()
    Keys.onDownPressed: root.choose(root.value - root.step)
    Keys.onUpPressed: root.choose(root.value + root.step)
    onEdited: root.read()
    onValueChanged: {
        if (!root.input.activeFocus || Number(root.text.replace(",", ".")) !== root.value)
            root.show();
    }

    Connections {
        function onEditingFinished() {
            if (root.error === "")
                root.show();
        }

        target: root.input
    }
}
