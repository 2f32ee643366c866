// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scope's ring as an item in a window: where its nodes are, what the pointer finds, when it asks for
// frames, and that a quiet cluster is drawn once.
#include <cmath>

#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include "app/monitor/scope/ScopeView.h"
#include "tests/monitor/scope/CannedCluster.h"

using namespace dsmsg;
using namespace dsmsg::monitor;

namespace {

QVariantMap style()
{
    QVariantMap map;
    for (const char* name : {"raised", "sunken", "border", "borderStrong", "text", "textDim", "textFaint",
                             "accent", "accentSoft", "good", "warning", "critical", "info"})
        map.insert(QLatin1String(name), QColor(Qt::black));
    map.insert(QStringLiteral("background"), QColor(Qt::white));
    map.insert(QStringLiteral("series"), QVariantList(8, QColor(Qt::blue)));
    return map;
}

} // namespace

class TestScopeView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QQuickWindow::setGraphicsApi(QSGRendererInterface::Software); }

    void init()
    {
        window_ = std::make_unique<QQuickWindow>();
        player_ = std::make_unique<ScopePlayer>();
        view_ = new ScopeView(window_->contentItem());
        view_->setSize({600, 400});
        view_->setStyle(style());
        view_->setPlayer(player_.get());
        window_->resize(600, 400);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }

    void cleanup()
    {
        window_.reset();
        player_.reset();
    }

    void showsEachNodeWhereItSaysItIs()
    {
        live(0);
        QCOMPARE(view_->places().size(), 3);
        QTRY_VERIFY(!view_->picture().isNull() && view_->isSettled());
        for (const QVariant& place : view_->places()) {
            const QVariantMap node = place.toMap();
            const QPoint edge(
                int(node[QStringLiteral("x")].toDouble()),
                int(node[QStringLiteral("y")].toDouble() - node[QStringLiteral("radius")].toDouble()));
            bool drawn = false;
            for (int y = -2; y <= 2; ++y)
                drawn |= view_->picture().pixelColor(edge + QPoint(0, y)) != QColor(Qt::white);
            QVERIFY2(drawn, qPrintable(node[QStringLiteral("id")].toString()));
        }
    }

    void tellsWhatGoesOverALink()
    {
        live(40);
        const QVariantMap a = view_->places()[0].toMap(), b = view_->places()[1].toMap();
        const auto middle = [&](const char* axis) {
            return (a[QLatin1String(axis)].toDouble() + b[QLatin1String(axis)].toDouble()) / 2;
        };
        view_->hoverAt(middle("x"), middle("y"));
        QCOMPARE(view_->hovered()[QStringLiteral("a")].toString(), QStringLiteral("n1"));
        QCOMPARE(view_->hovered()[QStringLiteral("b")].toString(), QStringLiteral("n2"));
        const QString lines =
            view_->hovered()[QStringLiteral("lines")].toStringList().join(QLatin1Char('\n'));
        QVERIFY2(lines.contains(QStringLiteral("40 appends/s")), qPrintable(lines));
        view_->unhover();
        QVERIFY(view_->hovered().isEmpty());
    }

    void asksForFramesOnlyWhileSomethingMoves()
    {
        view_->setTimers(false);
        view_->setKinds(~int(bit(PulseKind::Heartbeat)));
        live(0);
        QVERIFY(!view_->animating());
        live(40);
        QVERIFY(view_->animating());
        view_->setStill(true);
        QVERIFY(!view_->animating());
        view_->setStill(false);
        player_->pause();
        QVERIFY(!view_->animating());
        player_->play();
        view_->setVisible(false);
        QVERIFY(!view_->animating());
    }

    void aQuietClusterIsDrawnOnce()
    {
        view_->setTimers(false);
        view_->setKinds(~int(bit(PulseKind::Heartbeat)));
        live(0);
        QTRY_VERIFY(!view_->picture().isNull());
        QTest::qWait(50); // what was wished for before is drawn
        const qint64 drawn = view_->picture().cacheKey();
        live(0);
        QTest::qWait(50);
        QCOMPARE(view_->picture().cacheKey(), drawn);
        live(40);
        step(0.01);
        QTRY_VERIFY(view_->picture().cacheKey() != drawn);
    }

    void whatMovesIsShownAStepLate()
    {
        live(40);
        QVERIFY(view_->animating());
        QTRY_VERIFY(!view_->picture().isNull());
        step(0.01);
        QTest::qWait(50); // whatever was wished for is drawn
        const qint64 before = view_->picture().cacheKey();
        step(0.01);
        const qint64 next = view_->picture().cacheKey();
        QVERIFY(next != before); // at once: it was drawn already
        QTest::qWait(50);
        QCOMPARE(view_->picture().cacheKey(), next);
        // Nothing moves any more: the last one is shown with no other after it.
        player_->pause();
        QTRY_VERIFY(view_->picture().cacheKey() != next);
    }

    void placesOfMembersThatWereNeverHeard()
    {
        NodeModel members;
        QList<NodeState*> nodes;
        for (int port : {8000, 8001, 8002, 8003}) {
            nodes.append(new NodeState(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)), &members));
            members.insert(nodes.last());
        }
        view_->setMembers(&members);
        live(0);
        // Nobody of the members is one of the heard nodes: all seven have a place, the members first.
        QCOMPARE(view_->places().size(), 7);
        QCOMPARE(view_->places()[0].toMap()[QStringLiteral("id")].toString(), members.at(0)->name());
        view_->setMembers(nullptr);
        QCOMPARE(view_->places().size(), 3);
    }

private:
    void step(double seconds)
    {
        now_ += seconds;
        player_->advance(now_);
    }

    /// Two seconds of three nodes; the leader sends so many entries a second.
    void live(double perS)
    {
        for (int i = 0; i <= 8; ++i, now_ += 0.25) {
            for (const auto* id : {u"n1", u"n2", u"n3"})
                player_->take(sampleOf(QString::fromUtf16(id), t0 + now_, quint64(sent_), quint64(4 * now_)),
                              now_);
            sent_ += perS / 4;
            player_->advance(now_);
        }
    }

    std::unique_ptr<QQuickWindow> window_;
    std::unique_ptr<ScopePlayer> player_;
    ScopeView* view_ = nullptr;
    double now_ = 100;
    double sent_ = 0;
};

QTEST_MAIN(TestScopeView)
#include "tst_scope_view.moc"
