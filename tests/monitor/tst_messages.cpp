// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Messages page makes of a message: rows, views of a payload, exported lines, its life-line. Digits
// must come out as they went in.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include "app/monitor/messages/ExportText.h"
#include "app/monitor/messages/JsonHighlighter.h"
#include "app/monitor/messages/LifeLine.h"
#include "app/monitor/messages/MessageFilter.h"
#include "app/monitor/messages/MessageModel.h"
#include "app/monitor/messages/PayloadText.h"
#include "core/client/Answers.h"

using namespace dsmsg;
using namespace dsmsg::monitor;

namespace {

QList<MessageRow> rowsFrom(quint64 first, int count)
{
    QList<MessageRow> rows;
    for (int i = 0; i < count; ++i) {
        MessageRow row;
        row.seq = first + quint64(i);
        row.msgId = QStringLiteral("m-%1").arg(row.seq);
        row.preview = row.seq % 10 == 0 ? QStringLiteral("round") : QStringLiteral("plain");
        rows.append(row);
    }
    return rows;
}

client::Message message(const QByteArray& payload, const QByteArray& sender = "alice")
{
    const QByteArray json =
        "{\"seq\":7,\"msg_id\":\"m,7\",\"sender\":\"" + sender +
        "\",\"recipient\":\"bob\",\"payload\":" + payload +
        ",\"ts\":1795411665.790927,\"original_ts\":1795411665.1,\"corrected_ts\":1795411665.790927,"
        "\"receive_ts\":1.50,\"correction_metadata\":{\"client_clock\":\"verified\"},\"delivery_seq\":null,"
        "\"late\":true,\"clamped\":false,\"term\":3,\"index\":9}";
    const auto read = client::readStreamed(json, client::Order::Seq);
    return read ? *read : client::Message();
}

const QByteArray exact =
    "{\"big\":12345678901234567890,\"one\":1.0,\"e\":1e3,\"z\":[],\"a\":[1,{\"s\":\"a,b:{\\\"}\"}]}";

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prettyKeepsEveryDigitAndTheOrder();
    void prettyIsBounded();
    void aPreviewIsOneShortLine_data();
    void aPreviewIsOneShortLine();
    void hexShowsOffsetsBytesAndText();
    void namesAndValuesHaveTheirColours();
    void aRowHasEverythingAListShows();
    void csvQuotesWhatNeedsIt();
    void linesOfJsonAreOneLineEach();
    void theWindowNeverExceedsItsBound();
    void theWindowTakesNothingTwice();
    void searchCountsAndFinds();
    void deliveryNumbersComeLater();
    void timesAsTyped_data();
    void timesAsTyped();
    void urlsSayTheFilter();
    void aLifeLineInItsOrder();
    void aPartialLifeLineSaysSo();
};

void TestMessages::prettyKeepsEveryDigitAndTheOrder()
{
    const PayloadView view = prettyJson(exact);
    QVERIFY(view.whole);
    QCOMPARE(view.text,
             QStringLiteral("{\n  \"big\": 12345678901234567890,\n  \"one\": 1.0,\n  \"e\": 1e3,\n"
                            "  \"z\": [],\n  \"a\": [\n    1,\n    {\n      \"s\": \"a,b:{\\\"}\"\n"
                            "    }\n  ]\n}"));
}

void TestMessages::prettyIsBounded()
{
    // A thousand levels would indent to megabytes; the view ends at its bound, between two characters.
    const QByteArray deep = QByteArray(1000, '[') + "\"\xc3\xa4\"" + QByteArray(1000, ']');
    const PayloadView view = prettyJson(deep, 4096);
    QVERIFY(!view.whole);
    QVERIFY(view.text.toUtf8().size() <= 4096);
    const PayloadView text = rawText(QByteArray("\xc3\xa4\xc3\xa4"), 3);
    QCOMPARE(text.text, QStringLiteral("\u00e4"));
    QVERIFY(!text.whole);
    // What is no JSON is shown as it is, and ends.
    QCOMPARE(prettyJson("\"open").text, QStringLiteral("\"open"));
    QCOMPARE(prettyJson("\"open\\").text, QStringLiteral("\"open\\"));
}

