// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages, one over the other; the open one is visible. A page is made when it is first opened and then kept,
// with what was typed into it and where it was scrolled to; whatever costs time watches its own `visible`.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model

Item {
    id: root

    required property Session session
    required property Shell shell
    required property Pages pages

    /// Whether the open page is ready to be looked at.
    readonly property bool settled: {
        for (let row = 0; row < loaders.count; ++row) {
            const loader = loaders.itemAt(row) as Loader;
            if (loader && loader.visible)
                return loader.status === Loader.Ready;
        }
        return false;
    }

    Repeater {
        id: loaders

        model: root.pages.list

        delegate: Loader {
            id: host

            required property PageEntry modelData
            readonly property bool open: root.shell.page === host.modelData.name

            function fill() {
                if (host.open && host.status === Loader.Null)
                    host.setSource(Qt.resolvedUrl(host.modelData.file), {
                        session: root.session,
                        shell: root.shell
                    });
            }

            anchors.fill: parent
            visible: host.open
            enabled: host.open
            focus: host.open
            onOpenChanged: host.fill()
            Component.onCompleted: host.fill()
        }
    }
}
