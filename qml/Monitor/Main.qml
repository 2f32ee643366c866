// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window: the rail, the top bar, the open page, the drawer, and what opens over them.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ApplicationWindow {
    id: root

    required property Session session
    // From the command line
    property string firstPage: ""
    property size wantedSize: Qt.size(0, 0)

    readonly property Pages pages: Pages {}
    readonly property Shell shell: Shell {
        page: root.pages.entry(root.firstPage || root.session.settings.page).name
        onPageChanged: root.session.settings.page = page
        onConfirmationWanted: question => confirmation.ask(question)
        onNoticeWanted: (text, severity) => notices.show(text, severity)
        onConnectWanted: row => connecting.openFor(row)
    }
    readonly property Commands commands: Commands {
        session: root.session
        shell: root.shell
        pages: root.pages
        onHelpWanted: help.open()
        onQuitWanted: root.close()
    }
    readonly property WindowPlace place: WindowPlace {
        window: root
        settings: root.session.settings
        wantedSize: root.wantedSize
    }
    /// For tests: what is shown in the middle.
    readonly property Item shownPage: host.shownItem

    /// There is room for the drawer beside the page, for which the rail gives its words.
    readonly property bool wide: root.width >= Theme.railNarrow + Theme.page + Theme.drawer
    /// Minimised or hidden, nothing in the window works or repaints.
    readonly property bool inView: root.visible && root.visibility !== Window.Minimized

    /// There is room for the rail's words.
    readonly property bool roomy: root.width >= (drawer.open && root.wide ? Theme.rail + Theme.page + Theme.drawer : Theme.roomy)

    width: 1280
    height: 800
    minimumWidth: 640
    minimumHeight: 480
    title: root.session.clusterName !== "" ? qsTr("%1 – dsmsg").arg(root.session.clusterName) : qsTr("dsmsg")
    color: Theme.window

    Component.onCompleted: {
        root.place.place();
        root.visibility = root.session.settings.maximized && !root.place.given ? Window.Maximized : Window.Windowed;
    }
    onClosing: event => {
        root.place.keep();
        closing.decide(event);
    }

    Binding {
        target: root.session.cluster
        property: "sparing"
        value: !root.inView
    }

    Binding {
        target: Theme
        property: "scheme"
        value: root.session.appearance.scheme
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.session.appearance.reducedMotion
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.session.settings.textScale
    }

    WindowKeys {
        session: root.session
        shell: root.shell
        pages: root.pages
        onPaletteWanted: palette.open()
        onHelpWanted: help.open()
        onQuitWanted: root.close()
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.inView

        Rail {
            Layout.fillHeight: true
            shell: root.shell
            pages: root.pages
            narrow: !root.roomy
        }

        ColumnLayout {
            spacing: 0

            TopBar {
                Layout.fillWidth: true
                session: root.session
                shell: root.shell
                narrow: !root.roomy
                onPaletteWanted: palette.open()
            }

            StateBanner {
                Layout.fillWidth: true
                session: root.session
                shell: root.shell
            }

            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                PageHost {
                    id: host

                    anchors.fill: parent
                    anchors.rightMargin: drawer.visible && root.wide ? drawer.width : 0
                    session: root.session
                    shell: root.shell
                    pages: root.pages
                    focus: true
                }

                DrawerHost {
                    id: drawer

                    anchors.top: parent.top
                    anchors.bottom: parent.bottom
                    anchors.right: parent.right
                    width: Math.min(implicitWidth, parent.width)
                    session: root.session
                    shell: root.shell
                }
            }
        }
    }

    TourPanel {
        anchors.bottom: parent.bottom
        anchors.margins: Theme.s4
        anchors.right: parent.right
        session: root.session
        shell: root.shell
    }

    Toast {
        id: notices

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.s5
        anchors.horizontalCenter: parent.horizontalCenter
    }

    CommandPalette {
        id: palette

        parent: Overlay.overlay
        source: root.commands
    }

    KeyboardHelp {
        id: help

        parent: Overlay.overlay
        pages: root.pages
    }

    ConnectDialog {
        id: connecting

        parent: Overlay.overlay
        session: root.session
        shell: root.shell
    }

    ConfirmHost {
        id: confirmation
    }

    ClosingHost {
        id: closing

        session: root.session
        window: root
    }
}
