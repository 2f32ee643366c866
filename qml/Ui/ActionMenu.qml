// SPDX-License-Identifier: GPL-3.0-or-later
//
// A menu in the application's own look; its entries are ActionItems.
import QtQuick
import QtQuick.Templates as T

T.Menu {
    id: root

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    implicitWidth: Math.max(180, implicitContentWidth + leftPadding + rightPadding)
    margins: Theme.s2
    padding: Theme.s1

    background: Rectangle {
        border.color: Theme.scheme === Theme.Light ? Theme.border : Theme.borderStrong
        border.width: Theme.line
        color: Theme.raised
        radius: Theme.radius
    }
    contentItem: ListView {
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        currentIndex: root.currentIndex
        implicitHeight: contentHeight
        implicitWidth: {
            let widest = 0;
            for (let i = 0; i < root.count; ++i)
                widest = Math.max(widest, root.itemAt(i)?.implicitWidth ?? 0);
            return widest;
        }
        interactive: contentHeight > height
        model: root.contentModel
    }
    delegate: ActionItem {
    }
}
