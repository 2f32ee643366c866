// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in place of the list while there is none.
import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Item {
    id: root

    required property MessageBrowser browser
    required property ClusterMonitor cluster
    required property Shell shell

    EmptyState {
        anchors.fill: parent
        busy: root.browser.state === MessageBrowser.Loading
        iconName: {
            switch (root.browser.state) {
            case MessageBrowser.NotConnected:
                return "unplug";
            case MessageBrowser.NoMatch:
                return "filter";
            case MessageBrowser.Failed:
                return "cloud-off";
            default:
                return "inbox";
            }
        }
        severity: root.browser.state === MessageBrowser.Failed ? "warning" : ""
        title: {
            switch (root.browser.state) {
            case MessageBrowser.NotConnected:
                return qsTr("No node answers");
            case MessageBrowser.Loading:
                return qsTr("Reading the log");
            case MessageBrowser.NoMatch:
                return qsTr("No message passes the filter");
            case MessageBrowser.Failed:
                return qsTr("The log could not be read");
            default:
                return qsTr("No messages yet. Send one.");
            }
        }
        text: {
            switch (root.browser.state) {
            case MessageBrowser.NotConnected:
                return root.cluster.stateText;
            case MessageBrowser.Loading:
                return root.browser.searchedTo > 0 ? qsTr("Searching, at #%1").arg(Format.count(root.browser.searchedTo)) : "";
            case MessageBrowser.NoMatch:
                return root.browser.streaming ? qsTr("What comes and passes it will appear here.") : qsTr("Names must match exactly.");
            case MessageBrowser.Failed:
                return root.browser.error;
            default:
                return qsTr("What is sent to the cluster appears here as soon as it is committed.");
            }
        }
        actionIcon: {
            switch (root.browser.state) {
            case MessageBrowser.NoMatch:
                return "rotate-ccw";
            case MessageBrowser.Failed:
                return "refresh-cw";
            default:
                return "send";
            }
        }
        actionText: {
            switch (root.browser.state) {
            case MessageBrowser.NoMatch:
                return qsTr("Reset the filter");
            case MessageBrowser.Failed:
                return qsTr("Try again");
            case MessageBrowser.Empty:
                return qsTr("Send a message");
            default:
                return "";
            }
        }

        onAction: {
            switch (root.browser.state) {
            case MessageBrowser.NoMatch:
                root.browser.reset();
                break;
            case MessageBrowser.Failed:
                root.browser.retry();
                break;
            case MessageBrowser.Empty:
                root.shell.goTo("publish", {});
                break;
            }
        }
    }
}