void TestMessages::aPreviewIsOneShortLine_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("preview");
    QTest::newRow("string") << QByteArray("\"Hello\\nworld \\u00e4\"")
                            << QStringLiteral("Hello world \u00e4");
    QTest::newRow("number") << QByteArray("12345678901234567890") << QStringLiteral("12345678901234567890");
    QTest::newRow("object") << QByteArray("{\"a\":\n1.0}") << QStringLiteral("{\"a\": 1.0}");
    QTest::newRow("empty") << QByteArray("\"\"") << QString();
    QTest::newRow("long") << QByteArray(5000, '1') << QString(200, QLatin1Char('1')) + QChar(0x2026);
}

void TestMessages::aPreviewIsOneShortLine()
{
    QFETCH(QByteArray, payload);
    QTEST(previewOf(payload), "preview");
}

void TestMessages::hexShowsOffsetsBytesAndText()
{
    QCOMPARE(
        hexDump("{\"order\":1}\n", 8).text,
        QStringLiteral("0000  7b 22 6f 72 64 65 72 22  {\"order\"\n0008  3a 31 7d 0a              :1}."));
    const PayloadView cut = hexDump(QByteArray(100, 'x'), 8, 16);
    QVERIFY(!cut.whole);
    QCOMPARE(cut.text.count(QLatin1Char('\n')), 1);
}

void TestMessages::namesAndValuesHaveTheirColours()
{
    QTextDocument document(QStringLiteral("  \"a\\\"b\": -1.50e3, \"c\" : \"d:e\", \"open"));
    JsonHighlighter highlighter;
    highlighter.setNameColor(Qt::red);
    highlighter.setStringColor(Qt::green);
    highlighter.setValueColor(Qt::blue);
    highlighter.setDocument(&document);
    highlighter.rehighlight();
    QStringList seen;
    for (const auto& range : document.firstBlock().layout()->formats())
        seen << range.format.foreground().color().name() +
                    document.toPlainText().mid(range.start, range.length);
    QCOMPARE(seen, QStringList({QStringLiteral("#ff0000\"a\\\"b\""), QStringLiteral("#0000ff-1.50e3"),
                                QStringLiteral("#ff0000\"c\""), QStringLiteral("#00ff00\"d:e\""),
                                QStringLiteral("#00ff00\"open")}));
    highlighter.setActive(false);
    QVERIFY(document.firstBlock().layout()->formats().isEmpty());
}

