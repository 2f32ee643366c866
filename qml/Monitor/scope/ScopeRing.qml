// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ring with what a person can do with it: its picture, a handle on each node for pointer, keyboard and
// screen reader, a tip on each link. It drives the player while it is visible, with every frame while
// something moves and four times a second else.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Ui

FocusScope {
    id: root

    required property ScopePlayer player
    property color background: Theme.surface
    /// Of the cards that the owner puts on `places`; none: nodes are discs.
    property size card: Qt.size(0, 0)
    property int kinds: -1
    /// Whose places are shown even when nothing was heard of them; null: of the scene's nodes.
    property NodeModel members: null

    /// Election timers run down all the time; else only while nobody leads.
    property bool timers: true

    readonly property var places: view.places
    readonly property var hot: view.hovered
    readonly property alias animating: view.animating

    signal nodeChosen(nodeId: string)
    signal linkChosen(fromId: string, toId: string)

    readonly property ScopeColours colours: ScopeColours {
        background: root.background
    }

    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("The cluster's nodes and the links between them")
    Accessible.description: root.player.summary

    FrameAnimation {
        running: root.visible && view.animating
        onTriggered: root.player.tick()
    }

    Timer {
        interval: 250
        running: root.visible && !view.animating
        repeat: true
        triggeredOnStart: true
        onTriggered: root.player.tick()
    }

    ScopeView {
        id: view

        anchors.fill: parent
        player: root.player
        style: root.colours.map
        card: root.card
        members: root.members
        kinds: root.kinds
        timers: root.timers
        still: Theme.reducedMotion
    }

    HoverHandler {
        id: pointer

        cursorShape: tip.visible ? Qt.PointingHandCursor : Qt.ArrowCursor
        onPointChanged: pointer.hovered ? view.hoverAt(pointer.point.position.x, pointer.point.position.y) : view.unhover()
        onHoveredChanged: {
            if (!pointer.hovered)
                view.unhover();
        }
    }

    TapHandler {
        onTapped: {
            if (tip.visible)
                root.linkChosen(root.hot.a, root.hot.b);
        }
    }

    Repeater {
        id: handles

        model: root.card.width > 0 ? null : root.player.nodes

        delegate: Item {
            id: handle

            required property int index
            required property string nodeId
            required property string description
            readonly property var place: root.places.find(place => place.id === handle.nodeId) ?? ({
                    x: 0,
                    y: 0,
                    radius: 0
                })

            function move(by: int) {
                handles.itemAt((handle.index + by + handles.count) % handles.count).forceActiveFocus(Qt.TabFocusReason);
            }

            x: handle.place.x - handle.place.radius
            y: handle.place.y - handle.place.radius
            width: 2 * handle.place.radius
            height: handle.width
            activeFocusOnTab: true
            Accessible.role: Accessible.Button
            Accessible.name: handle.description
            Accessible.onPressAction: root.nodeChosen(handle.nodeId)
            Keys.onReturnPressed: root.nodeChosen(handle.nodeId)
            Keys.onEnterPressed: root.nodeChosen(handle.nodeId)
            Keys.onRightPressed: handle.move(1)
            Keys.onDownPressed: handle.move(1)
            Keys.onLeftPressed: handle.move(-1)
            Keys.onUpPressed: handle.move(-1)

            FocusRing {
                corner: handle.width / 2
                gap: Theme.s3
                shown: handle.activeFocus
            }

            HoverHandler {
                cursorShape: Qt.PointingHandCursor
            }

            TapHandler {
                onTapped: root.nodeChosen(handle.nodeId)
            }
        }
    }

    ScopeTip {
        id: tip

        visible: root.hot.title !== undefined
        title: root.hot.title ?? ""
        lines: root.hot.lines ?? []
        at: Qt.point(root.hot.x ?? 0, root.hot.y ?? 0)
    }
}
