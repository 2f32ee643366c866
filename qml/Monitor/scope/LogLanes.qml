// SPDX-License-Identifier: GPL-3.0-or-later
//
// The logs of all nodes side by side: a name, the painted lane, and how far behind it is.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property ScopePlayer player
    required property var style

    readonly property int count: root.player.nodes.count
    readonly property int axis: Theme.row - Theme.s2
    readonly property int laneWanted: Theme.row + Theme.s4
    readonly property real lane: root.count === 0 ? root.laneWanted : Math.min(root.laneWanted, (root.height - root.axis) / root.count)
    readonly property int namesWidth: Theme.s6 * 2
    readonly property int figuresWidth: Theme.s6 * 2 + Theme.s4

    signal nodeChosen(nodeId: string)

    implicitHeight: root.axis + Math.max(1, root.count) * root.laneWanted
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Log of each node")

    LanesView {
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: root.namesWidth
        anchors.rightMargin: root.figuresWidth
        player: root.player
        style: root.style
        axisHeight: root.axis
        laneHeight: root.lane
    }

    Repeater {
        model: root.player.nodes

        delegate: FocusScope {
            id: row

            required property int index
            required property string nodeId
            required property bool leads
            required property bool alive
            required property double last
            required property double lag
            required property string description
            readonly property string figure: {
                if (!row.alive)
                    return qsTr("silent");
                if (row.leads)
                    return qsTr("leads");
                return isNaN(row.lag) ? Format.dash() : row.lag === 0 ? qsTr("up to date") : qsTr("−%1").arg(Format.count(row.lag));
            }

            y: root.axis + row.index * root.lane
            width: root.width
            height: root.lane
            activeFocusOnTab: true
            Accessible.role: Accessible.Button
            Accessible.name: row.description
            Accessible.onPressAction: root.nodeChosen(row.nodeId)
            Keys.onReturnPressed: root.nodeChosen(row.nodeId)

            RowLayout {
                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                width: root.namesWidth - Theme.s2
                spacing: Theme.s1

                Icon {
                    name: row.leads ? "crown" : row.alive ? "circle-dot" : "power-off"
                    color: row.leads ? Theme.accent : Theme.textDim
                    size: Theme.iconSmall
                }

                Label {
                    Layout.fillWidth: true
                    kind: "strong"
                    color: row.alive ? Theme.text : Theme.textDim
                    text: row.nodeId
                }
            }

            Label {
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                width: root.figuresWidth - Theme.s2
                horizontalAlignment: Text.AlignRight
                font: Theme.smallFigure
                color: row.alive && row.lag > 0 ? Theme.text : Theme.textDim
                text: row.figure
            }

            FocusRing {
                gap: -Theme.line
                shown: row.activeFocus
            }

            TapHandler {
                onTapped: root.nodeChosen(row.nodeId)
            }
        }
    }
}
