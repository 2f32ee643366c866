// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nodes, Clocks, Ordering and the drawers of node, peer and event, on a cluster inside the application: what
// they show, what they do when asked, and what they say of a node that is gone. With DSMSG_PICTURES set to a
// folder, pictures of what is tested are left there.
#include <QDir>
#include <QTest>
#include <optional>

#include "app/monitor/cluster/EachNode.h"
#include "tests/monitor/window/Screen.h"
#include "tests/monitor/window/WindowTest.h"

namespace dsmsg::test {

using monitor::ClusterMonitor;
using monitor::NodeState;

class TestNodePages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theTableShowsEveryNode();
    void onlyDifferencesLeavesWhatDiffers();
    void aNodeIsAskedForByItsAddress();
    void aColumnOpensTheDrawer();
    void aLinkIsShownFromBothEnds();
    void anEventIsShownAmongOthers();
    void clocksAreComparedOnEveryNode();
    void aTimestampIsCorrected();
    void whatWaitsIsDelivered();
    void leadershipIsHandedOver();
    void everyLook_data();
    void everyLook();
    void aNodeThatIsGone();

private:
    ClusterMonitor& cluster() { return *window_->session().cluster(); }
    Screen screen() { return Screen(window_->window()); }
    bool shows(const QString& text)
    {
        return await([&] { return screen().shows(text); });
    }
    void keep(const QString& name);

    std::optional<monitor::WarningCatcher> warnings_;
    std::unique_ptr<MonitorWindow> window_;
};

void TestNodePages::initTestCase()
{
    warnings_.emplace();
    window_ = std::make_unique<MonitorWindow>(QSize(1280, 800));
    QVERIFY(window_->isOpen());
    QVERIFY(startEmbedded(*window_, 3));
    QVERIFY(await([this] { return cluster().reachable() == 3; }));
}

