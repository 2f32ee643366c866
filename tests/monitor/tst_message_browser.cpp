// SPDX-License-Identifier: GPL-3.0-or-later
//
// The browser on real nodes: the window follows what is sent, holds still when told, moves through the log in
// both directions, and writes it out; and the GUI thread is never kept busy by any of it.
#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "WatchedApplication.h"
#include "app/monitor/cluster/Requests.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/messages/DeliveryModel.h"
#include "app/monitor/messages/MessageBrowser.h"
#include "app/monitor/messages/MessageDetail.h"
#include "app/monitor/messages/MessageTrace.h"
#include "core/client/Client.h"

namespace dsmsg::monitor {

namespace {

constexpr int patienceMs = 20'000;

} // namespace

class TestMessageBrowser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void anEmptyLogSaysSo();
    void followsWhatIsSent();
    void holdsStillAndCounts();
    void aBurstDoesNotBlock();
    void walksThroughTheWholeLog();
    void filtersAndFindsById();
    void ordersByDelivery();
    void exportsEverythingOnce();
    void exportIsCancelled();
    void oneMessageAndItsLife();
    void theLastDeliveries();
    void sleepsWhileNobodyLooks();

private:
    void send(int count, const QString& recipient = QStringLiteral("bob"));
    quint64 lastSeq() const;

    QTemporaryDir folder_;
    std::unique_ptr<EmbeddedCluster> nodes_;
    std::unique_ptr<Requests> requests_;
    std::unique_ptr<ClusterMonitor> cluster_;
    std::unique_ptr<MessageBrowser> browser_;
    std::unique_ptr<QAbstractItemModelTester> tester_;
    std::unique_ptr<client::Client> client_;
    int sent_ = 0;
};

void TestMessageBrowser::initTestCase()
{
    nodes_ = std::make_unique<EmbeddedCluster>(folder_.path());
    QSignalSpy ready(nodes_.get(), &EmbeddedCluster::ready);
    nodes_->start(1);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patienceMs);
    requests_ = std::make_unique<Requests>();
    cluster_ = std::make_unique<ClusterMonitor>(*requests_);
    browser_ = std::make_unique<MessageBrowser>(*requests_, *cluster_);
    tester_ = std::make_unique<QAbstractItemModelTester>(browser_->rows());
    QCOMPARE(browser_->state(), MessageBrowser::NotConnected);
    browser_->setActive(true);
    cluster_->connectTo(nodes_->urls());
    client::Client::Options options;
    options.endpoints = nodes_->urls();
    options.seed = 1;
    client_ = std::make_unique<client::Client>(options);
}

void TestMessageBrowser::cleanupTestCase()
{
    client_.reset();
    tester_.reset();
    browser_.reset();
    cluster_.reset();
    requests_.reset();
    nodes_.reset();
}

