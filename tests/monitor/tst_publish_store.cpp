// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Publish page keeps across starts: the history of sends and the templates.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include "app/monitor/publish/SendHistory.h"
#include "app/monitor/publish/TemplateStore.h"

using namespace dsmsg;
using namespace dsmsg::monitor;

namespace {

/// The thread that files are written in.
class Disk
{
public:
    Disk()
    {
        there.moveToThread(&thread_);
        thread_.start();
    }
    ~Disk()
    {
        thread_.quit();
        thread_.wait();
    }
    QObject there;

private:
    QThread thread_;
};

SendHistory::Entry entry(int number)
{
    SendHistory::Entry entry;
    entry.sentTs = 1'700'000'000 + number;
    entry.draft.msgId = QStringLiteral("id-%1").arg(number);
    entry.draft.sender = QStringLiteral("me");
    entry.draft.payload = "{\"n\": 1.0, \"big\": 12345678901234567890}";
    entry.draft.ttl = 60;
    entry.draft.ack = client::Ack::All;
    entry.record.result.outcome = client::SendOutcome::Acknowledged;
    entry.record.result.seq = quint64(number);
    entry.record.result.committed = true;
    entry.record.result.receipt = client::Receipt{3, 9, {QStringLiteral("n1"), QStringLiteral("n2")}};
    entry.record.elapsedMs = 2.5;
    return entry;
}

} // namespace

class TestPublishStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historySurvives()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("deep/history.json"));
        Disk disk;
        {
            SendHistory history(path, disk.there);
            QTRY_VERIFY(history.loaded());
            QCOMPARE(history.count(), 0);
            history.add(entry(1));
            auto failed = entry(2);
            failed.record.result = {};
            failed.record.result.outcome = client::SendOutcome::Unknown;
            failed.record.result.reason = QStringLiteral("no answer");
            history.add(failed);
        }
        SendHistory history(path, disk.there);
        QTRY_VERIFY(history.loaded());
        QCOMPARE(history.count(), 2);
        const auto& newest = history.entry(0);
        QCOMPARE(newest.record.result.outcome, client::SendOutcome::Unknown);
        QCOMPARE(newest.record.result.reason, QStringLiteral("no answer"));
        const auto& oldest = history.entry(1);
        QCOMPARE(oldest.draft.payload, entry(1).draft.payload);
        QCOMPARE(oldest.draft.ttl, std::optional(60.0));
        QCOMPARE(oldest.draft.ack, client::Ack::All);
        QCOMPARE(history.data(history.index(1), SendHistory::LineRole).toString(),
                 QStringLiteral("#1, on disk on n1 n2, 2.5 ms"));
    }

    void historyIsBounded()
    {
        QTemporaryDir folder;
        Disk disk;
        SendHistory history(folder.filePath(QStringLiteral("h.json")), disk.there);
        for (int i = 1; i <= SendHistory::capacity + 7; ++i)
            history.add(entry(i));
        QCOMPARE(history.count(), SendHistory::capacity);
        QCOMPARE(history.entry(0).draft.msgId, QStringLiteral("id-507"));
        auto large = entry(600);
        large.draft.payload = client::jsonString(QString(1 << 20, QLatin1Char('x')));
        for (int i = 0; i < 12; ++i)
            history.add(large);
        QVERIFY(history.count() <= 8);
        QVERIFY(history.count() >= 7);
    }

    /// Sends do not wait for the file; what it holds comes behind them.
    void whatIsSentBeforeTheFileIsReadStaysNewest()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("h.json"));
        Disk disk;
        {
            SendHistory history(path, disk.there);
            history.add(entry(1));
        }
        SendHistory history(path, disk.there);
        history.add(entry(2));
        QTRY_VERIFY(history.loaded());
        QCOMPARE(history.count(), 2);
        QCOMPARE(history.entry(0).draft.msgId, QStringLiteral("id-2"));
    }

    void ofADamagedHistoryTheRestIsRead_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::newRow("one bad") << QByteArray(
            "{\"sends\":[{\"msg_id\":\"a\",\"payload\":\"{\"},{\"msg_id\":\"b\",\"payload\":\"1\"}]}");
        QTest::newRow("no such outcome")
            << QByteArray("{\"sends\":[{\"msg_id\":\"b\",\"payload\":\"1\",\"outcome\":99,\"ack\":-4}]}");
    }
    void ofADamagedHistoryTheRestIsRead()
    {
        QFETCH(QByteArray, contents);
        const auto entries = SendHistory::read(contents);
        QVERIFY(entries);
        QCOMPARE(int(entries->size()), 1);
        QVERIFY(!receiptWords(entries->front().record).line.isEmpty());
    }

    void aFileThatIsNoHistoryIsKeptAndTold_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::newRow("garbage") << QByteArray("\0\x01{", 3);
        QTest::newRow("cut") << QByteArray("{\"sends\":[{\"msg_id\":\"a\",\"payl");
    }
    void aFileThatIsNoHistoryIsKeptAndTold()
    {
        QFETCH(QByteArray, contents);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("h.json"));
        const auto fill = [&] {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size();
        };
        Disk disk;
        QVERIFY(fill());
        SendHistory history(path, disk.there);
        QSignalSpy failed(&history.file(), &StateFile::failed);
        QTRY_VERIFY(history.loaded());
        QCOMPARE(history.count(), 0);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("kept as h.json.damaged")));
        QFile aside(path + QStringLiteral(".damaged"));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), contents);
        // Templates are kept in the same way, and begin with the examples.
        QVERIFY(fill());
        TemplateStore store(path, disk.there);
        QSignalSpy told(&store.file(), &StateFile::failed);
        QTRY_COMPARE(told.size(), 1);
        QVERIFY(store.loaded() && store.count() >= 3);
    }

    void aFileThatCannotBeWrittenIsTold()
    {
        QTemporaryDir folder;
        QFile blocker(folder.filePath(QStringLiteral("file")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Disk disk;
        SendHistory history(blocker.fileName() + QStringLiteral("/h.json"), disk.there);
        QSignalSpy failed(&history.file(), &StateFile::failed);
        history.add(entry(1));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("could not be written")));
    }

    void templatesSurvive()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("t.json"));
        Disk disk;
        MessageForm form;
        form.setText(QStringLiteral("{\"a\": {{n}}}"));
        form.setJson(true);
        form.setVariable(QStringLiteral("city"), QStringLiteral("Oslo"));
        {
            TemplateStore store(path, disk.there);
            QTRY_VERIFY(store.loaded());
            QVERIFY(store.count() >= 3); // examples
            while (store.count() > 0)
                store.remove(0);
            QCOMPARE(store.save(QStringLiteral(" mine "), &form), QString());
            QCOMPARE(store.save(QStringLiteral("other"), &form), QString());
            QVERIFY(!store.rename(store.indexOf(QStringLiteral("other")), QStringLiteral("mine")).isEmpty());
            QCOMPARE(store.rename(store.indexOf(QStringLiteral("other")), QStringLiteral("a first")),
                     QString());
            QVERIFY(!store.save(QStringLiteral("  "), &form).isEmpty());
        }
        TemplateStore store(path, disk.there);
        QTRY_VERIFY(store.loaded());
        QCOMPARE(store.names(), QStringList({QStringLiteral("a first"), QStringLiteral("mine")}));
        MessageForm other;
        store.apply(1, &other);
        QCOMPARE(other.toMap(), form.toMap());
    }

    /// An example that a person could not send would be a poor one.
    void everyExampleCanBeSent()
    {
        QTemporaryDir folder;
        Disk disk;
        TemplateStore store(folder.filePath(QStringLiteral("t.json")), disk.there);
        QTRY_VERIFY(store.loaded());
        for (int row = 0; row < store.count(); ++row) {
            MessageForm form;
            store.apply(row, &form);
            for (int i = 0; i < 20; ++i)
                QVERIFY2(form.take().ok(), qPrintable(form.problem()));
        }
    }

    void templatesAreBounded()
    {
        QTemporaryDir folder;
        Disk disk;
        TemplateStore store(folder.filePath(QStringLiteral("t.json")), disk.there);
        QTRY_VERIFY(store.loaded());
        MessageForm form;
        for (int i = store.count(); i < TemplateStore::capacity; ++i)
            QCOMPARE(store.save(QString::number(i), &form), QString());
        QVERIFY(!store.save(QStringLiteral("one more"), &form).isEmpty());
        QCOMPARE(store.save(store.names().first(), &form), QString()); // in place of the old one
        form.setText(QString(TemplateStore::textMax + 1, QLatin1Char('x')));
        QVERIFY(!store.save(store.names().first(), &form).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPublishStore)
#include "tst_publish_store.moc"
