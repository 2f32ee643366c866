// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Dsmsg.Ui

Item {
    id: root

    height: 600
    width: 600

    Column {
        spacing: 8
        width: 400

        ActionButton {
            id: button

            text: "Send"
        }
        IconButton {
            id: icon

            iconName: "copy"
            text: "Copy"
        }
        Field {
            id: field

            clearable: true
            label: "Recipient"
            width: 300
        }
        NumberField {
            id: number

            from: 1
            label: "Rate"
            to: 100
            value: 10
            width: 300
        }
        Segmented {
            id: segmented

            model: ["a", "b", "c"]
            name: "Choice"
        }
        SwitchRow {
            id: toggle

            text: "On"
        }
        SelectField {
            id: select

            label: "Node"
            model: ["n1", "n2", "n3"]
            width: 200
        }
        SearchField {
            id: search

            width: 200
        }
        CurlLine {
            id: curl

            text: "curl -s http://127.0.0.1:8000/status"
            width: 300
        }
        Chart {
            id: chart

            cursor: ChartCursor {
                id: cursor
            }
            height: 160
            name: "Load"
            series: [line]
            width: 400
        }
    }
    ChartSeries {
        id: line

        name: "messages"
    }
    ConfirmDialog {
        id: dialog

        actionText: "Kill"
        danger: true
        title: "Kill n1?"
    }
    SignalSpy {
        id: clicked

        signalName: "clicked"
        target: button
    }
    SignalSpy {
        id: chosen

        signalName: "activated"
        target: segmented
    }
    SignalSpy {
        id: edited

        signalName: "valueEdited"
        target: number
    }
    SignalSpy {
        id: searched

        signalName: "searched"
        target: search
    }
    SignalSpy {
        id: accepted

        signalName: "accepted"
        target: dialog
    }
    SignalSpy {
        id: rejected

        signalName: "rejected"
        target: dialog
    }
    TestCase {
        function init() {
            for (const spy of [clicked, chosen, edited, searched, accepted, rejected])
                spy.clear();
        }

        function test_buttonTakesSpaceAndReturn() {
            button.forceActiveFocus(Qt.TabFocusReason);
            verify(button.visualFocus);
            keyClick(Qt.Key_Space);
            keyClick(Qt.Key_Return);
            compare(clicked.count, 2);
            button.enabled = false;
            mouseClick(button);
            compare(clicked.count, 2);
            button.enabled = true;
        }

        function test_iconButtonHasAName() {
            compare(icon.Accessible.name, "Copy");
            compare(icon.Accessible.role, Accessible.Button);
        }

        function test_fieldSaysWhatIsWrong() {
            field.error = "There is no such node.";
            compare(field.input.Accessible.description, "There is no such node.");
            compare(field.input.Accessible.name, "Recipient");
            field.error = "";
        }

        function test_numberStaysWithinItsEnds() {
            number.focusInput();
            keyClick(Qt.Key_5);
            compare(number.value, 5);
            keyClick(Qt.Key_0);
            keyClick(Qt.Key_0);
            compare(number.value, 50);
            verify(number.error !== "");
            compare(edited.count, 2);
            keyClick(Qt.Key_Backspace);
            compare(number.error, "");
            keyClick(Qt.Key_Up);
            compare(number.value, 51);
            compare(number.text, "51");
        }

        function test_arrowsChoose() {
            segmented.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(segmented.currentIndex, 1);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Right);
            compare(segmented.currentIndex, 2);
            compare(chosen.count, 2);
            keyClick(Qt.Key_Left);
            compare(segmented.currentIndex, 1);
        }

        function test_switchTurns() {
            mouseClick(toggle);
            verify(toggle.checked);
            toggle.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            verify(!toggle.checked);
        }

        function test_selectByKeyboard() {
            select.box.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            compare(select.currentText, "n2");
            compare(select.box.Accessible.name, "Node");
        }

        function test_searchWaitsForThePerson() {
            search.focusInput();
            keyClick(Qt.Key_A);
            keyClick(Qt.Key_B);
            compare(searched.count, 0);
            tryCompare(searched, "count", 1);
            compare(searched.signalArguments[0][0], "ab");
        }

        function test_curlIsCopied() {
            curl.copy();
            compare(Clipboard.text(), curl.text);
            verify(curl.copied);
        }

        function test_closingADialogMeansNo() {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Escape);
            tryCompare(rejected, "count", 1);
            compare(accepted.count, 0);
        }

        function test_aDialogThatIsAccepted() {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Space);
            tryCompare(accepted, "count", 1);
            compare(rejected.count, 0);
        }

        function test_chartByKeyboard() {
            cursor.now = 1000;
            line.append(990, 4);
            line.append(1000, 8);
            chart.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            verify(cursor.hovering);
            const span = cursor.to - cursor.from;
            keyClick(Qt.Key_Plus);
            verify(cursor.to - cursor.from < span);
            keyClick(Qt.Key_End);
            compare(cursor.to - cursor.from, span);
            verify(cursor.live);
            tryVerify(() => chart.summary.indexOf("8") >= 0);
            keyClick(Qt.Key_Escape);
            verify(!cursor.hovering);
        }

        function test_chartByPointer() {
            cursor.now = 2000;
            cursor.reset();
            const span = cursor.to - cursor.from;
            mouseWheel(chart, 200, 60, 0, 120);
            verify(cursor.to - cursor.from < span);
            mouseClick(chart, 200, 60);
            verify(chart.activeFocus);
            keyClick(Qt.Key_End);
            compare(cursor.to - cursor.from, span);
            mouseMove(chart, 210, 60);
            verify(cursor.hovering);
        }

        name: "Controls"
        when: windowShown
    }
}