/// Returns when all are acknowledged.
void TestMessageBrowser::send(int count, const QString& recipient)
{
    int acknowledged = 0;
    for (int i = 0; i < count; ++i) {
        client::Draft draft;
        draft.msgId = QStringLiteral("m-%1").arg(++sent_);
        draft.sender = QStringLiteral("alice");
        draft.recipient = recipient;
        draft.payload = "{\"n\":" + QByteArray::number(sent_) + ",\"exact\":12345678901234567890}";
        client_->send(draft, [&acknowledged](const client::SendResult& result) {
            acknowledged += result.outcome == client::SendOutcome::Acknowledged ? 1 : 0;
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(acknowledged, count, patienceMs);
}

quint64 TestMessageBrowser::lastSeq() const
{
    const MessageModel& rows = *browser_->rows();
    return rows.count() > 0 ? rows.row(rows.count() - 1).seq : 0;
}

void TestMessageBrowser::anEmptyLogSaysSo()
{
    QTRY_COMPARE_WITH_TIMEOUT(browser_->state(), MessageBrowser::Empty, patienceMs);
    QVERIFY(browser_->live());
    QVERIFY(browser_->curl().contains(QLatin1String("/events")));
}

void TestMessageBrowser::followsWhatIsSent()
{
    QTRY_VERIFY_WITH_TIMEOUT(browser_->streaming(), patienceMs);
    send(20);
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 20u, patienceMs);
    QCOMPARE(browser_->rows()->count(), 20);
    QCOMPARE(browser_->state(), MessageBrowser::Ready);
    QCOMPARE(browser_->rows()->row(19).sender, QStringLiteral("alice"));
    QVERIFY(browser_->rows()->row(19).preview.contains(QLatin1String("12345678901234567890")));
    QVERIFY(browser_->ageMs() < patienceMs);
}

void TestMessageBrowser::holdsStillAndCounts()
{
    browser_->pause();
    send(30);
    QTRY_COMPARE_WITH_TIMEOUT(browser_->newCount(), 30.0, patienceMs);
    QCOMPARE(lastSeq(), 20u);
    QVERIFY(!browser_->atEnd());
    browser_->resume();
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 50u, patienceMs);
    QCOMPARE(browser_->newCount(), 0.0);
    QCOMPARE(browser_->rows()->count(), 50);
    // Read by pages instead, what was counted is not new any more.
    browser_->pause();
    send(10);
    QTRY_COMPARE_WITH_TIMEOUT(browser_->newCount(), 10.0, patienceMs);
    browser_->loadNewer();
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 60u, patienceMs);
    QCOMPARE(browser_->newCount(), 0.0);
    QTRY_VERIFY_WITH_TIMEOUT((browser_->loadNewer(), browser_->atEnd()), patienceMs);
    browser_->resume();
}

void TestMessageBrowser::aBurstDoesNotBlock()
{
    constexpr int batches = 20;
    constexpr int perBatch = 500;
    QList<QByteArray> bodies;
    for (int batch = 0; batch < batches; ++batch) {
        QByteArray body;
        for (int i = 0; i < perBatch; ++i)
            body += "{\"payload\":{\"batch\":" + QByteArray::number(batch) +
                    ",\"n\":" + QByteArray::number(i) + "}}\n";
        bodies.append(body);
    }
    auto& application = *static_cast<test::WatchedApplication*>(qApp);
    application.startAnew();
    int answered = 0;
    for (const QByteArray& body : bodies) {
        client::Call::Request request;
        request.method = client::HttpRequest::Method::Post;
        request.path = QStringLiteral("/send/batch");
        request.body = body;
        client_->request(request, client::Client::To::Leader,
                         [&answered](const Result<QByteArray>& answer) { answered += answer ? 1 : 0; });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answered, batches, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), quint64(60 + batches * perBatch), patienceMs);
    const double longest = application.longestMs();
    QCOMPARE(browser_->rows()->count(), MessageModel::capacity);
    for (int i = 1; i < browser_->rows()->count(); ++i)
        QCOMPARE(browser_->rows()->row(i).seq, browser_->rows()->row(i - 1).seq + 1);
    qInfo("The GUI thread worked at most %.1f ms at a time.", longest);
    QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
}

