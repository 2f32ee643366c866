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
        for (let row = 0; row < places.count; ++row) {
            const place = places.itemAt(row) as PagePlace;
            if (place && place.open)
                return place.page;
        }
        return null;
    }

    Repeater {
        id: places

        model: root.pages.list

        delegate: PagePlace {
            id: place

            required property PageEntry modelData

            anchors.fill: parent
            file: place.modelData.file
            focus: place.open
            open: root.pageShown && root.shell.page === place.modelData.name
            session: root.session
            shell: root.shell
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
