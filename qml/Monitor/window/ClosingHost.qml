// SPDX-License-Identifier: GPL-3.0-or-later
//
// What closing the window does. With an embedded cluster running it asks once: stop the nodes, or let them go on
// behind a sign in the tray, where there is one.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Popover {
    id: root

    required property Session session
    required property Window window

    property bool decided: false

    function decide(event: var) {
        const embedded = root.session.embedded;
        if (root.decided || !(embedded.running || embedded.busy)) {
            Qt.quit();
            return;
        }
        event.accepted = false;
        if (root.session.settings.closing === Settings.HideOnClose && root.session.tray.available)
            root.hideWindow();
        else if (root.session.settings.closing === Settings.StopOnClose)
            root.stopAndClose();
        else
            root.open();
    }

    function remember(closing: int) {
        if (keepAnswer.checked)
            root.session.settings.closing = closing;
    }

    function hideWindow() {
        root.close();
        root.session.tray.shown = true;
        root.window.hide();
    }

    function showWindow() {
        root.session.tray.shown = false;
        root.window.show();
        root.window.raise();
        root.window.requestActivate();
    }

    /// The window goes at once; the nodes stop behind it, and the program ends with them.
    function stopAndClose() {
        root.decided = true;
        root.close();
        root.window.hide();
        root.session.tray.shown = false;
        root.session.embedded.stop();
        Qt.quit();
    }

    parent: Overlay.overlay
    modal: true
    padding: Theme.s5
    anchors.centerIn: parent
    width: Math.min(root.window.width - 2 * Theme.s6, Theme.drawer * 1.4)
    closePolicy: Popup.CloseOnEscape

    contentHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: Theme.s4

        Text {
            Layout.fillWidth: true
            text: qsTr("A cluster runs in this window")
            font: Theme.display
            color: Theme.text
            wrapMode: Text.WordWrap
        }

        Text {
            Layout.fillWidth: true
            text: root.session.tray.available ? qsTr("Its nodes end with the window, or go on behind a sign in the tray. Their messages are on disk and are there again the next time.") : qsTr("Its nodes end with the window. Their messages are on disk and are there again the next time.")
            font: Theme.body
            color: Theme.textDim
            wrapMode: Text.WordWrap
        }

        CheckRow {
            id: keepAnswer

            text: qsTr("Do not ask again")
        }

        RowLayout {
            spacing: Theme.s2

            Item {
                Layout.fillWidth: true
            }

            ActionButton {
                text: qsTr("Cancel")
                onClicked: root.close()
            }

            ActionButton {
                visible: root.session.tray.available
                text: qsTr("Let them run")
                onClicked: {
                    root.remember(Settings.HideOnClose);
                    root.hideWindow();
                }
            }

            ActionButton {
                kind: "primary"
                focus: true
                text: qsTr("Stop and close")
                onClicked: {
                    root.remember(Settings.StopOnClose);
                    root.stopAndClose();
                }
            }
        }
    }

    Connections {
        target: root.session.tray

        function onWindowWanted() {
            root.showWindow();
        }

        function onQuitWanted() {
            root.stopAndClose();
        }
    }
}