void TestNodePages::cleanupTestCase()
{
    window_->session().embedded()->wipe();
    QVERIFY(await([this] { return !window_->session().embedded()->busy(); }, Milliseconds(20'000)));
    window_.reset();
    QCOMPARE(warnings_->take(), QStringList());
    warnings_.reset();
}

void TestNodePages::keep(const QString& name)
{
    const QString folder = qEnvironmentVariable("DSMSG_PICTURES");
    if (!folder.isEmpty())
        window_->picture().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

void TestNodePages::theTableShowsEveryNode()
{
    window_->goTo(QStringLiteral("nodes"));
    QVERIFY(window_->settle());
    for (const NodeState* node : cluster().nodes()->nodes())
        QVERIFY2(shows(node->name()), qPrintable(node->name()));
    QVERIFY(shows(QStringLiteral("Identity")));
    QVERIFY(shows(QStringLiteral("Consensus")));
    QVERIFY(shows(cluster().clusterId()));
    keep(QStringLiteral("nodes"));
}

void TestNodePages::onlyDifferencesLeavesWhatDiffers()
{
    QVERIFY(screen().click(QStringLiteral("Only differences")));
    QVERIFY(await([this] { return !screen().shows(QStringLiteral("Identity")); }));
    keep(QStringLiteral("nodes-differences"));
    QVERIFY(screen().click(QStringLiteral("Only differences")));
    QVERIFY(shows(QStringLiteral("Identity")));
}

void TestNodePages::aNodeIsAskedForByItsAddress()
{
    QVERIFY(screen().click(QStringLiteral("Add a node")));
    QVERIFY(shows(QStringLiteral("Start it first, with --join")));
    screen().type(QStringLiteral("n4"));
    QVERIFY(shows(QStringLiteral("\"id\":\"n4\"")));
    keep(QStringLiteral("add-a-node"));
    screen().press(Qt::Key_Escape);
    QVERIFY(await([this] { return !screen().shows(QStringLiteral("Start it first, with --join")); }));
}

void TestNodePages::aColumnOpensTheDrawer()
{
    const QString name = cluster().nodes()->at(0)->name();
    QVERIFY(screen().click(name + QStringLiteral(", ")));
    QCOMPARE(window_->shell().property("selectedKind").toString(), QStringLiteral("node"));
    QVERIFY(shows(QStringLiteral("Behind the leader")));
    QVERIFY(shows(QStringLiteral("Links")));
    keep(QStringLiteral("drawer-node"));
}

void TestNodePages::aLinkIsShownFromBothEnds()
{
    QVERIFY(screen().click(QStringLiteral("Link to ")));
    QVERIFY(shows(QStringLiteral("They hear each other.")));
    keep(QStringLiteral("drawer-peer"));
    QVERIFY(screen().click(QStringLiteral("The way back")));
    QVERIFY(shows(QStringLiteral("They hear each other.")));
    window_->deselect();
}

void TestNodePages::anEventIsShownAmongOthers()
{
    QVERIFY(await([this] { return cluster().events()->count() > 0; }));
    const QVariantMap event = cluster().events()->get(cluster().events()->count() - 1);
    window_->select(QStringLiteral("event"), event);
    QVERIFY(shows(event.value(QStringLiteral("text")).toString()));
    QVERIFY(shows(QStringLiteral("Around it")));
    QVERIFY(shows(QStringLiteral("this")));
    keep(QStringLiteral("drawer-event"));
    window_->deselect();
}

void TestNodePages::clocksAreComparedOnEveryNode()
{
    window_->goTo(QStringLiteral("clocks"));
    QVERIFY(window_->settle());
    QVERIFY(shows(QStringLiteral("Peers of")));
    QVERIFY(screen().click(QStringLiteral("Synchronise")));
    QVERIFY(shows(QStringLiteral("2 of 2 peers answered.")));
}

void TestNodePages::aTimestampIsCorrected()
{
    QVERIFY(screen().click(QStringLiteral("2 s late")));
    QVERIFY(screen().click(QStringLiteral("Correct")));
    QVERIFY(shows(QStringLiteral("clock not known")));
    keep(QStringLiteral("clocks"));
}

void TestNodePages::whatWaitsIsDelivered()
{
    window_->goTo(QStringLiteral("ordering"));
    QVERIFY(window_->settle());
    QVERIFY(shows(QStringLiteral("Delivery buffer")));
    QVERIFY(screen().click(QStringLiteral("Deliver now")));
    QVERIFY(shows(QStringLiteral("Deliver everything that waits?")));
    keep(QStringLiteral("ordering-asks"));
    screen().press(Qt::Key_Escape);
    QVERIFY(await([this] { return !screen().shows(QStringLiteral("Deliver everything that waits?")); }));
}

void TestNodePages::leadershipIsHandedOver()
{
    const NodeState* before = cluster().leader();
    QVERIFY(before);
    window_->goTo(QStringLiteral("nodes"));
    for (NodeState* node : cluster().nodes()->nodes()) {
        if (node != before)
            window_->select(QStringLiteral("node"), QVariant::fromValue(node));
    }
    QVERIFY(window_->settle());
    QVERIFY(screen().click(QStringLiteral("Make leader")));
    QVERIFY(shows(QStringLiteral("Hand leadership to")));
    keep(QStringLiteral("transfer-asks"));
    QVERIFY(screen().click(QStringLiteral("Hand over")));
    QVERIFY(await([&] { return cluster().leader() && cluster().leader() != before; }));
    window_->deselect();
}

void TestNodePages::everyLook_data()
{
    struct Shown
    {
        const char* page;
        const char* text;
    };
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("theme");
    QTest::addColumn<QSize>("size");
    for (const auto& [page, shown] :
         {Shown{"nodes", "Field"}, Shown{"clocks", "Peers of"}, Shown{"ordering", "Delivery buffer"}}) {
        const QString name = QLatin1String(page);
        const QString text = QLatin1String(shown);
        QTest::addRow("%s light small", page)
            << name << text << int(monitor::Settings::LightTheme) << QSize(900, 600);
        QTest::addRow("%s dark", page)
            << name << text << int(monitor::Settings::DarkTheme) << QSize(1280, 800);
        QTest::addRow("%s contrast", page)
            << name << text << int(monitor::Settings::ContrastTheme) << QSize(1280, 800);
        QTest::addRow("%s light large", page)
            << name << text << int(monitor::Settings::LightTheme) << QSize(1920, 1080);
    }
}

void TestNodePages::everyLook()
{
    QFETCH(QString, page);
    QFETCH(QString, text);
    QFETCH(int, theme);
    QFETCH(QSize, size);
    window_->resize(size);
    window_->wear(monitor::Settings::Theme(theme));
    window_->goTo(page);
    QVERIFY(window_->settle());
    QVERIFY(shows(text));
    keep(QString::fromLatin1(QTest::currentDataTag()).replace(QLatin1Char(' '), QLatin1Char('-')));
}

void TestNodePages::aNodeThatIsGone()
{
    window_->resize(QSize(1280, 800));
    window_->wear(monitor::Settings::LightTheme);
    window_->goTo(QStringLiteral("nodes"));
    NodeState* gone = nullptr;
    for (NodeState* node : cluster().nodes()->nodes()) {
        if (node != cluster().leader())
            gone = node;
    }
    window_->session().embedded()->byUrl(gone->url())->kill();
    QVERIFY(await([&] { return gone->link() == NodeState::Link::Down; }));
    QVERIFY(shows(QStringLiteral("Down")));
    QVERIFY(await([&] { return gone->freshness() >= NodeState::Freshness::Stale; }, Milliseconds(15'000)));
    window_->select(QStringLiteral("node"), QVariant::fromValue(gone));
    QVERIFY(shows(gone->problem()));
    QVERIFY(window_->settle());
    keep(QStringLiteral("nodes-gone"));
    window_->deselect();
    window_->goTo(QStringLiteral("ordering"));
    QVERIFY(window_->settle());
    keep(QStringLiteral("ordering-gone"));
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestNodePages)
#include "tst_node_pages.moc"
