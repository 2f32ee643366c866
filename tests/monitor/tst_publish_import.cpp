// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is in a file that is imported, and what is said of one that cannot be.
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/publish/ImportReader.h"

using namespace dsmsg;
using namespace dsmsg::monitor;

namespace {

ImportedFile import(const QString& name, const QByteArray& contents, const ImportLimits& limits = {})
{
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    QFile file(path);
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(contents);
    file.close();
    const std::atomic<bool> cancelled = false;
    return readImport(
        path, limits, [](double) {}, cancelled);
}

} // namespace

class TestPublishImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ndjson()
    {
        const ImportedFile file =
            import(QStringLiteral("x.ndjson"),
                   "{\"payload\":1.0,\"sender\":\"a\"}\n\n{\"payload\":\n"
                   "{\"payload\":\"x\",\"to\":\"b\"}\n{\"payload\":{\"k\":2},\"msg_id\":\"m\"}");
        QCOMPARE(file.problem, QString());
        QCOMPARE(file.format, QStringLiteral("NDJSON"));
        QCOMPARE(file.drafts.size(), std::size_t(2));
        QCOMPARE(file.drafts[0].draft.payload, QByteArray("1.0"));
        QCOMPARE(file.drafts[1].line, 5);
        QCOMPARE(file.drafts[1].draft.msgId, QStringLiteral("m"));
        QCOMPARE(file.badCount, 2);
        QCOMPARE(file.bad[0].line, 3);
        QCOMPARE(file.bad[1].line, 4);
        QVERIFY(file.bad[1].text.contains(QStringLiteral("'to'")));
    }

    void jsonList()
    {
        const ImportedFile file =
            import(QStringLiteral("x.json"),
                   "[\n {\"payload\": [1, \"]\"]},\n {\"sender\": \"a\"},\n {\n\"payload\": 2}\n]\n");
        QCOMPARE(file.problem, QString());
        QCOMPARE(file.drafts.size(), std::size_t(2));
        QCOMPARE(file.drafts[0].draft.payload, QByteArray("[1, \"]\"]"));
        QCOMPARE(file.drafts[1].line, 4);
        QCOMPARE(file.bad.first().line, 3);
    }

    /// A list that breaks off is not sent in half.
    void brokenList_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("cut") << QByteArray("[\n{\"payload\":1},\n{\"payload\":2") << "line 3";
        QTest::newRow("no comma") << QByteArray("[{\"payload\":1}\n{\"payload\":2}]") << "line 2";
        QTest::newRow("more behind") << QByteArray("[{\"payload\":1}]\n[]") << "line 2";
        QTest::newRow("no objects") << QByteArray("[1, 2]") << "line 1";
    }
    void brokenList()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        const ImportedFile file = import(QStringLiteral("x.json"), text);
        QVERIFY(file.drafts.empty());
        QVERIFY2(file.problem.contains(line), qPrintable(file.problem));
    }

    void csv()
    {
        const ImportedFile file = import(
            QStringLiteral("x.csv"), "\xEF\xBB\xBFsender;payload;ttl\r\na;\"x; \"\"y\"\"\nz\";5\r\nb;12;\r\n"
                                     "c;too;many;fields\r\nd;x;soon\r\n\r\ne;\"open");
        QCOMPARE(file.problem, QString());
        QCOMPARE(file.format, QStringLiteral("CSV"));
        QCOMPARE(file.drafts.size(), std::size_t(2));
        QCOMPARE(file.drafts[0].draft.payload, QByteArray("\"x; \\\"y\\\"\\nz\""));
        QCOMPARE(file.drafts[0].draft.ttl, std::optional(5.0));
        QCOMPARE(file.drafts[1].draft.payload, QByteArray("\"12\""));
        QCOMPARE(file.drafts[1].line, 4);
        QCOMPARE(file.badCount, 3);
        QCOMPARE(file.bad[0].line, 5);
        QCOMPARE(file.bad[1].line, 6);
        QCOMPARE(file.bad[2].line, 8);
    }

    void csvColumns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("payload"); // empty: refused
        QTest::newRow("json") << QByteArray("payload_json\n\"{\"\"a\"\": 1.0}\"")
                              << QByteArray("{\"a\": 1.0}");
        QTest::newRow("any table") << QByteArray("recipient,city,pop\nall,Oslo,7")
                                   << QByteArray("{\"city\":\"Oslo\",\"pop\":\"7\"}");
        QTest::newRow("tabs") << QByteArray("sender\tpayload\na\tb, c") << QByteArray("\"b, c\"");
        QTest::newRow("no payload") << QByteArray("sender,recipient\na,b") << QByteArray();
        QTest::newRow("twice") << QByteArray("payload,payload\na,b") << QByteArray();
        QTest::newRow("bad json") << QByteArray("payload_json\n{a}") << QByteArray();
    }
    void csvColumns()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, payload);
        const ImportedFile file = import(QStringLiteral("x.csv"), text);
        QCOMPARE(file.drafts.empty(), payload.isEmpty());
        if (!file.drafts.empty())
            QCOMPARE(file.drafts[0].draft.payload, payload);
        else
            QVERIFY(!file.problem.isEmpty() || file.badCount == 1);
    }

    void filesThatCannotBeImported()
    {
        const std::atomic<bool> no = false;
        QVERIFY(readImport(
                    QStringLiteral("/nowhere/x"), {}, [](double) {}, no)
                    .problem.contains(QStringLiteral("x")));
        QVERIFY(!import(QStringLiteral("empty.json"), "").problem.isEmpty());
        ImportLimits limits;
        limits.bytes = 10;
        QVERIFY(!import(QStringLiteral("x.ndjson"), "{\"payload\":1234567}", limits).problem.isEmpty());
        limits = {};
        limits.drafts = 2;
        QVERIFY(
            !import(QStringLiteral("x.ndjson"), "{\"payload\":1}\n{\"payload\":2}\n{\"payload\":3}", limits)
                 .problem.isEmpty());
        limits = {};
        limits.badLines = 1;
        const ImportedFile bad = import(QStringLiteral("x.ndjson"), "{}\n{}\n{}", limits);
        QCOMPARE(bad.bad.size(), 1);
        QCOMPARE(bad.badCount, 3);
    }

    void readingCanBeCancelled()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("x.ndjson")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 100'000; ++i)
            file.write("{\"payload\":1234567890}\n");
        file.close();
        std::atomic<bool> cancelled = false;
        double heard = 0;
        const auto stop = [&](double share) {
            heard = share;
            cancelled = true;
        };
        const ImportedFile read = readImport(file.fileName(), {}, stop, cancelled);
        QVERIFY(heard > 0 && heard < 0.5);
        QVERIFY(!read.problem.isEmpty());
        QVERIFY(read.drafts.size() < 50'000);
    }
};

QTEST_GUILESS_MAIN(TestPublishImport)
#include "tst_publish_import.moc"
