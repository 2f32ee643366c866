// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of a send: curl lines that a shell reads as they were meant, and receipts in words.
#include <QProcess>
#include <QTest>

#include "app/monitor/publish/CurlSend.h"
#include "app/monitor/publish/SendWorker.h"

using namespace dsmsg;
using namespace dsmsg::monitor;

namespace {

/// The words that a shell makes of a line.
QStringList shellWords(const QString& line)
{
    QProcess shell;
    shell.start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("curl() { for w; do printf '%s\\0' \"$w\"; done; }; ") + line});
    [&shell] { QVERIFY(shell.waitForFinished()); }();
    QStringList words;
    for (const QByteArray& word : shell.readAllStandardOutput().split('\0'))
        words.append(QString::fromUtf8(word));
    words.removeLast();
    return words;
}

SendRecord record(client::SendOutcome outcome)
{
    SendRecord record;
    record.result.outcome = outcome;
    record.result.msgId = QStringLiteral("id");
    record.elapsedMs = 2.14;
    record.result.node = QUrl(QStringLiteral("http://127.0.0.1:8000"));
    return record;
}

SendRecord stored(bool committed)
{
    SendRecord stored = record(client::SendOutcome::Acknowledged);
    stored.result.seq = 1204;
    stored.result.committed = committed;
    stored.result.receipt = client::Receipt{4, 1300, {QStringLiteral("n1"), QStringLiteral("n3")}};
    return stored;
}

} // namespace

class TestPublishWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What is in a message may be anything; the shell must hand it to curl as it is.
    void curlLines_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "hello";
        QTest::newRow("quotes") << "it's \"so\" 'quoted'";
        QTest::newRow("shell") << "$(rm -rf /) `id` $HOME \\ ! ; & | > < * ?";
        QTest::newRow("lines") << "a\nb\tc";
        QTest::newRow("at sign") << "@/etc/passwd";
        QTest::newRow("unicode") << QString::fromUtf8("Grüße \xF0\x9F\x9A\x80");
    }
    void curlLines()
    {
        QFETCH(QString, text);
        client::Draft draft;
        draft.sender = text;
        draft.payload = client::jsonString(text);
        draft.ack = client::Ack::All;
        const QStringList words = shellWords(curlSend(QUrl(QStringLiteral("http://127.0.0.1:8000")), draft));
        QVERIFY(words.contains(QStringLiteral("http://127.0.0.1:8000/send?ack=all")));
        const auto body = words.indexOf(QStringLiteral("-d")) + 1;
        QVERIFY(body > 0);
        QCOMPARE(words.value(body).toUtf8(), sendBody(draft));
        QVERIFY(!words.value(body).startsWith(QLatin1Char('@')));
    }

    void theBodyHasOnlyWhatWasSet()
    {
        QCOMPARE(sendBody({}), QByteArray("{}"));
        client::Draft draft;
        draft.payload = "1.0";
        draft.ttl = 60;
        QCOMPARE(sendBody(draft), QByteArray("{\"ttl\":60,\"payload\":1.0}"));
    }

    void outcomeWords_data()
    {
        using client::SendOutcome;
        using Severity = ReceiptWords::Severity;
        QTest::addColumn<SendRecord>("sent");
        QTest::addColumn<int>("severity");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("advice"); // has this
        const auto with = [](SendRecord record, const char* reason) {
            record.result.reason = QLatin1String(reason);
            return record;
        };
        SendRecord duplicate = stored(true);
        duplicate.result.duplicate = true;
        SendRecord committed = with(stored(true), "n3 has not confirmed");
        committed.result.outcome = SendOutcome::Committed;
        SendRecord cancelled = record(SendOutcome::Unknown);
        cancelled.cancelled = true;
        QTest::newRow("stored") << stored(true) << int(Severity::Good) << "#1204, on disk on n1 n3, 2.1 ms"
                                << "";
        QTest::newRow("async") << stored(false) << int(Severity::Warning)
                               << "#1204, acknowledged before majority, 2.1 ms"
                               << "lost if that node is lost";
        QTest::newRow("duplicate") << duplicate << int(Severity::Info)
                                   << "duplicate of #1204, nothing new stored, 2.1 ms"
                                   << "new id";
        QTest::newRow("committed") << committed << int(Severity::Warning)
                                   << "#1204, committed, on fewer disks than asked for, 2.1 ms"
                                   << "do not send it again";
        QTest::newRow("rejected") << with(record(SendOutcome::Rejected), "no leader")
                                  << int(Severity::Critical) << "not stored: no leader"
                                  << "Send it again";
        QTest::newRow("unknown") << with(record(SendOutcome::Unknown), "timeout") << int(Severity::Warning)
                                 << "may be stored: timeout"
                                 << "same id";
        QTest::newRow("refused") << with(record(SendOutcome::Refused), "too large") << int(Severity::Critical)
                                 << "refused: too large"
                                 << "Change it";
        QTest::newRow("cancelled") << cancelled << int(Severity::Warning) << "cancelled, may be stored"
                                   << "same id";
    }
    void outcomeWords()
    {
        QFETCH(SendRecord, sent);
        QFETCH(int, severity);
        QFETCH(QString, line);
        QFETCH(QString, advice);
        const ReceiptWords words = receiptWords(sent);
        QCOMPARE(int(words.severity), severity);
        QCOMPARE(words.line, line);
        QVERIFY2(words.advice.contains(advice), qPrintable(words.advice));
        QCOMPARE(words.advice.isEmpty(), advice.isEmpty());
        QVERIFY(!words.title.isEmpty());
        QVERIFY(words.route.isEmpty());
        // Only what is certainly stored as promised may look so.
        QCOMPARE(words.severity == ReceiptWords::Severity::Good,
                 sent.result.outcome == client::SendOutcome::Acknowledged && sent.result.committed &&
                     !sent.result.duplicate);
    }

    void theRouteIsTold()
    {
        SendRecord sent = stored(true);
        sent.redirectors = {QUrl(QStringLiteral("http://127.0.0.1:8002"))};
        QCOMPARE(receiptWords(sent).route,
                 QStringLiteral("127.0.0.1:8002 does not lead and sent it on to 127.0.0.1:8000."));
    }

    void elapsedTexts()
    {
        QCOMPARE(elapsedText(0.04), QStringLiteral("0.0 ms"));
        QCOMPARE(elapsedText(2.14), QStringLiteral("2.1 ms"));
        QCOMPARE(elapsedText(640.4), QStringLiteral("640 ms"));
        QCOMPARE(elapsedText(3240), QStringLiteral("3.2 s"));
    }
};

QTEST_GUILESS_MAIN(TestPublishWords)
#include "tst_publish_words.moc"
