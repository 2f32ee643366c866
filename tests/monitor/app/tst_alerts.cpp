// SPDX-License-Identifier: GPL-3.0-or-later
//
// A person who looks elsewhere hears of a lost leader once, and that it is back; and is left alone otherwise.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/app/Alerts.h"
#include "app/monitor/app/Settings.h"
#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Requests.h"

using namespace dsmsg::monitor;

class TestAlerts : public QObject
{
    Q_OBJECT
    QTemporaryDir dir_;
    Settings settings_{dir_.filePath(QStringLiteral("settings.ini"))};
    Notifier notifier_{settings_};
    Requests requests_;
    ClusterMonitor cluster_{requests_};
    Alerts alerts_{cluster_, notifier_};
    NodeState node_{QUrl(QStringLiteral("http://127.0.0.1:1")), nullptr};

private Q_SLOTS:
    void cleanup() { settings_.setNotifications(true); }

    void aFirstLeaderIsNoNews()
    {
        const QSignalSpy told(&notifier_, &Notifier::told);
        Q_EMIT cluster_.leaderFound(&node_);
        QCOMPARE(told.count(), 0);
    }

    void aLostLeaderIsToldAndThatItIsBack()
    {
        const QSignalSpy told(&notifier_, &Notifier::told);
        Q_EMIT cluster_.leaderLost();
        Q_EMIT cluster_.quorumLost();
        Q_EMIT cluster_.leaderFound(&node_);
        Q_EMIT cluster_.leaderFound(&node_); // it moved on, nothing was lost
        QCOMPARE(told.count(), 3);
        QCOMPARE(told[0][0].toString(), QStringLiteral("No leader"));
        QVERIFY(!told[0][1].toString().isEmpty());
        QCOMPARE(told[1][0].toString(), QStringLiteral("Quorum lost"));
        QCOMPARE(told[2][0].toString(), QStringLiteral("A leader again"));
        QVERIFY2(told[2][1].toString().contains(QStringLiteral("127.0.0.1:1")), "names the leader");
        for (const auto& one : told)
            QVERIFY2(one[2].toBool(), "the window is not in front: it is sent");
    }

    void nothingIsSentWhenThePersonDoesNotWantIt()
    {
        settings_.setNotifications(false);
        const QSignalSpy told(&notifier_, &Notifier::told);
        Q_EMIT cluster_.leaderLost();
        QCOMPARE(told.count(), 1);
        QVERIFY(!told[0][2].toBool());
    }

    void anotherClusterBeginsAnew()
    {
        Q_EMIT cluster_.leaderLost();
        Q_EMIT cluster_.connectedAnew();
        const QSignalSpy told(&notifier_, &Notifier::told);
        Q_EMIT cluster_.leaderFound(&node_);
        QCOMPARE(told.count(), 0);
    }
};

QTEST_MAIN(TestAlerts)
#include "tst_alerts.moc"
