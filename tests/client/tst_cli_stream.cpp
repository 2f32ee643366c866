// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg` with many messages: sending lines, following, consuming an inbox. What is promised to scripts: one
// result for each line, nothing twice, nothing acknowledged that was not printed.
#include <csignal>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include "RunCli.h"

using namespace dsmsg::test;

namespace {

QByteArray message(int seq)
{
    const QByteArray text = QByteArray::number(seq);
    return json("{'seq':") + text +
           json(",'delivery_seq':null,'msg_id':'i','sender':'s','recipient':'all','payload':'p") + text +
           json("','corrected_ts':1.5}");
}

QByteArray sse(int seq)
{
    return "id: s:" + QByteArray::number(seq) + "\ndata: " + message(seq) + "\n\n";
}

QByteArray messages(const QList<int>& seqs)
{
    QByteArray list = "[";
    for (const int seq : seqs)
        list += (list.size() > 1 ? "," : "") + message(seq);
    return json("'messages':") + list + ']';
}

int parameter(const FakeRequest& request, const char* name, int otherwise)
{
    const QByteArray key = QByteArray(name) + '=';
    const qsizetype at = request.target.indexOf(key);
    if (at < 0)
        return otherwise;
    const QByteArray text = request.target.mid(at + key.size()).split('&').first();
    return text.mid(text.lastIndexOf("%3A") < 0 ? 0 : 4).toInt();
}

QList<QJsonObject> objects(const QString& lines)
{
    QList<QJsonObject> result;
    for (const QString& line : lines.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        result.append(QJsonDocument::fromJson(line.toUtf8()).object());
    return result;
}

/// A cluster of one that stores what it is sent and shows it.
struct Store
{
    FakeNode node{[this](const FakeRequest& request) { return serve(request); }};
    QList<QJsonObject> stored;
    int unavailableAfter = 1 << 30;

    FakeReply serve(const FakeRequest& request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        if (request.target != "/send")
            return answer(404, "{}");
        if (stored.size() >= unavailableAfter)
            return unavailable("rejected");
        stored.append(body);
        return acknowledge(int(stored.size()));
    }
};

/// 1 to `last` with /messages?before and /events.
FakeNode::Script history(int last, int streamed)
{
    return [last, streamed](const FakeRequest& request) {
        if (request.target.startsWith("/events")) {
            QByteArray events = "id: s:" + QByteArray::number(last) + "\n\n";
            for (int seq = parameter(request, "after", last) + 1; seq <= streamed; ++seq)
                events += sse(seq);
            return stream(events);
        }
        QList<int> seqs;
        const int before = std::min(parameter(request, "before", last + 1) - 1, last);
        // Smaller pages than asked for.
        for (int seq = request.target.contains("before=90071992") ? last : before;
             seq > 0 && seqs.size() < std::min(parameter(request, "limit", 50), 3); --seq)
            seqs.append(seq);
        return answer(200, '{' + messages(seqs) + '}');
    };
}

QList<int> seqsOf(const QString& out)
{
    QList<int> seqs;
    for (const QString& line : out.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        seqs.append(line.trimmed().section(QLatin1Char(' '), 0, 0).toInt());
    return seqs;
}

QList<int> range(int first, int last)
{
    QList<int> numbers;
    for (int number = first; number <= last; ++number)
        numbers.append(number);
    return numbers;
}

} // namespace

class TestCliStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsLines()
    {
        Store store;
        QByteArray input;
        for (int i = 1; i <= 100; ++i)
            input += json("{'payload':{'n':") + QByteArray::number(i) + json("},'recipient':'r'}\n") +
                     (i % 10 == 0 ? "\n" : "");
        const Ran ran =
            run(words("send --ndjson --json --from me --id batch"), input, store.node.url().toString());
        QCOMPARE(ran.code, 0);
        QCOMPARE(store.stored.size(), 100);
        QSet<int> lines;
        for (const QJsonObject& result : objects(ran.out))
            lines.insert(result.value(QLatin1String("line")).toInt());
        QCOMPARE(lines.size(), 100);
        QVERIFY(!lines.contains(11) && lines.contains(12));
        QSet<QString> ids;
        for (const QJsonObject& body : std::as_const(store.stored)) {
            ids.insert(body.value(QLatin1String("msg_id")).toString());
            QCOMPARE(body.value(QLatin1String("sender")).toString(), QStringLiteral("me"));
            QCOMPARE(body.value(QLatin1String("recipient")).toString(), QStringLiteral("r"));
        }
        QCOMPARE(ids.size(), 100);
        QVERIFY(ids.contains(QStringLiteral("batch-1")) && ids.contains(QStringLiteral("batch-109")));
        QVERIFY2(ran.err.startsWith(QLatin1String("dsmsg: 100 acknowledged in ")), qPrintable(ran.err));
    }

    void aWindowOfOneKeepsTheOrder()
    {
        Store store;
        QByteArray input;
        for (int i = 0; i < 50; ++i)
            input += json("{'payload':") + QByteArray::number(i) + "}\n";
        QCOMPARE(run(words("send --ndjson --window 1"), input, store.node.url().toString()).code, 0);
        QCOMPARE(store.stored.size(), 50);
        for (int i = 0; i < 50; ++i)
            QCOMPARE(store.stored[i].value(QLatin1String("payload")).toInt(), i);
    }

    void aBadLineIsToldAndPassedOver()
    {
        Store store;
        const QByteArray input = json("{'payload':1}\n{'payload':2,'recipent':'alice'}\n{\n"
                                      "{'sender':'s'}\n{'payload':1}{}\n{'payload':3,'ts':'now'}\n"
                                      "{'payload':tru}\n{'payload':null,'msg_id':null,'ttl':60}\n");
        const Ran ran = run(words("send --ndjson"), input, store.node.url().toString());
        QCOMPARE(ran.code, 1);
        QCOMPARE(store.stored.size(), 2);
        QCOMPARE(store.stored.last().value(QLatin1String("ttl")).toDouble(), 60.0);
        QCOMPARE(ran.err.count(QLatin1Char('\n')), 6);
        QVERIFY2(ran.err.contains(QLatin1String("line 2: not sent: unknown member 'recipent'")),
                 qPrintable(ran.err));
        QVERIFY(ran.err.contains(QLatin1String("line 4: not sent: no payload")));
        QVERIFY(ran.out.startsWith(QLatin1String("2 acknowledged, 6 refused in ")));
    }

    void whatTheClusterCannotTakeEndsTheReading()
    {
        Store store;
        store.unavailableAfter = 20;
        QByteArray input;
        for (int i = 0; i < 1000; ++i)
            input += "{\"payload\":1}\n";
        const Ran ran =
            run(words("send --ndjson --window 2 --timeout 0.7 --id x"), input, store.node.url().toString());
        QCOMPARE(ran.code, 3);
        QCOMPARE(store.stored.size(), 20);
        QVERIFY2(ran.err.contains(QLatin1String("go on from line 21")), qPrintable(ran.err));
        QVERIFY(ran.out.startsWith(QLatin1String("20 acknowledged, 2 not stored in ")));
    }

    // What comes slowly is sent as it comes, and Ctrl+C accounts for it.
    void sendsWhatComesAndEndsByCtrlC()
    {
        Store store;
        Running sending(words("send --ndjson --id x"), store.node.url().toString());
        sending.write("{\"payload\":1}\n{\"payl");
        QTRY_COMPARE(store.stored.size(), 1);
        sending.write("oad\":2}\n");
        QTRY_COMPARE(store.stored.size(), 2);
        sending.signal(SIGINT);
        QCOMPARE(sending.wait(), 130);
        QVERIFY2(sending.out().startsWith(QLatin1String("2 acknowledged")), qPrintable(sending.out()));
        QVERIFY2(sending.err().contains(QLatin1String("go on from line 3")), qPrintable(sending.err()));
    }

    void sendsFiles()
    {
        Store store;
        QTemporaryDir folder;
        const auto fill = [&folder](const char* name, const QByteArray& text) {
            QFile file(folder.filePath(QLatin1String(name)));
            const bool opened = file.open(QIODevice::WriteOnly);
            file.write(text);
            return opened ? file.fileName() : QString();
        };
        const QString a = fill("a", "first\nfile\n");
        const QString b = fill("b", "second");
        const QString url = store.node.url().toString();
        const QString option = QStringLiteral("--file");
        QCOMPARE(run({QStringLiteral("send"), option, a, option, b, QStringLiteral("--window"),
                      QStringLiteral("1")},
                     {}, url)
                     .code,
                 0);
        QCOMPARE(store.stored.size(), 2);
        QCOMPARE(store.stored[0].value(QLatin1String("payload")).toString(), QStringLiteral("first\nfile"));
        QCOMPARE(store.stored[1].value(QLatin1String("payload")).toString(), QStringLiteral("second"));
        const QString lines = fill("c", "{\"payload\":1}\n{\"payload\":2}");
        QCOMPARE(
            run({QStringLiteral("send"), QStringLiteral("--ndjson"), option, lines, option, lines}, {}, url)
                .code,
            0);
        QCOMPARE(store.stored.size(), 6);
        const Ran missing =
            run({QStringLiteral("send"), option, folder.filePath(QStringLiteral("d"))}, {}, url);
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.err.contains(QLatin1String("cannot open")));
    }

