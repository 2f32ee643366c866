// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps where the window was and how large. Only a window that was not given its size by the command line.
import QtQml
import QtQuick
import QtQuick.Window
import Dsmsg.Model

QtObject {
    id: root

    required property Window window
    required property Settings settings
    /// Of the command line; empty: what was kept.
    required property size wantedSize

    readonly property bool given: root.wantedSize.width > 0
    property bool placed: false

    function place() {
        const kept = root.settings.geometryOnScreen();
        if (root.given) {
            root.window.width = root.wantedSize.width;
            root.window.height = root.wantedSize.height;
        } else if (kept.width > 0) {
            root.window.x = kept.x;
            root.window.y = kept.y;
            root.window.width = kept.width;
            root.window.height = kept.height;
        }
        root.placed = true;
    }

    function keep() {
        if (root.given || !root.placed)
            return;
        root.settings.maximized = root.window.visibility === Window.Maximized;
        if (root.window.visibility === Window.Windowed)
            root.settings.geometry = Qt.rect(root.window.x, root.window.y, root.window.width, root.window.height);
    }
}
