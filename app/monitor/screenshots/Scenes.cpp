// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/Scenes.h"

namespace dsmsg::monitor {

namespace {

Scene page(const char* name, const char* caption)
{
    const QString text = QString::fromLatin1(name);
    return {text, text, QStringLiteral("Pages"), QString::fromUtf8(caption)};
}

Scene empty(const char* pageName, const char* caption)
{
    const QString text = QString::fromLatin1(pageName);
    return {QStringLiteral("empty-") + text, text, QStringLiteral("Nothing yet"), QString::fromUtf8(caption),
            true};
}

} // namespace

const QList<Look>& allLooks()
{
    static const QList<Look> looks = [] {
        QList<Look> list;
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            list.append({Settings::LightTheme, QStringLiteral("light"), size});
            list.append({Settings::DarkTheme, QStringLiteral("dark"), size});
            list.append({Settings::ContrastTheme, QStringLiteral("contrast"), size});
        }
        return list;
    }();
    return looks;
}

const Look& smallLook()
{
    static const Look look{Settings::LightTheme, QStringLiteral("light"), QSize(900, 600)};
    return look;
}

const QList<Scene>& pageScenes()
{
    static const QList<Scene> scenes{
        page("overview", "Overview: how the cluster is, in one sentence and one look"),
        page("raft", "Raft: who leads, what goes over the wire, and each node's log"),
        page("messages", "Messages: what was stored, as it comes"),
        page("publish", "Publish: one message, many, or a load"),
        page("timeline", "Timeline: throughput, latency, lag and clocks on one axis"),
        page("clocks", "Clocks: how far apart they are, and how sure that is"),
        page("ordering", "Ordering: what waits for its turn"),
        page("faults", "Faults: break it, and read what was lost"),
        page("nodes", "Nodes: every figure, a column a node"),
        page("settings", "Settings")};
    return scenes;
}

const QList<Scene>& emptyScenes()
{
    static const QList<Scene> scenes{empty("overview", "Overview of a cluster without a message"),
                                     empty("messages", "No messages yet"),
                                     empty("timeline", "Timeline of a cluster that has just begun")};
    return scenes;
}

} // namespace dsmsg::monitor
