// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window on three node processes, through HTTP alone: what a dashboard shows is on the screen and true, a
// follower's redirect is followed and told, and a node that was killed goes stale and then is missed, within
// seconds.
#include <QAccessible>
#include <QTest>
#include <optional>

#include "tests/monitor/window/Screen.h"
#include "tests/monitor/window/WindowTest.h"
#include "tests/support/process/ClusterTest.h"

namespace dsmsg::test {

using monitor::ClusterMonitor;
using monitor::NodeState;

class TestExternal : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyFigureOfADashboardIsShown();
    void aRedirectIsFollowedAndTold();
    void aKilledNodeIsStaleThenDown();

private:
    ClusterMonitor& monitor() { return *window_->session().cluster(); }
    QString onScreen() { return Screen(window_->window()).texts().join(QLatin1Char('\n')); }

    std::optional<monitor::WarningCatcher> warnings_; ///< after QTest's own
    std::unique_ptr<MonitorWindow> window_;
};

void TestExternal::init()
{
    warnings_.emplace();
    QAccessible::setActive(true);
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    window_ = std::make_unique<MonitorWindow>(QSize(1280, 800));
    QVERIFY(window_->isOpen());
    QVERIFY(QTest::qWaitForWindowActive(&window_->window()));
    // One address is enough.
    monitor().connectTo({QUrl(cluster().url(0))});
    QVERIFY(await([this] { return monitor().leader() != nullptr && monitor().reachable() == 3; },
                  Milliseconds(15'000)));
}

void TestExternal::cleanup()
{
    window_.reset();
    QCOMPARE(warnings_->take(), QStringList());
    warnings_.reset();
    ClusterTest::cleanup();
}

void TestExternal::everyFigureOfADashboardIsShown()
{
    window_->resize({1920, 1600});
    window_->goTo(QStringLiteral("nodes"));
    QVERIFY(window_->settle());
    const auto status = cluster().status(0);
    QVERIFY(status.has_value());
    const Screen screen(window_->window());
    for (const QString& text :
         {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3"), QStringLiteral("127.0.0.1"),
          QString::number(QUrl(cluster().url(0)).port()), QStringLiteral("sync_quorum"),
          QStringLiteral("Leader"), QStringLiteral("Follower")})
        QVERIFY2(await([&] { return screen.shows(text); }),
                 qPrintable(text + QStringLiteral(" is not among:\n") + onScreen()));
}

void TestExternal::aRedirectIsFollowedAndTold()
{
    NodeState* follower = nullptr;
    for (NodeState* node : monitor().nodes()->nodes())
        if (node != monitor().leader())
            follower = node;
    QVERIFY(follower != nullptr);
    monitor().select(follower);
    window_->goTo(QStringLiteral("overview"));
    QVERIFY(window_->settle());
    Screen screen(window_->window());
    QVERIFY2(screen.click(QStringLiteral("Send")), qPrintable(onScreen()));
    QVERIFY(await([&] { return !monitor().redirectText().isEmpty(); }));
    QVERIFY2(await([&] { return screen.shows(monitor().redirectText()); }), qPrintable(onScreen()));
    QVERIFY(await([&] { return monitor().leader()->committedSeq() >= 1; }));
}

void TestExternal::aKilledNodeIsStaleThenDown()
{
    const int victim = cluster().othersThan(cluster().leader()).front();
    NodeState* node = monitor().nodes()->byId(ProcessCluster::id(victim));
    QVERIFY(node != nullptr);
    cluster().process(victim).kill();
    QVERIFY(await([&] { return node->link() == NodeState::Link::Down; }, Milliseconds(5'000)));
    QVERIFY(await([&] { return monitor().state() == ClusterMonitor::Partly; }, Milliseconds(5'000)));
    QVERIFY(await([&] { return static_cast<int>(node->freshness()) >= 1; }, Milliseconds(5'000)));
    const Screen screen(window_->window());
    QVERIFY2(await([&] { return screen.shows(QStringLiteral("2 of 3 nodes")); }), qPrintable(onScreen()));
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestExternal)
#include "tst_external.moc"
