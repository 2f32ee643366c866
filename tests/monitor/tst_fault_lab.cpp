// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every fault of the lab on a real embedded cluster: its effect is seen, it heals, and what was acknowledged
// meanwhile is there.
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Requests.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/lab/FaultLab.h"
#include "core/client/Client.h"

namespace dsmsg::monitor {

namespace {

constexpr int patienceMs = 30'000;

} // namespace

class TestFaultLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void cleanupTestCase() { end(); }
    void everyNodeTakesFaults();
    void aPauseIsSilence();
    void aCutDirectionIsSeen();
    void slowAndLossyLinksAreShown();
    void aFullDiskRefuses();
    void aFailedSyncStopsANodeForGood();
    void aWrongClockIsSeen();
    void everyOtherFaultIsOrderedAndHealed_data();
    void everyOtherFaultIsOrderedAndHealed();
    void aFaultHealsByItself();
    void whatIsRefusedIsSaid();
    void losingTheQuorumIsAsked();
    void theLeaderIsKilledUnderLoad();
    void fiveNodesSurviveEverything();
    void aRunCanBeCancelled();

private:
    bool start(int nodes);
    void end();
    bool healthy() const;
    NodeState* leader() const { return cluster_->leader(); }
    NodeState* follower() const;
    void inject(NodeState* node, const char* kind, double value = 0, double forS = 120);
    bool awaitFaults(int count) const
    {
        return QTest::qWaitFor([&] { return lab_->faults()->count() == count; }, patienceMs);
    }
    /// HTTP status of a message to the leader.
    int send() const;
    bool awaitSend(int status) const;

    std::unique_ptr<QTemporaryDir> root_;
    std::unique_ptr<Requests> requests_;
    std::unique_ptr<EmbeddedCluster> embedded_;
    std::unique_ptr<ClusterMonitor> cluster_;
    std::unique_ptr<FaultLab> lab_;
};

void TestFaultLab::init()
{
    const int nodes = QByteArray(QTest::currentTestFunction()).startsWith("five") ? 5 : 3;
    if (embedded_ && embedded_->size() == nodes && healthy())
        return;
    end();
    root_ = std::make_unique<QTemporaryDir>();
    requests_ = std::make_unique<Requests>();
    embedded_ = std::make_unique<EmbeddedCluster>(root_->path());
    cluster_ = std::make_unique<ClusterMonitor>(*requests_);
    lab_ = std::make_unique<FaultLab>(*cluster_, *embedded_);
    connect(embedded_.get(), &EmbeddedCluster::ready, cluster_.get(), &ClusterMonitor::connectTo);
    QVERIFY(start(nodes));
}

/// One cluster serves many tests, each of which gets it whole.
void TestFaultLab::cleanup()
{
    lab_->healAll();
    QVERIFY(awaitFaults(0));
    QTRY_VERIFY_WITH_TIMEOUT(healthy(), patienceMs);
}

void TestFaultLab::end()
{
    lab_.reset();
    cluster_.reset();
    embedded_.reset();
    requests_.reset();
}

bool TestFaultLab::healthy() const
{
    if (cluster_->leader() == nullptr || cluster_->nodes()->count() != embedded_->size() ||
        lab_->support() != FaultLab::Everywhere)
        return false;
    return std::ranges::all_of(cluster_->nodes()->nodes(), [&](NodeState* node) {
        const auto hears = [](const PeerState* peer) { return peer->alive(); };
        return lab_->takesFaults(node) && node->freshness() == NodeState::Freshness::Fresh &&
               node->leaderId() == cluster_->leader()->id() && std::ranges::all_of(node->peers(), hears);
    });
}

bool TestFaultLab::start(int nodes)
{
    embedded_->start(nodes);
    lab_->setWatching(true);
    return QTest::qWaitFor([&] { return embedded_->running() && healthy(); }, patienceMs);
}

NodeState* TestFaultLab::follower() const
{
    for (NodeState* node : cluster_->nodes()->nodes()) {
        if (node != leader())
            return node;
    }
    return nullptr;
}

void TestFaultLab::inject(NodeState* node, const char* kind, double value, double forS)
{
    lab_->inject(node, {{QStringLiteral("kind"), QLatin1String(kind)},
                        {QStringLiteral("value"), value},
                        {QStringLiteral("for_s"), forS}});
}

int TestFaultLab::send() const
{
    client::HttpRequest request;
    request.method = client::HttpRequest::Method::Post;
    request.url = leader() != nullptr ? leader()->url() : embedded_->urls().first();
    request.url.setPath(QStringLiteral("/send"));
    request.body = R"({"payload":1})";
    std::optional<int> status;
    QObject owner;
    requests_->start(request, &owner, [&](const client::HttpReply& reply) { status = reply.status; });
    return QTest::qWaitFor([&] { return status.has_value(); }, patienceMs) ? *status : -1;
}

