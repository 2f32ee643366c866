// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monitor/window/WindowTest.h"

#include <QDir>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QQuickStyle>
#include <QTest>

#include "app/monitor/app/Graphics.h"
#include "app/monitor/screenshots/Screenshots.h"
#include "tests/monitor/window/GuiThreadMeter.h"

namespace dsmsg::test {

int runWindowTest(int argc, char** argv, const std::function<std::unique_ptr<QObject>()>& make)
{
    const QString folder = monitor::prepareForPictures();
    if (folder.isEmpty())
        return 1;
    QCoreApplication::setOrganizationName(QStringLiteral("dsmsg"));
    QCoreApplication::setApplicationName(QStringLiteral("dsmsg-monitor"));
    int result = 1;
    {
        MeteredApplication application(argc, argv);
        monitor::chooseGraphics();
        QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
        QLoggingCategory::setFilterRules(QStringLiteral("dsmsg.*=false"));
        QQuickStyle::setStyle(QStringLiteral("Fusion"));
        result = QTest::qExec(make().get(), argc, argv);
    }
    QDir(folder).removeRecursively();
    return result;
}

const QStringList& pageNames()
{
    static const QStringList names{QStringLiteral("overview"), QStringLiteral("raft"),
                                   QStringLiteral("messages"), QStringLiteral("publish"),
                                   QStringLiteral("timeline"), QStringLiteral("clocks"),
                                   QStringLiteral("ordering"), QStringLiteral("faults"),
                                   QStringLiteral("nodes"),    QStringLiteral("settings")};
    return names;
}

bool startEmbedded(MonitorWindow& window, int nodes)
{
    const auto* cluster = window.session().cluster();
    window.session().embedded()->start(nodes);
    return await([&] { return cluster->leader() != nullptr && cluster->reachable() == nodes; },
                 Milliseconds(20'000));
}

} // namespace dsmsg::test
