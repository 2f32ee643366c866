// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where one page stands. It is made when it is first opened, and kept. While it is not open it is out of the window:
// what changes on it then repaints nothing.
import QtQuick
import Dsmsg.Model

FocusScope {
    id: root

    required property Session session
    required property Shell shell
    required property string file
    required property bool open
    /// Null while it is made.
    readonly property Item page: host.item as Item

    function show() {
        host.parent = root.open ? root : null;
        if (root.open && host.status === Loader.Null)
            host.setSource(Qt.resolvedUrl(root.file), {
                session: root.session,
                shell: root.shell
            });
    }

    visible: root.open
    enabled: root.open
    onOpenChanged: root.show()
    Component.onCompleted: root.show()

    Loader {
        id: host

        width: root.width
        height: root.height
        visible: root.open
        focus: true
    }
}
