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
    /// What the open page adds to the command palette, each {title, hint, iconName, keys, run: function}.
    property var pageCommands: []

    /// Asks before something that could hurt: {title, text, detail, action, danger, curl, accept: function}.
    signal confirmationWanted(var question)
    /// A short notice at the bottom: severity is "good", "warning", "critical" or "".
    signal noticeWanted(string text, string severity)
    /// The dialog that connects to another cluster; with `row` of a profile that is changed, -1 for a new one.
    signal connectWanted(int row)

    /// Where back() leads.
    property var visited: []

    function goTo(page: string, pageArguments: var) {
        root.pageArguments = pageArguments === undefined ? {} : pageArguments;
        if (page === root.page)
            return;
        root.visited = root.visited.concat(root.page).slice(-20);
        root.page = page;
    }

    function back() {
        if (root.visited.length === 0)
            return;
        const before = root.visited[root.visited.length - 1];
        root.visited = root.visited.slice(0, -1);
        root.pageArguments = {};
        root.page = before;
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