void TestMessageBrowser::walksThroughTheWholeLog()
{
    browser_->setLimit(1000);
    browser_->goToStart();
    QTRY_COMPARE_WITH_TIMEOUT(browser_->rows()->row(0).seq, 1u, patienceMs);
    QVERIFY(browser_->atStart() && !browser_->live());
    QVERIFY(browser_->curl().contains(QLatin1String("after=0")));
    quint64 seen = lastSeq();
    while (!browser_->atEnd()) {
        browser_->loadNewer();
        QTRY_VERIFY_WITH_TIMEOUT(!browser_->loading(), patienceMs);
        QVERIFY(browser_->rows()->count() <= MessageModel::capacity);
        QVERIFY(browser_->atEnd() || lastSeq() > seen);
        seen = lastSeq();
    }
    QCOMPARE(seen, 10'060u);
    QVERIFY(!browser_->atStart());
    while (!browser_->atStart()) {
        browser_->loadOlder();
        QTRY_VERIFY_WITH_TIMEOUT(!browser_->loading(), patienceMs);
    }
    QCOMPARE(browser_->rows()->row(0).seq, 1u);
    QCOMPARE(browser_->rows()->count(), MessageModel::capacity);
    browser_->jumpTo(5000);
    QTRY_COMPARE_WITH_TIMEOUT(browser_->rows()->row(0).seq, 5000u, patienceMs);
    // Beyond the end lies the end.
    browser_->jumpTo(99'999'999);
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 10'060u, patienceMs);
    QVERIFY(browser_->live());
}

void TestMessageBrowser::filtersAndFindsById()
{
    QCOMPARE(browser_->apply({{QStringLiteral("recipient"), QStringLiteral("bob")}}), QString());
    QTRY_COMPARE_WITH_TIMEOUT(browser_->rows()->count(), 60, patienceMs);
    QVERIFY(browser_->atStart());
    QVERIFY(browser_->apply({{QStringLiteral("from"), QStringLiteral("whenever")}})
                .contains(QLatin1String("whenever")));
    QCOMPARE(browser_->recipient(), QStringLiteral("bob"));
    browser_->apply({{QStringLiteral("after"), QStringLiteral("55")}});
    QTRY_COMPARE_WITH_TIMEOUT(browser_->rows()->count(), 5, patienceMs);

    browser_->apply(
        {{QStringLiteral("recipient"), QStringLiteral("nobody")}, {QStringLiteral("after"), QString()}});
    QTRY_COMPARE_WITH_TIMEOUT(browser_->state(), MessageBrowser::NoMatch, patienceMs);
    // What passes later is not missed.
    QTRY_VERIFY_WITH_TIMEOUT(browser_->streaming(), patienceMs);
    send(1, QStringLiteral("nobody"));
    QTRY_COMPARE_WITH_TIMEOUT(browser_->rows()->count(), 1, patienceMs);

    browser_->reset();
    browser_->apply({{QStringLiteral("msgId"), QStringLiteral("m-7")}});
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 7u, patienceMs);
    QCOMPARE(browser_->rows()->count(), 1);
    browser_->reset();
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 10'061u, patienceMs);
}

