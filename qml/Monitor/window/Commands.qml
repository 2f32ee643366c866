// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the command palette offers: the pages, the nodes, the clusters by name, what the open page adds, and
// what the window itself can do.
import QtQml
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

QtObject {
    id: root

    required property Session session
    required property Shell shell
    required property Pages pages

    readonly property ClusterMonitor cluster: root.session.cluster

    signal helpWanted
    signal quitWanted

    function all(): var {
        return [].concat(root.ofThePage(), root.ofPages(), root.ofNodes(), root.ofTheCluster(), root.ofClusters(), root.ofTheWindow());
    }

    function ofThePage(): var {
        const group = root.pages.entry(root.shell.page).title;
        return root.shell.pageCommands.map(command => Object.assign({
                group: group
            }, command));
    }

    function ofPages(): var {
        return Array.prototype.map.call(root.pages.list, page => ({
                    title: page.title,
                    hint: qsTr("Go to the page"),
                    iconName: page.iconName,
                    keys: page.keys,
                    run: () => root.shell.goTo(page.name, {})
                }));
    }

    function ofNodes(): var {
        const result = [];
        for (let row = 0; row < root.cluster.nodes.count; ++row) {
            const node = root.cluster.nodes.at(row);
            result.push({
                title: qsTr("Show %1").arg(node.name),
                hint: node.roleText,
                group: qsTr("Node"),
                iconName: node.leads ? "crown" : "server",
                run: () => root.shell.select("node", node)
            }, {
                title: qsTr("Read from %1").arg(node.name),
                hint: qsTr("All pages show what this node says"),
                group: qsTr("Node"),
                iconName: "eye",
                run: () => root.cluster.selected = node
            }, {
                title: qsTr("Copy curl for the status of %1").arg(node.name),
                group: qsTr("Node"),
                iconName: "terminal",
                run: () => root.copyStatusCurl(node)
            });
        }
        if (root.cluster.selected)
            result.push({
                title: qsTr("Read from the whole cluster"),
                group: qsTr("Node"),
                iconName: "layers",
                run: () => root.cluster.selected = null
            });
        return result;
    }

    function copyStatusCurl(node: NodeState) {
        Clipboard.copy("curl --noproxy '*' %1/status".arg(node.url));
        root.shell.noticeWanted(qsTr("The curl line is on the clipboard."), "good");
    }

    function ofTheCluster(): var {
        if (root.cluster.state === ClusterMonitor.NotConnected)
            return [];
        const result = [
            {
                title: qsTr("Refresh now"),
                hint: qsTr("Ask every node for its status"),
                iconName: "refresh-cw",
                keys: "F5",
                run: () => root.cluster.refresh()
            },
            {
                title: root.cluster.autoRefresh ? qsTr("Stop refreshing") : qsTr("Start refreshing"),
                hint: root.cluster.autoRefresh ? qsTr("What you see stands still and ages") : "",
                iconName: root.cluster.autoRefresh ? "pause" : "play",
                keys: "Ctrl+R",
                run: () => root.session.settings.autoRefresh = !root.session.settings.autoRefresh
            },
            {
                title: qsTr("Disconnect"),
                group: qsTr("Cluster"),
                iconName: "log-out",
                run: () => root.session.disconnectFromCluster()
            }
        ];
        if (root.cluster.leader)
            result.push({
                title: qsTr("Show the leader"),
                hint: root.cluster.leader.name,
                group: qsTr("Node"),
                iconName: "crown",
                run: () => root.shell.select("node", root.cluster.leader)
            });
        return result;
    }

    function ofClusters(): var {
        const result = [
            {
                title: qsTr("Connect to a cluster…"),
                iconName: "plug",
                keys: "Ctrl+O",
                run: () => root.shell.connectWanted(-1)
            }
        ];
        for (let row = 0; row < root.session.profiles.count; ++row) {
            const profile = root.session.profiles.get(row);
            result.push({
                title: qsTr("Connect to %1").arg(profile.name),
                hint: profile.urls,
                group: qsTr("Cluster"),
                iconName: profile.iconName,
                run: () => root.session.connectTo(profile.urls)
            });
        }
        return result;
    }

    function ofTheWindow(): var {
        const settings = root.session.settings;
        const theme = (title, value, iconName) => ({
                    title: title,
                    group: qsTr("Look"),
                    iconName: iconName,
                    run: () => settings.theme = value
                });
        const result = [theme(qsTr("Light"), Settings.LightTheme, "sun"), theme(qsTr("Dark"), Settings.DarkTheme, "moon"), theme(qsTr("High contrast"), Settings.ContrastTheme, "contrast"), theme(qsTr("Look of the system"), Settings.SystemTheme, "monitor")];
        for (const language of root.session.languages.available)
            if (language.code !== root.session.languages.current)
                result.push({
                    title: language.name,
                    group: qsTr("Language"),
                    iconName: "languages",
                    run: () => settings.language = language.code
                });
        return result.concat([
            {
                title: qsTr("Keys"),
                iconName: "keyboard",
                keys: "F1",
                run: () => root.helpWanted()
            },
            {
                title: qsTr("Quit"),
                iconName: "power",
                keys: "Ctrl+Q",
                run: () => root.quitWanted()
            }
        ]);
    }
}
