// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lies over figures and says how old they are: nothing while fresh, a veil when they age, hatching when they
// are stale, and "last known" when nobody should take them for the present any more.
import QtQuick
import Dsmsg.Ui

Item {
    id: root

    /// 0 fresh, 1 ageing, 2 stale, 3 last known, 4 never known
    property int level: 0
    property bool labelled: true

    anchors.fill: parent
    visible: root.level > 0

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
        opacity: root.level === 1 ? 0.4 : root.level === 2 ? 0.2 : 0.35
    }
    Hatch {
        anchors.fill: parent
        color: Theme.alpha(Theme.textFaint, 0.45)
        visible: root.level >= 2
    }
    Tag {
        anchors.right: parent.right
        anchors.top: parent.top
        iconName: "history"
        severity: "warning"
        text: root.level >= 4 ? qsTr("never heard") : qsTr("last known")
        visible: root.labelled && root.level >= 3 && root.width > implicitWidth
    }
}
