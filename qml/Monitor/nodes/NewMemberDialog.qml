// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes one more node into the cluster. It must already run, started with --join.
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

T.Popup {
    id: root

    required property Session session
    required property Shell shell

    anchors.centerIn: T.Overlay.overlay
    closePolicy: T.Popup.CloseOnEscape
    dim: true
    focus: true
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    modal: true
    padding: Theme.s5
    width: Math.min(Theme.drawer + Theme.s6 * 3, (parent ? parent.width : Theme.drawer) - 2 * Theme.s5)

    onAboutToShow: (root.contentItem as NewMemberForm).begin()

    T.Overlay.modal: Rectangle {
        color: Theme.shade
    }
    background: Rectangle {
        border.color: Theme.scheme === Theme.Light ? Theme.border : Theme.borderStrong
        border.width: Theme.line
        color: Theme.raised
        radius: Theme.radius
    }
    contentItem: NewMemberForm {
        session: root.session
        shell: root.shell

        onDone: root.close()
    }
}