void TestMessageBrowser::ordersByDelivery()
{
    browser_->apply({{QStringLiteral("byDelivery"), true}});
    QTRY_VERIFY_WITH_TIMEOUT(browser_->rows()->last() >= 10'060, patienceMs);
    for (int i = 1; i < browser_->rows()->count(); ++i)
        QCOMPARE(browser_->rows()->row(i).deliverySeq, browser_->rows()->row(i - 1).deliverySeq + 1);
    browser_->reset();
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 10'061u, patienceMs);
    // A row that came before its delivery gets its number afterwards.
    send(1);
    QTRY_COMPARE_WITH_TIMEOUT(lastSeq(), 10'062u, patienceMs);
    const auto delivered = [this] {
        return browser_->rows()->row(browser_->rows()->count() - 1).deliverySeq;
    };
    QCOMPARE(delivered(), 0u);
    QTRY_VERIFY_WITH_TIMEOUT(delivered() > 0, patienceMs);
}

void TestMessageBrowser::exportsEverythingOnce()
{
    const QString path = folder_.filePath(QStringLiteral("all.csv"));
    QSignalSpy finished(browser_->exporter(), &MessageExport::finished);
    browser_->exportTo(QUrl::fromLocalFile(path));
    QVERIFY(browser_->exporter()->running());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
    QCOMPARE(browser_->exporter()->written(), 10'062.0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.size(), 10'062 + 2);
    QVERIFY(lines.at(1).startsWith("1,1,m-1,alice,bob,"));
    QVERIFY(lines.at(1).trimmed().endsWith("\"{\"\"n\"\":1,\"\"exact\"\":12345678901234567890}\""));

    browser_->apply({{QStringLiteral("recipient"), QStringLiteral("bob")}});
    const QString narrow = folder_.filePath(QStringLiteral("bob.jsonl"));
    browser_->exportTo(QUrl::fromLocalFile(narrow));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, patienceMs);
    QCOMPARE(browser_->exporter()->written(), 61.0);
    browser_->reset();

    browser_->exportTo(QUrl::fromLocalFile(folder_.filePath(QStringLiteral("no/such/folder.csv"))));
    QTRY_VERIFY_WITH_TIMEOUT(!browser_->exporter()->running(), patienceMs);
    QVERIFY(!browser_->exporter()->error().isEmpty());
}

void TestMessageBrowser::exportIsCancelled()
{
    const QString path = folder_.filePath(QStringLiteral("half.jsonl"));
    browser_->exportTo(QUrl::fromLocalFile(path));
    QTRY_VERIFY_WITH_TIMEOUT(browser_->exporter()->written() > 0, patienceMs);
    browser_->exporter()->cancel();
    QVERIFY(!browser_->exporter()->running());
    QVERIFY(!QFile::exists(path));
}

void TestMessageBrowser::oneMessageAndItsLife()
{
    MessageDetail detail;
    detail.setCluster(cluster_.get());
    detail.setSubject({{QStringLiteral("msgId"), QStringLiteral("m-7")}});
    QTRY_VERIFY_WITH_TIMEOUT(detail.loaded(), patienceMs);
    QCOMPARE(detail.seq(), 7.0);
    QVERIFY(detail.structured());
    QCOMPARE(detail.raw(), QStringLiteral("{\"n\":7,\"exact\":12345678901234567890}"));
    QCOMPARE(detail.pretty(), QStringLiteral("{\n  \"n\": 7,\n  \"exact\": 12345678901234567890\n}"));
    QVERIFY(detail.hex().startsWith(QLatin1String("0000  7b 22 6e")));
    QCOMPARE(detail.draft().value(QStringLiteral("text")).toString(), detail.raw());
    QVERIFY(detail.draft().value(QStringLiteral("json")).toBool());

    MessageTrace trace;
    trace.setCluster(cluster_.get());
    trace.setSeq(detail.seq());
    QTRY_VERIFY_WITH_TIMEOUT(trace.known(), patienceMs);
    QVERIFY(trace.complete());
    QCOMPARE(trace.stages().size(), 6);
    QVERIFY(!trace.waiting());
    QVERIFY(trace.summary().contains(QLatin1String("Committed")));

    detail.setSubject({{QStringLiteral("seq"), 99'999'999.0}});
    QTRY_VERIFY_WITH_TIMEOUT(!detail.error().isEmpty(), patienceMs);
    QVERIFY(!detail.loaded());
}

void TestMessageBrowser::theLastDeliveries()
{
    DeliveryModel deliveries;
    const QAbstractItemModelTester tester(&deliveries);
    deliveries.setCluster(cluster_.get());
    QCOMPARE(deliveries.count(), 0);
    deliveries.setActive(true);
    QTRY_COMPARE_WITH_TIMEOUT(deliveries.count(), DeliveryModel::shown, patienceMs);
    const double newest = deliveries.get(0).value(QStringLiteral("deliverySeq")).toDouble();
    QSignalSpy resets(&deliveries, &DeliveryModel::modelReset);
    send(2);
    QTRY_VERIFY_WITH_TIMEOUT(deliveries.get(0).value(QStringLiteral("deliverySeq")).toDouble() == newest + 2,
                             patienceMs);
    QCOMPARE(deliveries.count(), DeliveryModel::shown);
    QCOMPARE(resets.size(), 0);
}

void TestMessageBrowser::sleepsWhileNobodyLooks()
{
    QTRY_VERIFY_WITH_TIMEOUT(browser_->streaming(), patienceMs);
    browser_->pause();
    const quint64 last = lastSeq();
    browser_->setActive(false);
    QVERIFY(!browser_->streaming());
    QTRY_COMPARE_WITH_TIMEOUT(cluster_->target()->subscribers(), 0, patienceMs);
    send(7);
    QCOMPARE(browser_->newCount(), 0.0);
    browser_->setActive(true);
    QTRY_COMPARE_WITH_TIMEOUT(browser_->newCount(), 7.0, patienceMs);
    QCOMPARE(lastSeq(), last);
}

} // namespace dsmsg::monitor

int main(int argc, char** argv)
{
    dsmsg::test::WatchedApplication application(argc, argv);
    dsmsg::monitor::TestMessageBrowser test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_message_browser.moc"