    void tailShowsTheLast_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QList<int>>("seqs");
        QTest::newRow("ten") << "tail" << range(11, 20);
        QTest::newRow("some") << "tail -n 4" << range(17, 20);
        QTest::newRow("more than there are") << "tail -n 100" << range(1, 20);
        QTest::newRow("none") << "tail -n 0" << QList<int>();
    }

    void tailShowsTheLast()
    {
        QFETCH(QString, line);
        QFETCH(QList<int>, seqs);
        FakeNode node(history(20, 0));
        const Ran ran = run(words(qPrintable(line)), {}, node.url().toString());
        QCOMPARE(ran.code, 0);
        QCOMPARE(seqsOf(ran.out), seqs);
        QVERIFY(ran.err.isEmpty());
    }

    void tailFollowsThroughABreak()
    {
        FakeNode node(history(5, 7));
        Running tail(words("tail -f -n 3"), node.url().toString());
        QTRY_COMPARE(seqsOf(tail.out()), range(3, 7));
        node.dropStreams();
        QTRY_VERIFY(node.openStreams() == 1);
        node.push(sse(7) + sse(8));
        QTRY_COMPARE(seqsOf(tail.out()), range(3, 8));
        QTRY_VERIFY2(tail.err().contains(QLatin1String("going on with")), qPrintable(tail.err()));
        QCOMPARE(tail.err().count(QLatin1Char('\n')), 2);
        tail.signal(SIGINT);
        QCOMPARE(tail.wait(), 0);
    }

    void tailFromNowOn()
    {
        FakeNode node(history(5, 5));
        Running tail(words("tail -f -n 0 --json"), node.url().toString());
        QTRY_COMPARE(node.openStreams(), 1);
        QVERIFY(!node.requests.last().target.contains("after="));
        node.push(sse(6));
        QTRY_COMPARE(tail.out().count(QLatin1Char('\n')), 1);
        QCOMPARE(objects(tail.out()).first().value(QLatin1String("seq")).toInt(), 6);
    }

    // `dsmsg tail -f | head` must end, though its sockets have Qt ignore SIGPIPE.
    void tailEndsWithItsReader()
    {
        FakeNode node(history(5, 6));
        QProcess shell;
        shell.start(QStringLiteral("sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("\"$0\" tail -f -n 1 --node \"$1\" | head -n 2; echo ended"),
                     QStringLiteral(DSMSG_PROGRAM), node.url().toString()});
        QByteArray printed;
        QTRY_VERIFY((printed += shell.readAllStandardOutput()).count('\n') == 2);
        for (int seq = 7; seq < 1000 && shell.state() != QProcess::NotRunning; ++seq) {
            node.push(sse(seq));
            QTest::qWait(10);
        }
        QCOMPARE(shell.state(), QProcess::NotRunning);
        QCOMPARE(shell.readAllStandardOutput(), QByteArray("ended\n"));
        QCOMPARE(shell.readAllStandardError(), QByteArray());
    }

    void inboxIsPrintedThenAcknowledged()
    {
        int cursor = 3;
        QList<int> acknowledged;
        FakeNode node([&](const FakeRequest& request) {
            if (request.method == "POST") {
                cursor = QJsonDocument::fromJson(request.body).object().value(QLatin1String("seq")).toInt();
                acknowledged.append(cursor);
                return answer(200, json("{'status':'ok','recipient':'a b','cursor':") +
                                       QByteArray::number(cursor) + '}');
            }
            return answer(200, json("{'recipient':'a b','cursor':") + QByteArray::number(cursor) + ',' +
                                   messages(range(cursor + 1, std::min(cursor + 2, 6))) + '}');
        });
        const QString url = node.url().toString();
        const QStringList inbox{QStringLiteral("inbox"), QStringLiteral("a b")};
        QCOMPARE(seqsOf(run(inbox, {}, url).out), range(4, 5));
        QVERIFY(acknowledged.isEmpty());
        QVERIFY(node.requests.first().target.startsWith("/inbox/a%20b?limit=50"));
        QCOMPARE(seqsOf(run(inbox + words("--ack"), {}, url).out), range(4, 5));
        QCOMPARE(acknowledged, QList<int>{5});
        QCOMPARE(node.requests.last().target, QByteArray("/inbox/a%20b/ack"));
        QCOMPARE(run(inbox + words("--ack-through 6"), {}, url).code, 0);
        QCOMPARE(acknowledged.last(), 6);
        QCOMPARE(run(inbox, {}, url).code, 0);
        QCOMPARE(run(inbox + words("--wait 0.1"), {}, url).code, 3);
    }

    // A consumer that is killed has acknowledged nothing that it had not printed.
    void inboxConsumes()
    {
        int cursor = 0;
        bool held = false;
        FakeNode node([&](const FakeRequest& request) -> FakeReply {
            if (request.method == "POST") {
                if (held)
                    return unavailable("rejected");
                cursor = QJsonDocument::fromJson(request.body).object().value(QLatin1String("seq")).toInt();
                return answer(200, json("{'status':'ok','recipient':'a','cursor':") +
                                       QByteArray::number(cursor) + '}');
            }
            if (cursor >= 50)
                return {{}, FakeReply::Then::Silence};
            // Nothing for this recipient, but the nodes looked far.
            if (cursor >= 9)
                return answer(200, json("{'recipient':'a','cursor':9,'messages':[],'next':50}"));
            return answer(200, json("{'recipient':'a','cursor':") + QByteArray::number(cursor) + ',' +
                                   messages(range(cursor + 1, cursor + 3)) + '}');
        });
        const QString url = node.url().toString();
        held = true;
        {
            Running killed(words("inbox a -f"), url);
            QTRY_COMPARE(seqsOf(killed.out()), range(1, 3));
            QTRY_VERIFY(node.requests.last().method == "POST");
            killed.signal(SIGKILL);
            QCOMPARE(killed.wait(), -1);
        }
        QCOMPARE(cursor, 0);
        held = false;
        Running consumer(words("inbox a -f"), url);
        QTRY_COMPARE(seqsOf(consumer.out()), range(1, 9));
        QTRY_COMPARE(cursor, 50);
        consumer.signal(SIGTERM);
        QCOMPARE(consumer.wait(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCliStream)
#include "tst_cli_stream.moc"