/// Not by QTRY_COMPARE, which sends once more after it was right: to a node that led a moment ago, maybe.
bool TestFaultLab::awaitSend(int status) const
{
    return QTest::qWaitFor([&] { return send() == status; }, patienceMs);
}

void TestFaultLab::everyNodeTakesFaults()
{
    QCOMPARE(lab_->support(), FaultLab::Everywhere);
    QVERIFY(lab_->embedded());
    QVERIFY(lab_->supportText().isEmpty());
    QCOMPARE(lab_->links()->size(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(lab_->links()->cell(0, 1).state, LinkMatrix::Open, patienceMs);
}

void TestFaultLab::aPauseIsSilence()
{
    NodeState* paused = leader();
    inject(paused, "pause", 0, 4);
    QTRY_VERIFY_WITH_TIMEOUT(leader() != nullptr && leader() != paused, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(paused->freshness() != NodeState::Freshness::Fresh, patienceMs);
    // It is healed over HTTP, though it stands still.
    lab_->healAll();
    QTRY_COMPARE_WITH_TIMEOUT(paused->freshness(), NodeState::Freshness::Fresh, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(paused->role(), NodeState::Follower, patienceMs);
}

void TestFaultLab::aCutDirectionIsSeen()
{
    const QString from = leader()->name();
    const QString to = follower()->name();
    lab_->toggleLink(from, to, 120);
    QVERIFY(awaitFaults(1));
    QTRY_VERIFY_WITH_TIMEOUT(lab_->links()->isCut(from, to), patienceMs);
    QVERIFY(!lab_->links()->isCut(to, from));
    // The listener does not hear the speaker any more.
    QTRY_VERIFY_WITH_TIMEOUT(!lab_->named(to)->peer(from)->alive(), patienceMs);
    lab_->toggleLink(from, to, 120);
    QVERIFY(awaitFaults(0));
    QTRY_VERIFY_WITH_TIMEOUT(lab_->named(to)->peer(from)->alive(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(lab_->links()->cutCount(), 0, patienceMs);
}

void TestFaultLab::slowAndLossyLinksAreShown()
{
    NodeState* node = follower();
    const int row = static_cast<int>(cluster_->nodes()->nodes().indexOf(node));
    const int other = row == 0 ? 1 : 0;
    inject(node, "delay", 60);
    QVERIFY(awaitFaults(1));
    QTRY_COMPARE_WITH_TIMEOUT(lab_->links()->cell(row, other).state, LinkMatrix::Slow, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(leader()->peer(node->id())->delayMs() > 50, patienceMs);
    inject(node, "loss", 10);
    QTRY_COMPARE_WITH_TIMEOUT(lab_->links()->cell(row, other).state, LinkMatrix::Lossy, patienceMs);
    lab_->healAll();
    QVERIFY(awaitFaults(0));
    QTRY_COMPARE_WITH_TIMEOUT(lab_->links()->cell(row, other).state, LinkMatrix::Open, patienceMs);
}

void TestFaultLab::aFullDiskRefuses()
{
    QCOMPARE(send(), 200);
    // One alone would hand its leadership to a node with room.
    for (NodeState* node : cluster_->nodes()->nodes())
        inject(node, "disk_full", 1000); // kB: below the reserve, and enough for the votes of an election
    QVERIFY(awaitFaults(3));
    QVERIFY(awaitSend(507));
    lab_->healAll();
    QVERIFY(awaitSend(200));
}

void TestFaultLab::aFailedSyncStopsANodeForGood()
{
    NodeState* node = follower();
    EmbeddedNode* own = lab_->embeddedNode(node);
    inject(node, "fsync_fail");
    QVERIFY(awaitFaults(1));
    QVERIFY(awaitSend(200));
    QTRY_COMPARE_WITH_TIMEOUT(own->state(), EmbeddedNode::ReadOnly, patienceMs);
    QVERIFY(!own->problem().isEmpty());
    lab_->restart(node);
    QTRY_COMPARE_WITH_TIMEOUT(own->state(), EmbeddedNode::Running, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(
        node->committedSeq() == leader()->committedSeq() && node->diskFailure().isEmpty(), patienceMs);
}

void TestFaultLab::aWrongClockIsSeen()
{
    NodeState* node = follower();
    inject(node, "clock_offset", 2);
    QVERIFY(awaitFaults(1));
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(leader()->peer(node->id())->offsetMs() - 2000) < 200, patienceMs);
    lab_->healAll();
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(leader()->peer(node->id())->offsetMs()) < 200, patienceMs);
}

void TestFaultLab::everyOtherFaultIsOrderedAndHealed_data()
{
    QTest::addColumn<QString>("kind");
    for (const FaultKindInfo& info : faultKinds())
        QTest::newRow(info.kind) << QString::fromLatin1(info.kind);
}

/// With the values that the page begins with.
void TestFaultLab::everyOtherFaultIsOrderedAndHealed()
{
    QFETCH(QString, kind);
    const FaultKindInfo& info = *faultKind(kind);
    const QVariantMap fault{
        {QStringLiteral("kind"), kind}, {QStringLiteral("value"), info.value}, {QStringLiteral("for_s"), 120}};
    QVERIFY(lab_->curlOf(follower(), fault).contains(QStringLiteral("/faults")));
    lab_->inject(follower(), fault);
    QVERIFY(awaitFaults(1));
    QCOMPARE(lab_->problem(), QString());
    const FaultList::Row& row = lab_->faults()->rows().front();
    QCOMPARE(row.fault.kind, kind);
    QCOMPARE(row.name, follower()->name());
    lab_->heal(row.url, static_cast<double>(row.fault.id));
    QVERIFY(awaitFaults(0));
    QCOMPARE(lab_->problem(), QString());
}

void TestFaultLab::aFaultHealsByItself()
{
    inject(follower(), "disk_slow", 20, 1.5);
    QVERIFY(awaitFaults(1));
    QVERIFY(awaitFaults(0));
}

void TestFaultLab::whatIsRefusedIsSaid()
{
    lab_->inject(follower(), {{QStringLiteral("kind"), QStringLiteral("partition")},
                              {QStringLiteral("peers"), QStringList{QStringLiteral("nobody")}},
                              {QStringLiteral("for_s"), 5}});
    QTRY_VERIFY_WITH_TIMEOUT(lab_->problem().contains(QStringLiteral("no peer \"nobody\"")), patienceMs);
}

void TestFaultLab::losingTheQuorumIsAsked()
{
    const QVariantMap kill{{QStringLiteral("kind"), QStringLiteral("kill")}};
    NodeState* first = follower();
    QVERIFY(!lab_->risk(first, kill).value(QStringLiteral("asks")).toBool());
    lab_->kill(first);
    QTRY_COMPARE_WITH_TIMEOUT(lab_->embeddedNode(first)->state(), EmbeddedNode::Killed, patienceMs);
    QVERIFY(lab_->risk(leader(), kill).value(QStringLiteral("asks")).toBool());
    QVERIFY(lab_->scenarioRisk(QStringLiteral("cut-leader")).value(QStringLiteral("asks")).toBool());
    lab_->healAll();
    QTRY_COMPARE_WITH_TIMEOUT(lab_->embeddedNode(first)->state(), EmbeddedNode::Running, patienceMs);
    QVERIFY(!lab_->scenarioRisk(QStringLiteral("cut-leader")).value(QStringLiteral("asks")).toBool());
}

void TestFaultLab::theLeaderIsKilledUnderLoad()
{
    const QString before = leader()->name();
    LabRun& run = *lab_->run();
    run.breakIt(QStringLiteral("kill-leader"));
    QVERIFY(run.active());
    QTRY_VERIFY_WITH_TIMEOUT(leader() != nullptr && leader()->name() != before, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(run.phase(), LabRun::Done, 2 * patienceMs);
    const LabVerdict& verdict = *lab_->verdict();
    QVERIFY2(verdict.severity() == QStringLiteral("good"), qPrintable(verdict.text()));
    QVERIFY(verdict.acknowledged() > 500);
    QCOMPARE(verdict.lost(), 0.0);
    QVERIFY2(verdict.newLeaderMs() > 0 && verdict.newLeaderMs() < 5000, qPrintable(verdict.text()));
    QVERIFY(verdict.silenceMs() > 0);
    QVERIFY2(verdict.catchUpMs() >= 0, qPrintable(verdict.text()));
    QVERIFY(verdict.text().contains(before + QStringLiteral(" killed")));
    QCOMPARE(lab_->faults()->count(), 0);
    QCOMPARE(lab_->embeddedNode(lab_->named(before))->state(), EmbeddedNode::Running);
    QCOMPARE(run.steps().first().toMap().value(QStringLiteral("state")).toString(), QStringLiteral("done"));
    QVERIFY(!run.rates().isEmpty());
}

void TestFaultLab::fiveNodesSurviveEverything()
{
    LabRun& run = *lab_->run();
    run.breakIt(QStringLiteral("rolling"));
    QTRY_COMPARE_WITH_TIMEOUT(run.phase(), LabRun::Done, 3 * patienceMs);
    QVERIFY2(lab_->verdict()->severity() == QStringLiteral("good"), qPrintable(lab_->verdict()->text()));
    QCOMPARE(lab_->verdict()->record().read.nodes, 5U);
    QCOMPARE(lab_->faults()->count(), 0);
}

void TestFaultLab::aRunCanBeCancelled()
{
    LabRun& run = *lab_->run();
    run.inject(QStringLiteral("slow-disk"));
    QVERIFY(awaitFaults(1));
    run.cancel();
    QCOMPARE(run.phase(), LabRun::Cancelled);
    QVERIFY(awaitFaults(0));
}

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestFaultLab)
#include "tst_fault_lab.moc"
