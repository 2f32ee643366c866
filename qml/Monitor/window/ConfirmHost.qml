// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks what a page wants to have asked (Shell.confirmationWanted), and does what it said when the answer is yes.
import QtQuick
import Dsmsg.Ui

ConfirmDialog {
    id: root

    property var question: ({})

    function ask(question: var) {
        root.question = question;
        root.open();
    }

    title: root.question.title ?? ""
    text: root.question.text ?? ""
    detail: root.question.detail ?? ""
    actionText: root.question.action ?? qsTr("Go on")
    danger: root.question.danger ?? false
    curl: root.question.curl ?? ""
    onAccepted: {
        if (root.question.accept)
            root.question.accept();
    }
}
