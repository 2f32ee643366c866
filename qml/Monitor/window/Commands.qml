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
    readonly property LabDesk desk: LabDesk {
        session: root.session
        shell: root.shell
    }

    signal helpWanted
    signal quitWanted

    /// Each {title, group, iconName, keys, hint, run: function}; all but the title and the function may be missing.
    function all(): var {
        const result = root.none();
        root.ofThePage(result);
        root.ofPages(result);
        root.ofNodes(result);
        root.ofTheCluster(result);
        root.ofTheLab(result);
        root.ofClusters(result);
        root.ofTheWindow(result);
        return result;
    }

    /// The same without the functions, for the model that searches them.
    function words(commands: var): var {
        return commands.map(command => ({
                    title: command.title,
                    group: command.group ?? "",
                    iconName: command.iconName ?? "",
                    keys: command.keys ?? "",
                    hint: command.hint ?? ""
                }));
    }

    function none(): var {
        return [];
    }

    function ofThePage(result: var) {
        const page = root.pages.entry(root.shell.page);
        for (const command of root.shell.pageCommands)
            result.push(Object.assign({
                group: page.title,
                iconName: page.iconName
            }, command));
    }

    function ofPages(result: var) {
        for (let row = 0; row < root.pages.list.length; ++row) {
            const page = root.pages.list[row];
            result.push({
                title: page.title,
                hint: page.about,
                iconName: page.iconName,
                keys: page.keys,
                run: () => root.shell.goTo(page.name, {})
            });
        }
    }

    function ofNodes(result: var) {
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
    }

    function copyStatusCurl(node: NodeState) {
        Clipboard.copy("curl --noproxy '*' %1/status".arg(node.url));
        root.shell.noticeWanted(qsTr("The curl line is on the clipboard."), "good");
    }

    function ofTheCluster(result: var) {
        const cluster = root.cluster;
        if (cluster.state === ClusterMonitor.NotConnected)
            return;
        result.push({
            title: qsTr("Refresh now"),
            hint: qsTr("Ask every node for its status"),
            iconName: "refresh-cw",
            keys: "F5",
            run: () => cluster.refresh()
        }, {
            title: cluster.autoRefresh ? qsTr("Stop refreshing") : qsTr("Start refreshing"),
            hint: cluster.autoRefresh ? qsTr("What you see stands still and ages") : "",
            iconName: cluster.autoRefresh ? "pause" : "play",
            keys: "Ctrl+R",
            run: () => root.session.settings.autoRefresh = !root.session.settings.autoRefresh
        }, {
            title: qsTr("Disconnect"),
            group: qsTr("Cluster"),
            iconName: "log-out",
            run: () => root.session.disconnectFromCluster()
        });
        if (cluster.leader)
            result.push({
                title: qsTr("Show the leader"),
                hint: cluster.leader.name,
                group: qsTr("Node"),
                iconName: "crown",
                run: () => root.shell.select("node", cluster.leader)
            });
    }

    function ofTheLab(result: var) {
        const lab = root.session.lab;
        const leader = root.cluster.leader;
        if (lab.wounded)
            result.push({
                title: qsTr("Heal everything"),
                hint: qsTr("Ends every fault on every node"),
                group: qsTr("Faults"),
                iconName: "heart-pulse",
                run: () => lab.healAll()
            });
        if (leader && lab.embedded)
            result.push({
                title: qsTr("Kill the leader"),
                hint: leader.name,
                group: qsTr("Faults"),
                iconName: "skull",
                run: () => root.killLeader(leader)
            });
        if (leader && lab.takesFaults(leader))
            result.push({
                title: qsTr("Pause the leader for 5 s"),
                hint: leader.name,
                group: qsTr("Faults"),
                iconName: "circle-pause",
                run: () => root.pauseLeader(leader)
            }, {
                title: qsTr("Break it, and give a verdict"),
                hint: root.desk.scenarioName,
                group: qsTr("Faults"),
                iconName: "zap",
                run: () => root.breakIt()
            });
    }

    function killLeader(leader: NodeState) {
        const risk = root.session.lab.risk(leader, {
            kind: "kill"
        });
        root.desk.ask(risk, qsTr("Kill %1?").arg(leader.name), qsTr("Kill"), "", () => root.session.lab.kill(leader));
    }

    function pauseLeader(leader: NodeState) {
        const fault = {
            kind: "pause",
            for_s: 5
        };
        const lab = root.session.lab;
        root.desk.ask(lab.risk(leader, fault), qsTr("Pause %1 for 5 s?").arg(leader.name), qsTr("Pause"), lab.curlOf(leader, fault), () => lab.inject(leader, fault));
    }

    function breakIt() {
        root.shell.goTo("faults", {});
        root.desk.breakIt();
    }

    function ofClusters(result: var) {
        result.push({
            title: qsTr("Connect to a cluster…"),
            iconName: "plug",
            keys: "Ctrl+O",
            run: () => root.shell.connectWanted(-1)
        });
        for (let row = 0; row < root.session.profiles.count; ++row) {
            const profile = root.session.profiles.get(row);
            result.push({
                title: qsTr("Connect to %1").arg(profile["name"]),
                hint: profile["urls"],
                group: qsTr("Cluster"),
                iconName: profile["iconName"],
                run: () => root.session.connectTo(profile["urls"])
            });
        }
    }

    function theme(title: string, value: int, iconName: string): var {
        return {
            title: title,
            group: qsTr("Look"),
            iconName: iconName,
            run: () => root.session.settings.theme = value
        };
    }

    function ofTheWindow(result: var) {
        result.push(root.theme(qsTr("Light"), Settings.LightTheme, "sun"));
        result.push(root.theme(qsTr("Dark"), Settings.DarkTheme, "moon"));
        result.push(root.theme(qsTr("High contrast"), Settings.ContrastTheme, "contrast"));
        result.push(root.theme(qsTr("Look of the desktop"), Settings.SystemTheme, "monitor"));
        for (const language of root.session.languages.available)
            if (language.code !== root.session.languages.current)
                result.push({
                    title: language.name,
                    group: qsTr("Language"),
                    iconName: "languages",
                    run: () => root.session.settings.language = language.code
                });
        result.push({
            title: qsTr("Keys"),
            iconName: "keyboard",
            keys: "F1",
            run: () => root.helpWanted()
        }, {
            title: qsTr("Quit"),
            iconName: "power",
            keys: "Ctrl+Q",
            run: () => root.quitWanted()
        });
    }
}
