// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who reaches whom. A row speaks, a column listens; a click cuts that direction, another heals it. Arrow keys walk.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property LabDesk desk
    /// There is height for larger cells.
    property bool roomy: false

    readonly property LinkMatrix links: root.desk.lab.links
    readonly property int size: root.links.size
    readonly property int cell: Math.max(Theme.row, Math.min(root.size > 3 && !root.roomy ? Theme.row : Theme.control + Theme.s3, Math.floor((grid.width - heading) / Math.max(1, size)) - gap))
    readonly property int heading: Theme.s6 + Theme.s2
    readonly property int gap: Theme.s1
    /// What the pointer or the keyboard is on.
    property LinkCell current: null
    property string lastFrom: root.links.names[0] ?? ""
    property string lastTo: root.links.names[1] ?? ""

    function toggle(from: string, to: string): void {
        const curl = root.desk.lab.linkCurl(from, to, root.desk.faultSeconds);
        root.desk.ask(root.desk.lab.linkRisk(from, to), qsTr("Cut %1 off from %2?").arg(from).arg(to), qsTr("Cut"), curl, () => root.desk.lab.toggleLink(from, to, root.desk.faultSeconds));
    }

    /// The cell in this direction, skipping the diagonal.
    function walk(index: int, rows: int, columns: int): void {
        let row = Math.floor(index / root.size) + rows;
        let column = index % root.size + columns;
        if (row === column) {
            row += rows;
            column += columns;
        }
        if (row < 0 || column < 0 || row >= root.size || column >= root.size)
            return;
        const cell = cells.itemAt(row * root.size + column);
        if (cell)
            cell.forceActiveFocus(Qt.TabFocusReason);
    }

    curl: root.size > 1 && root.desk.lab.support !== FaultLab.Nowhere ? root.desk.lab.linkCurl(root.lastFrom, root.lastTo, root.desk.faultSeconds) : ""
    iconName: "waypoints"
    title: qsTr("Links")
    visible: root.size > 1

    actions: [
        SelectField {
            model: [qsTr("for 5 s"), qsTr("for 10 s"), qsTr("for 30 s"), qsTr("for 2 min")]
            currentIndex: 1
            name: qsTr("How long a cut lasts")

            onActivated: index => root.desk.faultSeconds = [5, 10, 30, 120][index]
        }
    ]

    onCurrentChanged: {
        if (root.current === null || root.current.linkState === LinkMatrix.Self)
            return;
        root.lastFrom = root.current.from;
        root.lastTo = root.current.to;
    }

    Item {
        id: grid

        Layout.fillWidth: true
        implicitHeight: Theme.row + root.size * (root.cell + root.gap)
        implicitWidth: root.heading + root.size * (Theme.control + root.gap)

        Repeater {
            model: root.links.names

            Label {
                id: listener

                required property int index
                required property string modelData

                height: Theme.row
                horizontalAlignment: Text.AlignHCenter
                kind: "small"
                text: listener.modelData
                width: root.cell
                x: root.heading + listener.index * (root.cell + root.gap)
            }
        }
        Repeater {
            model: root.links.names

            Label {
                id: speaker

                required property int index
                required property string modelData

                height: root.cell
                kind: "small"
                text: speaker.modelData + " →"
                width: root.heading - Theme.s1
                y: Theme.row + speaker.index * (root.cell + root.gap)
            }
        }
        Repeater {
            id: cells

            model: root.links

            LinkCell {
                id: link

                enabled: link.linkState !== LinkMatrix.Self
                height: root.cell
                width: root.cell
                x: root.heading + (link.index % root.size) * (root.cell + root.gap)
                y: Theme.row + Math.floor(link.index / root.size) * (root.cell + root.gap)

                Keys.onDownPressed: root.walk(link.index, 1, 0)
                Keys.onLeftPressed: root.walk(link.index, 0, -1)
                Keys.onRightPressed: root.walk(link.index, 0, 1)
                Keys.onUpPressed: root.walk(link.index, -1, 0)
                onClicked: root.toggle(link.from, link.to)
                onPointedChanged: {
                    if (link.pointed)
                        root.current = link;
                    else if (root.current === link)
                        root.current = null;
                }
            }
        }
    }
    Label {
        Layout.fillWidth: true
        Layout.minimumHeight: 2 * Theme.body.pixelSize + Theme.s3
        kind: "small"
        maximumLineCount: 2
        text: root.current !== null ? root.current.linkText : root.links.cutCount > 0 ? qsTr("Directions cut: %1. Click a cell to heal it.").arg(root.links.cutCount) : qsTr("The row speaks, the column listens. Click a cell to cut that direction.")
        verticalAlignment: Text.AlignTop
        wrapMode: Text.WordWrap
    }
    Item {
        Layout.fillHeight: true
    }
}
