// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages, one over the other; the open one is visible. A page is made when it is first opened and then kept,
// with what was typed into it and where it was scrolled to; whatever costs time watches its own `visible`.
// While there is no cluster to show, the welcome or what is wrong stands in the page's place.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model

FocusScope {
    id: root

    required property Session session
    required property Shell shell
    required property Pages pages

    readonly property ClusterMonitor cluster: root.session.cluster
    readonly property bool needsCluster: root.pages.entry(root.shell.page).needsCluster
    readonly property bool welcoming: root.needsCluster && root.cluster.state === ClusterMonitor.NotConnected
    readonly property bool inTrouble: root.needsCluster && !root.welcoming && !root.cluster.connected && !root.mends
    /// Who has killed every node of the local cluster starts them again where that was done.
    readonly property bool mends: root.session.embedded.running && root.shell.page === "faults"
    readonly property bool pageShown: !root.welcoming && !root.inTrouble
    /// What is shown in the middle, for tests; null while it is made.
    readonly property Item shownItem: {
        if (!root.pageShown)
            return instead.item as Item;
        for (let row = 0; row < loaders.count; ++row) {
            const loader = loaders.itemAt(row) as Loader;
            if (loader && loader.open)
                return loader.item as Item;
        }
        return null;
    }

    Repeater {
        id: loaders

        model: root.pages.list

        delegate: Loader {
            id: host

            required property PageEntry modelData
            readonly property bool open: root.pageShown && root.shell.page === host.modelData.name

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

    // What stands in the page's place.
    Loader {
        id: instead

        readonly property string file: root.welcoming ? "welcome/WelcomePage.qml" : root.inTrouble ? "window/StateView.qml" : ""

        function fill() {
            instead.setSource(instead.file === "" ? "" : Qt.resolvedUrl(instead.file), {
                session: root.session,
                shell: root.shell
            });
        }

        anchors.fill: parent
        visible: instead.file !== ""
        focus: instead.visible
        onFileChanged: instead.fill()
        Component.onCompleted: instead.fill()
    }
}
