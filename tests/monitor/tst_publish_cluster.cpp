// SPDX-License-Identifier: GPL-3.0-or-later
//
// Publishing on a real cluster, nodes inside this process: through a follower, again under the same id,
// without a leader, a whole file, and load; what was acknowledged is what is stored.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Requests.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/publish/DraftImport.h"
#include "app/monitor/publish/LoadGenerator.h"
#include "app/monitor/publish/Publisher.h"

namespace dsmsg::monitor {

namespace {

constexpr int patienceMs = 20'000;

/// Everything that was acknowledged until now, and perhaps more, by id.
QHash<QString, client::Message> stored(const QList<QUrl>& nodes)
{
    client::Client::Options options;
    options.endpoints = nodes;
    options.clock.enabled = false;
    client::Client reader(options);
    QHash<QString, client::Message> all;
    // What is sent now stands behind it all: the node that has this has everything.
    client::Draft last;
    last.sender = QStringLiteral("reader");
    last.payload = "null";
    std::optional<client::SendResult> sent;
    reader.send(last, [&sent](const client::SendResult& result) { sent = result; });
    if (!QTest::qWaitFor([&sent] { return sent.has_value(); }, patienceMs) ||
        sent->outcome != client::SendOutcome::Acknowledged)
        return all;
    client::MessagesQuery query;
    query.limit = 1000;
    query.after = 0;
    query.minSeq = sent->seq;
    for (;;) {
        std::optional<Result<client::Page>> page;
        reader.messages(query, [&page](Result<client::Page> answer) { page = std::move(answer); });
        if (!QTest::qWaitFor([&page] { return page.has_value(); }, patienceMs) || !page->ok() ||
            (*page)->messages.isEmpty())
            return all;
        for (const client::Message& message : (*page)->messages)
            all.insert(message.msgId, message);
        query.after = (*page)->nextAfter;
    }
}

} // namespace

class TestPublishCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        nodes_.start(3);
        QVERIFY(QTest::qWaitFor([this] { return nodes_.running(); }, patienceMs));
        publisher_ = std::make_unique<Publisher>(cluster_, folder_.filePath(QStringLiteral("config")));
        QVERIFY(!publisher_->canSend());
        QVERIFY(!publisher_->situation().isEmpty());
        cluster_.connectTo(nodes_.urls());
        QVERIFY(QTest::qWaitFor([this] { return cluster_.leader() != nullptr && cluster_.reachable() == 3; },
                                patienceMs));
        QVERIFY(publisher_->canSend());
        QCOMPARE(publisher_->situation(), QString());
    }

    void aFollowerSendsOnToTheLeader()
    {
        QSignalSpy redirected(&cluster_, &ClusterMonitor::redirected);
        NodeState* follower = nullptr;
        for (NodeState* node : cluster_.nodes()->nodes())
            if (!node->leads())
                follower = node;
        cluster_.select(follower);
        MessageForm& form = *publisher_->form();
        form.setSender(QStringLiteral("me"));
        form.setText(QStringLiteral("{\"big\": 12345678901234567890, \"n\": {{n}}}"));
        form.setJson(true);
        QVERIFY(publisher_->send(&form));
        QCOMPARE(form.receipt()->state(), Receipt::Sending);
        QVERIFY(answered(form));
        cluster_.select(nullptr);
        QCOMPARE(form.receipt()->severity(), QStringLiteral("good"));
        QVERIFY2(form.receipt()->line().contains(QStringLiteral("on disk on")),
                 qPrintable(form.receipt()->line()));
        QVERIFY(form.receipt()->durableOn().size() >= 2);
        QVERIFY2(form.receipt()->route().contains(nodeText(follower->url())),
                 qPrintable(form.receipt()->route()));
        QVERIFY(redirected.size() >= 1);
        const auto all = stored(nodes_.urls());
        QVERIFY(all.contains(form.receipt()->msgId()));
        const client::Message& message = all[form.receipt()->msgId()];
        QCOMPARE(double(message.seq), form.receipt()->seq());
        QCOMPARE(message.payload, QByteArray("{\"big\": 12345678901234567890, \"n\": 1}"));
    }

    void theSameIdAgainIsADuplicate()
    {
        MessageForm& form = *publisher_->quickForm();
        form.setText(QStringLiteral("once"));
        QVERIFY(publisher_->send(&form));
        QVERIFY(answered(form));
        const double seq = form.receipt()->seq();
        publisher_->sendAgain(0, true, &form);
        QVERIFY(answered(form));
        QCOMPARE(form.receipt()->severity(), QStringLiteral("info"));
        QCOMPARE(form.receipt()->seq(), seq);
        publisher_->sendAgain(0, false, &form);
        QVERIFY(answered(form));
        QVERIFY(form.receipt()->seq() > seq);
        QCOMPARE(form.receipt()->severity(), QStringLiteral("good"));
        QCOMPARE(publisher_->history()->textAt(0), QStringLiteral("once"));
    }

    /// Whose disks were asked for reaches the leader, a follower in between or not.
    void allDisks()
    {
        MessageForm& form = *publisher_->quickForm();
        form.setText(QStringLiteral("everywhere"));
        form.setAck(MessageForm::All);
        QVERIFY(publisher_->send(&form));
        QVERIFY(answered(form));
        form.setAck(MessageForm::Configured);
        QCOMPARE(form.receipt()->severity(), QStringLiteral("good"));
        QCOMPARE(form.receipt()->durableOn().size(), 3);
    }

    void anImportedFileIsStoredOnce()
    {
        DraftImport import(*publisher_);
        const QString path = folder_.filePath(QStringLiteral("in.ndjson"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 300; ++i)
            file.write(i == 100 ? "{\"payload\":\n"
                                : "{\"payload\":" + QByteArray::number(i) + ",\"sender\":\"file\"}\n");
        file.close();
        for (const double duplicates : {0.0, 299.0}) {
            import.read(QUrl::fromLocalFile(path));
            QVERIFY(QTest::qWaitFor([&import] { return import.state() == DraftImport::Ready; }, patienceMs));
            QCOMPARE(import.messages(), 299.0);
            QCOMPARE(import.badLines(), 1.0);
            QCOMPARE(import.problems()->count(), 1);
            QCOMPARE(import.samples().size(), 20);
            import.send();
            QVERIFY(QTest::qWaitFor([&import] { return import.state() == DraftImport::Done; }, patienceMs));
            QCOMPARE(import.stored(), 299.0);
            QCOMPARE(import.duplicates(), duplicates);
            QCOMPARE(import.progress(), 1.0);
        }
        int found = 0;
        for (const client::Message& message : stored(nodes_.urls()))
            found += message.sender == QLatin1String("file") ? 1 : 0;
        QCOMPARE(found, 299);
    }

    void anImportCanBeCancelled()
    {
        DraftImport import(*publisher_);
        QFile file(folder_.filePath(QStringLiteral("long.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("sender,payload\n");
        for (int i = 0; i < 50'000; ++i)
            file.write("long,x\n");
        file.close();
        import.read(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(QTest::qWaitFor([&import] { return import.state() == DraftImport::Ready; }, patienceMs));
        import.send();
        QVERIFY(QTest::qWaitFor([&import] { return import.stored() > 0; }, patienceMs));
        import.cancel();
        QVERIFY(QTest::qWaitFor([&import] { return import.state() == DraftImport::Done; }, patienceMs));
        QVERIFY(import.sent() < 50'000);
        QVERIFY2(import.summary().contains(QStringLiteral("not sent")), qPrintable(import.summary()));
    }

    /// At a rate: about as many as asked for, and exactly those stored that were acknowledged.
    void loadAtARate()
    {
        LoadGenerator load(*publisher_);
        load.setPerSecond(200);
        load.setSeconds(3);
        load.setSenders(2);
        QSignalSpy told(&load, &LoadGenerator::told);
        load.start();
        QCOMPARE(load.state(), LoadGenerator::Running);
        QVERIFY(QTest::qWaitFor([&load] { return load.state() == LoadGenerator::Done; }, patienceMs));
        QVERIFY(told.size() >= 10);
        QVERIFY2(load.sent() >= 500 && load.sent() <= 601, qPrintable(load.summary()));
        QCOMPARE(load.acknowledged() + load.rejected() + load.unknown(), load.sent());
        QVERIFY(load.totalP50() > 0);
        QVERIFY(load.totalP50() <= load.totalP99());
        int found = 0;
        const auto all = stored(nodes_.urls());
        for (auto it = all.cbegin(); it != all.cend(); ++it)
            found += it.key().startsWith(QLatin1String("load-") + load.runId()) ? 1 : 0;
        QVERIFY2(found >= load.acknowledged() && found <= load.acknowledged() + load.unknown(),
                 qPrintable(QString::number(found)));
    }

    /// The window's thread must not notice.
    void loadDoesNotDisturbTheWindow()
    {
        LoadGenerator load(*publisher_);
        load.setPace(LoadGenerator::AsFastAsPossible);
        load.setSeconds(3);
        publisher_->form()->setText(QStringLiteral("{\"n\": {{n}}, \"id\": \"{{uuid}}\"}"));
        publisher_->form()->setJson(true);
        load.setContent(LoadGenerator::Form);
        qint64 longest = 0;
        QElapsedTimer since;
        QTimer beat;
        beat.setTimerType(Qt::PreciseTimer);
        beat.setInterval(5);
        connect(&beat, &QTimer::timeout, this,
                [&longest, &since] { longest = std::max(longest, since.restart()); });
        load.start();
        since.start();
        beat.start();
        QVERIFY(QTest::qWaitFor([&load] { return load.state() == LoadGenerator::Done; }, patienceMs));
        beat.stop();
        qInfo("%.0f acknowledged a second, p50 %.2f ms, p99 %.2f ms; the longest pause of the window %lld ms",
              load.meanRate(), load.totalP50(), load.totalP99(), longest);
        QVERIFY(load.acknowledged() > 100);
        QCOMPARE(load.rejected(), 0.0);
        QVERIFY2(longest < 250, qPrintable(QString::number(longest))); // a busy machine schedules late
    }

    void loadCanBeStopped()
    {
        LoadGenerator load(*publisher_);
        load.setSeconds(3600);
        load.start();
        QVERIFY(QTest::qWaitFor([&load] { return load.acknowledged() > 0; }, patienceMs));
        load.stop();
        QVERIFY(QTest::qWaitFor([&load] { return load.state() == LoadGenerator::Done; }, 6000));
        QVERIFY(load.elapsedMs() < 60'000);
        QCOMPARE(load.inFlight(), 0.0);
        load.clear();
        QCOMPARE(load.sent(), 0.0);
    }

    /// Without a majority the answer is not "stored", whichever of the others it is.
    void withoutAMajority()
    {
        for (int i = 0; i < 2; ++i) {
            nodes_.nodes()[i]->kill();
            QVERIFY(QTest::qWaitFor([this, i] { return nodes_.nodes()[i]->state() == EmbeddedNode::Killed; },
                                    patienceMs));
        }
        MessageForm& form = *publisher_->form();
        form.setText(QStringLiteral("{\"lost\": true}"));
        QVERIFY(publisher_->send(&form));
        QVERIFY(answered(form));
        QVERIFY2(form.receipt()->severity() == QLatin1String("warning") ||
                     form.receipt()->severity() == QLatin1String("critical"),
                 qPrintable(form.receipt()->line()));
        QVERIFY(form.receipt()->mayRepeat());
        const QString id = form.receipt()->msgId();
        for (int i = 0; i < 2; ++i)
            nodes_.nodes()[i]->start();
        QVERIFY(QTest::qWaitFor([this] { return cluster_.leader() != nullptr; }, patienceMs));
        publisher_->repeat(&form);
        QVERIFY(answered(form));
        QCOMPARE(form.receipt()->msgId(), id);
        QVERIFY(form.receipt()->seq() > 0);
    }

    void cancelled()
    {
        for (EmbeddedNode* node : nodes_.nodes())
            node->kill();
        MessageForm& form = *publisher_->form();
        QVERIFY(publisher_->send(&form));
        QCOMPARE(publisher_->underWay(), 1);
        publisher_->cancel();
        QVERIFY(answered(form));
        QCOMPARE(publisher_->underWay(), 0);
        QVERIFY2(form.receipt()->title().contains(QStringLiteral("Cancelled")),
                 qPrintable(form.receipt()->title()));
    }

private:
    static bool answered(MessageForm& form)
    {
        return QTest::qWaitFor([&form] { return form.receipt()->state() == Receipt::Done; }, patienceMs);
    }

    QTemporaryDir folder_;
    EmbeddedCluster nodes_{folder_.filePath(QStringLiteral("nodes"))};
    Requests requests_;
    ClusterMonitor cluster_{requests_};
    std::unique_ptr<Publisher> publisher_;
};

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestPublishCluster)
#include "tst_publish_cluster.moc"
