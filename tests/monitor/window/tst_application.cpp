// SPDX-License-Identifier: GPL-3.0-or-later
//
// The application on a real cluster inside it, used as a person uses it: from the first start to a delivered
// message in three clicks, and what the screen says when the leader is killed.
#include <QAccessible>
#include <QTest>
#include <optional>

#include "tests/monitor/window/Screen.h"
#include "tests/monitor/window/WindowTest.h"

namespace dsmsg::test {

using monitor::ClusterMonitor;

class TestApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void threeClicksToTheFirstMessage();
    void aKilledLeaderIsReplacedOnTheScreen();
    void numberKeysOpenPages();

private:
    ClusterMonitor& cluster() { return *window_->session().cluster(); }
    Screen screen() { return Screen(window_->window()); }

    std::optional<monitor::WarningCatcher> warnings_; ///< after QTest's own
    std::unique_ptr<MonitorWindow> window_;
};

void TestApplication::init()
{
    warnings_.emplace();
    QAccessible::setActive(true);
    window_ = std::make_unique<MonitorWindow>(QSize(1280, 800));
    QVERIFY(window_->isOpen());
    QVERIFY(QTest::qWaitForWindowActive(&window_->window()));
    QVERIFY(window_->settle());
}

void TestApplication::cleanup()
{
    window_->session().embedded()->wipe();
    QVERIFY(await([this] { return !window_->session().embedded()->busy(); }, Milliseconds(20'000)));
    window_.reset();
    QCOMPARE(warnings_->take(), QStringList());
    warnings_.reset();
}

void TestApplication::threeClicksToTheFirstMessage()
{
    Screen person = screen();
    QVERIFY2(person.click(QStringLiteral("Start 3 nodes")),
             qPrintable(person.texts().join(QLatin1Char('\n'))));
    QVERIFY(await([this] { return cluster().leader() != nullptr && cluster().reachable() == 3; },
                  Milliseconds(20'000)));
    QVERIFY(window_->settle());
    QVERIFY2(person.click(QStringLiteral("Send")), qPrintable(person.texts().join(QLatin1Char('\n'))));
    QVERIFY(
        await([this] { return cluster().leader() != nullptr && cluster().leader()->deliveredSeq() >= 1; }));
    QVERIFY(await([&] { return person.shows(QStringLiteral("#1")); }));
    QVERIFY(person.clicks() <= 3);
}

void TestApplication::aKilledLeaderIsReplacedOnTheScreen()
{
    QVERIFY(startEmbedded(*window_, 3));
    const QString old = cluster().leader()->name();
    const double term = cluster().term();
    QVERIFY(await([&] { return screen().shows(old + QStringLiteral(" leads term")); }));
    window_->session().embedded()->byUrl(cluster().leader()->url())->kill();
    QVERIFY(await([&] { return cluster().leader() != nullptr && cluster().leader()->name() != old; }));
    const QString now = cluster().leader()->name();
    QVERIFY(cluster().term() > term);
    QVERIFY2(await([&] { return screen().shows(now + QStringLiteral(" leads term")); }),
             qPrintable(screen().texts().join(QLatin1Char('\n'))));
    QVERIFY(await([&] { return !screen().shows(old + QStringLiteral(" leads term")); }));
    QVERIFY(await([&] { return screen().shows(QStringLiteral("2 of 3 nodes")); }));
}

void TestApplication::numberKeysOpenPages()
{
    QVERIFY(startEmbedded(*window_, 1));
    for (int number = 1; number <= 9; ++number) {
        screen().press(static_cast<Qt::Key>(Qt::Key_0 + number), Qt::ControlModifier);
        QVERIFY(window_->settle());
        QCOMPARE(window_->shell().property("page").toString(), pageNames()[number - 1]);
    }
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestApplication)
#include "tst_application.moc"
