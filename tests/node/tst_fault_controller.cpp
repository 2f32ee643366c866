// SPDX-License-Identifier: GPL-3.0-or-later
//
// The faults of a node: what may be ordered, what obeys, and that every one ends.
#include <QTest>

#include "core/node/FaultController.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace std::chrono_literals;

namespace {

FaultOrder order(FaultKind kind, std::optional<double> value = {}, Milliseconds lasts = 60s)
{
    return {kind, {}, {}, value, lasts};
}

} // namespace

class TestFaultController : public QObject
{
    Q_OBJECT

    SystemClock system_;
    std::unique_ptr<FaultClock> clock_;
    std::shared_ptr<storage::DiskFaults> disk_;
    std::vector<ActiveFault> shown_; ///< what the Raft thread was told last
    std::vector<std::shared_ptr<QSemaphore>> pauses_;
    std::unique_ptr<FaultController> controller_;

private Q_SLOTS:
    void init()
    {
        clock_ = std::make_unique<FaultClock>(system_);
        disk_ = std::make_shared<storage::DiskFaults>();
        shown_.clear();
        pauses_.clear();
        FaultController::Subjects subjects{
            disk_, *clock_, [this](std::vector<ActiveFault> active) { shown_ = std::move(active); },
            [this](std::shared_ptr<QSemaphore> end, Milliseconds) { pauses_.push_back(std::move(end)); }};
        controller_ =
            std::make_unique<FaultController>(std::move(subjects), std::vector<std::string>{"http://b:1"});
    }
    void cleanup() { controller_.reset(); }

    void theDiskObeys()
    {
        QVERIFY(controller_->inject(order(FaultKind::FsyncFail)).ok());
        QVERIFY(!disk_->maySync());
        QVERIFY(controller_->inject(order(FaultKind::DiskFull)).ok());
        QVERIFY(!disk_->mayGrow(1));
        QCOMPARE(controller_->heal({}), std::size_t(2));
        QVERIFY(disk_->maySync() && disk_->mayGrow(1'000'000));
    }

    void theScarcerDiskCounts()
    {
        QVERIFY(controller_->inject(order(FaultKind::DiskFull, 5000)).ok());
        const auto scarcer = controller_->inject(order(FaultKind::DiskFull, 10)).value();
        QVERIFY(!disk_->mayGrow(11));
        QCOMPARE(controller_->heal(scarcer.id), std::size_t(1));
        QVERIFY(disk_->mayGrow(11));
        QVERIFY(!disk_->mayGrow(5000));
    }

    void theClockObeys()
    {
        QVERIFY(controller_->inject(order(FaultKind::ClockOffset, 100)).ok());
        QVERIFY(controller_->inject(order(FaultKind::ClockOffset, -40)).ok());
        const auto ahead = clock_->wall() - system_.wall();
        QVERIFY(ahead > 59s && ahead < 61s);
        controller_->heal({});
        QVERIFY(clock_->wall() - system_.wall() < 1s);
    }

    void theLinksAreTold()
    {
        FaultOrder cut = order(FaultKind::Partition);
        cut.peers = {"http://b:1"};
        cut.direction = net::Way::In;
        QVERIFY(controller_->inject(cut).ok());
        QVERIFY(controller_->inject(order(FaultKind::Loss, 0.5)).ok());
        const auto rules = linkRules(shown_);
        QCOMPARE(rules.size(), std::size_t(2));
        QVERIFY(rules[0].cut && rules[0].way == net::Way::In && rules[0].peers == cut.peers);
        QVERIFY(rules[1].loss == 0.5 && !rules[1].cut && rules[1].peers.empty());
        controller_->heal({});
        QVERIFY(shown_.empty());
    }

    void aPauseEndsWhenHealed()
    {
        QVERIFY(controller_->inject(order(FaultKind::Pause)).ok());
        QCOMPARE(pauses_.size(), std::size_t(1));
        QVERIFY(!pauses_[0]->tryAcquire());
        controller_->heal({});
        QVERIFY(pauses_[0]->tryAcquire());
    }

    void aPauseIsAsLongAsItsValue()
    {
        const auto pause = controller_->inject(order(FaultKind::Pause, 0.25)).value();
        QVERIFY(pause.order.lasts == 250ms);
    }

    void everyFaultHealsItself()
    {
        QVERIFY(controller_->inject(order(FaultKind::FsyncFail, {}, 30ms)).ok());
        QVERIFY(controller_->inject(order(FaultKind::DiskFull, {}, 60ms)).ok());
        QCOMPARE(controller_->list().size(), std::size_t(2));
        QTRY_COMPARE(controller_->list().size(), std::size_t(1));
        QVERIFY(disk_->maySync() && !disk_->mayGrow(1));
        QTRY_VERIFY(controller_->list().empty());
        QVERIFY(disk_->mayGrow(1) && shown_.empty());
    }

    void peersAreKnownByUrlAndOnceMetById()
    {
        FaultOrder cut = order(FaultKind::Partition);
        cut.peers = {"n2"};
        QCOMPARE(controller_->inject(cut).error().kind, Error::Kind::Invalid);
        controller_->peerMet(QStringLiteral("http://b:1"), QStringLiteral("n2"));
        QVERIFY(controller_->inject(cut).ok());
    }

    void theirNumberHasABound()
    {
        for (int fault = 0; fault < 64; ++fault)
            QVERIFY(controller_->inject(order(FaultKind::Loss, 0)).ok());
        QCOMPARE(controller_->inject(order(FaultKind::Loss, 0)).error().kind, Error::Kind::Busy);
    }

    void itsEndHealsAll()
    {
        QVERIFY(controller_->inject(order(FaultKind::FsyncFail)).ok());
        QVERIFY(controller_->inject(order(FaultKind::Pause)).ok());
        controller_.reset();
        QVERIFY(disk_->maySync());
        QVERIFY(pauses_[0]->tryAcquire());
    }

    void wrongOrders_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("valid");
        const double none = qQNaN();
        QTest::newRow("partition") << "partition" << none << true;
        QTest::newRow("partition with a value") << "partition" << 1.0 << false;
        QTest::newRow("delay without a value") << "delay" << none << false;
        QTest::newRow("delay of nothing") << "delay" << 0.0 << false;
        QTest::newRow("delay") << "delay" << 100.0 << true;
        QTest::newRow("loss of all") << "loss" << 1.0 << true;
        QTest::newRow("loss of more than all") << "loss" << 1.01 << false;
        QTest::newRow("negative loss") << "loss" << -0.1 << false;
        QTest::newRow("offset without a value") << "clock_offset" << none << false;
        QTest::newRow("offset of an age") << "clock_offset" << 1e12 << false;
        QTest::newRow("drift") << "clock_drift" << -500'000.0 << true;
        QTest::newRow("a clock that stands") << "clock_drift" << -1e6 << false;
        QTest::newRow("negative space") << "disk_full" << -1.0 << false;
        QTest::newRow("slow without a value") << "disk_slow" << none << false;
        QTest::newRow("fsync_fail with a value") << "fsync_fail" << 1.0 << false;
    }
    void wrongOrders()
    {
        QFETCH(QString, kind);
        QFETCH(double, value);
        QFETCH(bool, valid);
        const auto known = faultKindFrom(kind.toStdString());
        QVERIFY(known);
        const auto checked = checkFault(order(*known, qIsNaN(value) ? std::nullopt : std::optional(value)));
        QCOMPARE(checked.ok(), valid);
    }
};

QTEST_GUILESS_MAIN(TestFaultController)
#include "tst_fault_controller.moc"
