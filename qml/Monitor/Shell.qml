// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every page may ask of the window around it.
import QtQml

QtObject {
    id: root

    /// "overview", "raft", "messages", "publish", "timeline", "clocks", "ordering", "faults", "nodes", "settings"
    property string page: "overview"
    /// What the drawer on the right shows: "", "node", "peer", "event", "message", and the thing itself.
    property string selectedKind: ""
    property var selected: null
    /// Handed to the page that goTo() opens, until it takes it.
    property var pageArguments: ({})

    /// Asks before something that could hurt: {title, text, detail, action, danger, curl, accept: function}.
    signal confirmationWanted(var question)
    /// A short notice at the bottom: severity is "good", "warning", "critical" or "".
    signal noticeWanted(string text, string severity)

    function goTo(page: string, pageArguments: var) {
        root.pageArguments = pageArguments === undefined ? {} : pageArguments;
        root.page = page;
    }

    function select(kind: string, thing: var) {
        root.selected = thing;
        root.selectedKind = kind;
    }

    function deselect() {
        root.selectedKind = "";
        root.selected = null;
    }
}
