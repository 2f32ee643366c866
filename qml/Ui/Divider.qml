// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts

Rectangle {
    id: root

    property bool vertical: false

    Layout.fillHeight: root.vertical
    Layout.fillWidth: !root.vertical
    color: Theme.border
    implicitHeight: Theme.line
    implicitWidth: Theme.line
}