void TestMessages::aRowHasEverythingAListShows()
{
    const MessageRow row = rowOf(message(exact), QDate(2000, 1, 1));
    QCOMPARE(row.seq, 7u);
    QCOMPARE(row.deliverySeq, 0u);
    QCOMPARE(row.term, 3u);
    QCOMPARE(row.index, 9u);
    QVERIFY(row.late && !row.clamped && row.verified);
    QCOMPARE(row.shiftText, QStringLiteral("+691 ms"));
    QCOMPARE(row.receiveTs, 1.5);
    QCOMPARE(row.payloadBytes, exact.size());
    QVERIFY(row.contains(QStringLiteral("12345678901234567890")));
    QVERIFY(row.contains(QStringLiteral("ALICE")));
    QVERIFY(!row.contains(QStringLiteral("carol")));
    QVERIFY(rowOf(message('"' + QByteArray(100'000, 'x') + '"'), QDate()).payload.size() <=
            MessageRow::payloadKept);
    QCOMPARE(shiftTextOf(0), QString());
    QCOMPARE(shiftTextOf(4e-6), QStringLiteral("+4 \u00b5s"));
    QCOMPARE(shiftTextOf(-3.5), QStringLiteral("-3.50 s"));
    QCOMPARE(timeTextOf(1e300, QDate()), QStringLiteral("1e+300"));
}

void TestMessages::csvQuotesWhatNeedsIt()
{
    QCOMPARE(csvHeader(),
             QByteArray("seq,delivery_seq,msg_id,sender,recipient,corrected_ts,original_ts,receive_ts,"
                        "late,clamped,term,index,payload\r\n"));
    QCOMPARE(csvLine(message("\"say \\\"hi\\\", now\"", "a\\nb")),
             QByteArray("7,,\"m,7\",\"a\nb\",bob,1795411665.790927,1795411665.1,1.50,true,false,3,9,"
                        "\"\"\"say \\\"\"hi\\\"\", now\"\"\"\r\n"));
    QVERIFY(csvLine(message("12345678901234567890")).endsWith(",9,12345678901234567890\r\n"));
}

void TestMessages::linesOfJsonAreOneLineEach()
{
    const QByteArray line = jsonLine(message("{\"a\":\r\n1.0}"));
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith('\n'));
    QVERIFY(line.contains("{\"a\":  1.0}"));
    QVERIFY(line.contains("\"receive_ts\":1.50"));
}

void TestMessages::theWindowNeverExceedsItsBound()
{
    MessageModel model;
    const QAbstractItemModelTester tester(&model);
    for (quint64 first = 1; first <= 10'000; first += 100) {
        model.append(rowsFrom(first, 100));
        QVERIFY(model.count() <= MessageModel::capacity);
    }
    QCOMPARE(model.count(), MessageModel::capacity);
    QCOMPARE(model.row(0).seq, 8001u);
    QCOMPARE(model.row(model.count() - 1).seq, 10'000u);
    // Back to the beginning, a page at a time.
    for (quint64 before = 8001; before > 1; before -= 200) {
        model.prepend(rowsFrom(before - 200, 200));
        QVERIFY(model.count() <= MessageModel::capacity);
    }
    QCOMPARE(model.row(0).seq, 1u);
    QCOMPARE(model.row(model.count() - 1).seq, 2000u);
    // More at once than there is room.
    QCOMPARE(model.append(rowsFrom(20'001, 3000)), 2000);
    QCOMPARE(model.row(0).seq, 21'001u);
}

void TestMessages::theWindowTakesNothingTwice()
{
    MessageModel model;
    model.replace(rowsFrom(100, 10));
    QCOMPARE(model.append(rowsFrom(105, 10)), 0);
    QCOMPARE(model.count(), 15);
    model.prepend(rowsFrom(95, 10));
    QCOMPARE(model.count(), 20);
    for (int i = 0; i < model.count(); ++i)
        QCOMPARE(model.row(i).seq, quint64(95 + i));
    QSignalSpy resets(&model, &MessageModel::modelReset);
    model.append(rowsFrom(100, 5));
    QCOMPARE(model.count(), 20);
    QCOMPARE(resets.size(), 0);
}

void TestMessages::searchCountsAndFinds()
{
    MessageModel model;
    model.replace(rowsFrom(1, 100));
    model.search(QStringLiteral("ROUND"));
    QCOMPARE(model.matches(), 10);
    QCOMPARE(model.nextMatch(0, false), 9);
    QCOMPARE(model.nextMatch(10, false), 19);
    QCOMPARE(model.nextMatch(8, true), 99);
    QVERIFY(model.data(model.index(9), MessageModel::MatchedRole).toBool());
    model.append(rowsFrom(101, 20));
    QCOMPARE(model.matches(), 12);
    model.append(rowsFrom(121, 1990));
    QCOMPARE(model.count(), MessageModel::capacity);
    QCOMPARE(model.matches(), 200);
    model.search({});
    QCOMPARE(model.matches(), 0);
    QCOMPARE(model.nextMatch(0, false), -1);
    QCOMPARE(model.rowOfSeq(111), 0);
    QCOMPARE(model.rowOfSeq(110), -1);
}

void TestMessages::deliveryNumbersComeLater()
{
    MessageModel model;
    model.replace(rowsFrom(1, 3));
    QCOMPARE(model.undeliveredAfter(0, 3, 0)->seq, 1u);
    QList<MessageRow> delivered = rowsFrom(1, 2);
    delivered[0].deliverySeq = 5;
    QSignalSpy changes(&model, &MessageModel::dataChanged);
    model.update(delivered);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(model.data(model.index(0), MessageModel::DeliveryRole).toString(), QStringLiteral("5"));
    QCOMPARE(model.undeliveredAfter(0, 3, 0)->seq, 2u);
    QCOMPARE(model.undeliveredAfter(2, 3, 0)->seq, 3u);
    QVERIFY(!model.undeliveredAfter(0, 1, 0));
    QCOMPARE(model.undeliveredAfter(0, 1, 1)->seq, 2u);
    QVERIFY(!model.undeliveredAfter(3, 3, 1));
}

void TestMessages::timesAsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("beforeNow"); ///< seconds; -1: no time
    QTest::newRow("minutes ago") << QStringLiteral("5 min ago") << qint64(300);
    QTest::newRow("seconds back") << QStringLiteral("-90s") << qint64(90);
    QTest::newRow("hours back") << QStringLiteral("-2h") << qint64(7200);
    QTest::newRow("clock") << QStringLiteral("14:03") << qint64(3 * 60 + 7);
    QTest::newRow("clock with seconds") << QStringLiteral("14:06:00") << qint64(7);
    QTest::newRow("day") << QStringLiteral("2026-03-01 14:06") << qint64(7);
    QTest::newRow("nonsense") << QStringLiteral("soon") << qint64(-1);
    QTest::newRow("a bare length") << QStringLiteral("5 min") << qint64(-1);
}

void TestMessages::timesAsTyped()
{
    QFETCH(QString, text);
    QFETCH(qint64, beforeNow);
    const QDateTime now(QDate(2026, 3, 1), QTime(14, 6, 7));
    const auto ts = timeFromText(text, now);
    QCOMPARE(ts.has_value(), beforeNow >= 0);
    if (ts)
        QCOMPARE(qint64(*ts), now.toSecsSinceEpoch() - beforeNow);
    QCOMPARE(*timeFromText(QStringLiteral("1795411665.5"), now), 1795411665.5);
}

void TestMessages::urlsSayTheFilter()
{
    MessageFilter filter;
    QVERIFY(!filter.isNarrow());
    filter.sender = QStringLiteral("a+b & c");
    filter.order = client::Order::Delivery;
    filter.fromTs = 1.5;
    const QUrl node(QStringLiteral("http://127.0.0.1:8000"));
    QCOMPARE(
        curlOf(pageUrl(node, filter, {PagePlace::Direction::Newer, 12, 200}), QStringLiteral("-s")),
        QStringLiteral("curl -s 'http://127.0.0.1:8000/messages?limit=200&after=12&order=delivery&sender="
                       "a%2Bb%20%26%20c&from_ts=1.500000'"));
    filter = {};
    filter.msgId = QStringLiteral("it's");
    QVERIFY(filter.isNarrow());
    QCOMPARE(curlOf(pageUrl(node, filter, {}), QStringLiteral("-s")),
             QStringLiteral("curl -s 'http://127.0.0.1:8000/messages?msg_id=it%27s'"));
}

void TestMessages::aLifeLineInItsOrder()
{
    const auto line = lifeLineOf(
        "{\"seq\":2,\"msg_id\":\"m\",\"term\":1,\"index\":3,\"received\":100.0000,\"appended\":100.0002,\"durable\":"
        "{\"n1\":100.0030,\"n2\":100.0018,\"n3\":100.0012},\"committed\":100.0018,\"applied\":100.0020,\"delivered\":"
        "105.08,\"delivery_seq\":2,\"held_by\":[\"n1\",\"n2\"],\"complete\":true,\"missing\":null,\"node_id\":\"n3\","
        "\"leader_url\":\"http://127.0.0.1:1\"}");
    QVERIFY(line);
    QStringList disks;
    for (const LifeStage& stage : line->stages) {
        QVERIFY(stage.atMs);
        QVERIFY(stage.from <= stage.to && stage.to <= 1);
        if (stage.kind == LifeStage::Kind::Durable)
            disks << stage.node;
    }
    QCOMPARE(disks, QStringList({QStringLiteral("n3"), QStringLiteral("n2"), QStringLiteral("n1")}));
    QCOMPARE(line->known(), 8);
    QVERIFY(line->fromReceived);
    QVERIFY(qAbs(*line->stages.at(1).atMs - 0.2) < 1e-3);
    // Five seconds beside three milliseconds: the axis is broken, and the milliseconds can be told apart.
    QVERIFY(line->breakAt > line->stages.at(4).to);
    QCOMPARE(line->stages.last().to, 1.0);
    QVERIFY(line->stages.at(4).to - line->stages.at(3).to > 0.2);
    QCOMPARE(line->ticks.first().ms, 0.0);
}

void TestMessages::aPartialLifeLineSaysSo()
{
    const auto line = lifeLineOf(
        "{\"seq\":2,\"received\":null,\"appended\":null,\"durable\":{},\"committed\":50.5,\"applied\":50.6,"
        "\"delivered\":null,\"delivery_seq\":null,\"held_by\":[],\"complete\":false,\"missing\":\"only the leader\","
        "\"node_id\":\"n1\",\"leader_url\":\"http://127.0.0.1:2\"}");
    QVERIFY(line);
    QCOMPARE(line->known(), 2);
    QVERIFY(!line->fromReceived && !line->complete);
    QCOMPARE(line->missing, QStringLiteral("only the leader"));
    QVERIFY(line->breakAt < 0);
    QVERIFY(!lifeLineOf("{\"status\":\"error\"}"));
    QVERIFY(!lifeLineOf("nonsense"));
}

QTEST_MAIN(TestMessages)
#include "tst_messages.moc"
