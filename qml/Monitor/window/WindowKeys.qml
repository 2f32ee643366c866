// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys of the window.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor

Item {
    id: root

    required property Session session
    required property Shell shell
    required property Pages pages

    signal paletteWanted
    signal helpWanted
    signal quitWanted

    function nextTheme() {
        const settings = root.session.settings;
        const order = [Settings.LightTheme, Settings.DarkTheme, Settings.ContrastTheme];
        settings.theme = order[(root.session.appearance.scheme + 1) % order.length];
    }

    Instantiator {
        model: root.pages.list

        delegate: Shortcut {
            required property PageEntry modelData

            sequence: modelData.keys
            onActivated: root.shell.goTo(modelData.name, {})
        }
    }

    Shortcut {
        sequences: ["Ctrl+K", "Ctrl+Shift+P"]
        onActivated: root.paletteWanted()
    }

    Shortcut {
        sequences: ["F1", "?"]
        onActivated: root.helpWanted()
    }

    Shortcut {
        sequence: "F5"
        onActivated: root.session.cluster.refresh()
    }

    Shortcut {
        sequence: "Ctrl+R"
        onActivated: root.session.settings.autoRefresh = !root.session.settings.autoRefresh
    }

    Shortcut {
        sequence: "Ctrl+O"
        onActivated: root.shell.connectWanted(-1)
    }

    Shortcut {
        sequence: "Ctrl+Shift+T"
        onActivated: root.nextTheme()
    }

    Shortcut {
        sequence: "Alt+Left"
        onActivated: root.shell.back()
    }

    Shortcut {
        sequence: "Esc"
        enabled: root.shell.selectedKind !== ""
        onActivated: root.shell.deselect()
    }

    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: root.quitWanted()
    }
}
