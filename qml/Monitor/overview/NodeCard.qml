// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node on the ring of Overview: who it is, what it is, how far it has come, how well its clock is known,
// and how old all that is.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

FocusScope {
    id: root

    required property NodeState node

    readonly property bool known: root.node.freshness !== NodeState.Freshness.Never
    readonly property bool ill: root.node.problem !== ""
    readonly property string roleIcon: {
        if (root.ill)
            return "power-off";
        switch (root.node.role) {
        case NodeState.Leader:
            return "crown";
        case NodeState.Candidate:
            return "vote";
        case NodeState.Learner:
            return "eye";
        default:
            return "circle-dot";
        }
    }

    readonly property string stateText: {
        switch (root.node.link) {
        case NodeState.Link.Down:
            return qsTr("Down");
        case NodeState.Link.Silent:
            return qsTr("Silent");
        case NodeState.Link.Connecting:
            return qsTr("Connecting");
        default:
            return root.known ? root.node.roleText : "";
        }
    }
    /// On its own, because a border is painted anew with each assignment, of the same colour too.
    readonly property color edge: root.ill ? Theme.critical : root.node.leads ? Theme.accent : hover.hovered ? Theme.borderStrong : Theme.border
    /// The rest of what is wrong, and what to do, is in the drawer.
    readonly property string firstSentence: root.node.problem.split(". ")[0]

    signal chosen

    implicitWidth: Math.round(190 * Theme.textScale)
    implicitHeight: column.implicitHeight + 2 * Theme.s2 + Theme.s1
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%1, %2, term %3, commit %4, lag %5, %6").arg(root.node.name).arg(root.stateText).arg(Format.count(root.node.term)).arg(Format.count(root.node.commit)).arg(root.node.lag < 0 ? Format.dash() : Format.count(root.node.lag)).arg(root.ill ? root.node.problem : root.node.ageText)
    Accessible.onPressAction: root.chosen()
    Keys.onReturnPressed: root.chosen()
    Keys.onSpacePressed: root.chosen()

    component Fact: RowLayout {
        id: fact

        property string label
        property string value
        property int share: 1

        Layout.fillWidth: true
        Layout.preferredWidth: fact.share
        spacing: Theme.s1

        Label {
            Accessible.ignored: true
            kind: "faint"
            text: fact.label
        }

        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            font: Theme.smallFigure

            // Behind another page it waits, or the window would be painted for it.
            Binding on text {
                restoreMode: Binding.RestoreNone
                value: fact.value
                when: fact.visible
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: hover.hovered ? Theme.hover : root.node.leads && !root.ill ? Theme.accentSoft : Theme.raised
        border.width: Theme.line
        border.color: root.edge
    }

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.s3
        anchors.rightMargin: Theme.s3
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s1 / 2

        RowLayout {
            spacing: Theme.s1 + 2

            Icon {
                name: root.roleIcon
                color: root.ill ? Theme.critical : root.node.leads ? Theme.accent : Theme.textDim
                size: Theme.iconSmall + 2
            }

            Label {
                Accessible.ignored: true
                kind: "title"
                text: root.node.name
            }

            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                kind: "small"
                color: root.ill ? Theme.critical : root.node.leads ? Theme.accent : Theme.textDim
                text: root.stateText
            }

            Label {
                Accessible.ignored: true
                kind: "faint"
                color: root.node.freshness === NodeState.Freshness.Fresh ? Theme.textFaint : Theme.warning
                text: root.node.ageText
            }
        }

        GridLayout {
            visible: !root.ill
            columns: 2
            columnSpacing: Theme.s1 + 2
            rowSpacing: 0
            opacity: root.node.freshness === NodeState.Freshness.Fresh ? 1 : 0.6

            Fact {
                share: 2
                label: qsTr("term")
                value: Format.count(root.node.term)
            }

            Fact {
                share: 3
                label: qsTr("commit")
                value: Format.count(root.node.commit)
            }

            Fact {
                share: 2
                label: qsTr("lag")
                value: root.node.lag < 0 ? Format.dash() : Format.count(root.node.lag)
            }

            Fact {
                share: 3
                label: qsTr("clock")
                value: isNaN(root.node.boundMs) ? Format.dash() : qsTr("±%1").arg(Format.ms(root.node.boundMs))
            }
        }

        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.row + Theme.s1
            visible: root.ill
            kind: "small"
            maximumLineCount: 2
            text: root.firstSentence
            wrapMode: Text.WordWrap
        }
    }

    FocusRing {
        corner: Theme.radius
        shown: root.activeFocus
    }

    HoverHandler {
        id: hover

        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        onTapped: root.chosen()
    }
}
