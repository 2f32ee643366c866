// SPDX-License-Identifier: GPL-3.0-or-later
//
// Above the list: search in what is loaded, the conditions that a node is asked for, and the order.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Flow {
    id: root

    required property MessageBrowser browser
    /// The row from which a search goes on.
    property int currentRow: -1
    readonly property bool compact: root.width < Theme.control * 29

    signal found(int row)

    function focusSearch(): void {
        search.focusInput();
    }

    function next(upwards: bool): void {
        const from = root.currentRow < 0 ? (upwards ? root.browser.rows.count - 1 : 0) : root.currentRow + (upwards ? -1 : 1);
        const row = root.browser.rows.nextMatch(from, upwards);
        if (row >= 0)
            root.found(row);
    }

    spacing: Theme.s2

    RowLayout {
        spacing: Theme.s1

        SearchField {
            id: search

            Layout.preferredWidth: Theme.control * (root.compact ? 6 : 7.5)
            placeholder: qsTr("Search what is loaded   /")
            text: root.browser.searchText

            Keys.onDownPressed: root.next(false)
            Keys.onUpPressed: root.next(true)
            onAccepted: root.next(false)
            onSearched: text => root.browser.searchText = text
        }
        Label {
            kind: "small"
            text: root.browser.rows.matches === 0 ? qsTr("none") : root.browser.rows.matches === 1 ? qsTr("1 match") : qsTr("%1 matches").arg(Format.count(root.browser.rows.matches))
            visible: root.browser.searchText !== ""
        }
        IconButton {
            iconName: "chevron-up"
            text: qsTr("Previous match")
            visible: root.browser.rows.matches > 0

            onClicked: root.next(true)
        }
        IconButton {
            iconName: "chevron-down"
            text: qsTr("Next match")
            visible: root.browser.rows.matches > 0

            onClicked: root.next(false)
        }
        ActionButton {
            kind: "quiet"
            text: qsTr("Find this id in the log")
            visible: root.browser.searchText !== "" && root.browser.rows.matches === 0

            onClicked: {
                const id = root.browser.searchText;
                root.browser.searchText = "";
                root.browser.apply({
                    msgId: id
                });
            }
        }
    }
    Segmented {
        currentIndex: root.browser.byDelivery ? 1 : 0
        model: [qsTr("Committed"), qsTr("Delivered")]
        name: qsTr("Order")

        onActivated: index => root.browser.apply({
            byDelivery: index === 1
        })
    }
    NameChip {
        browser: root.browser
        compact: root.compact
        iconName: "user"
        label: qsTr("From")
        value: root.browser.sender

        onApplied: name => root.browser.apply({
            sender: name
        })
    }
    NameChip {
        browser: root.browser
        compact: root.compact
        iconName: "inbox"
        label: qsTr("To")
        recipients: true
        value: root.browser.recipient

        onApplied: name => root.browser.apply({
            recipient: name
        })
    }
    TimeChip {
        browser: root.browser
        compact: root.compact
    }
    PlaceChip {
        browser: root.browser
        compact: root.compact
    }
    FilterChip {
        iconName: "tag"
        label: qsTr("Id")
        value: root.browser.msgId
        visible: root.browser.msgId !== ""

        onCleared: root.browser.apply({
            msgId: ""
        })
    }
    ActionButton {
        iconName: "rotate-ccw"
        kind: "quiet"
        text: qsTr("Reset")
        visible: root.browser.filtered || root.browser.byDelivery || root.browser.searchText !== ""

        onClicked: root.browser.reset()
    }
}
