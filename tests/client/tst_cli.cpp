// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg` as a script uses it: what is on stdout, what on stderr, which exit code.
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "RunCli.h"

using namespace dsmsg::test;

namespace {

QByteArray status(const char* id, const char* role, const char* leader)
{
    return json("{'node_id':'") + id + json("','committed_seq':1200,'commit_index':1300,'peer_status':{},") +
           json("'consensus':{'role':'") + role + json("','current_term':3,'leader_id':") + leader + "}}";
}

} // namespace

Q_DECLARE_METATYPE(FakeReply)

class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongUsageIsOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        for (const char* line : {"frobnicate",
                                 "send --frobnicate",
                                 "send --node",
                                 "send --node ftp://a x",
                                 "send --value {",
                                 "send --window 0 x",
                                 "send --ndjson x",
                                 "send --file a x",
                                 "send --ndjson --value",
                                 "send --file a --file b --id c",
                                 "messages --before 3 --after 2",
                                 "messages --since yesterday",
                                 "tail extra",
                                 "tail -n 10001",
                                 "tail -n x",
                                 "tail -n 3 --after 2",
                                 "tail --order sideways",
                                 "inbox",
                                 "inbox a b",
                                 "inbox a --limit 0",
                                 "inbox a --ack --ack-through 3",
                                 "send --timeout x x",
                                 "messages --limit 0",
                                 "messages --limit -1",
                                 "messages --after x",
                                 "messages --all --limit 3",
                                 "messages --id a-1 --after 3",
                                 "messages extra",
                                 "status --role king",
                                 "status --wait -1",
                                 "soak --rate 0",
                                 "soak --seconds 3600 --rate 100000",
                                 "cluster",
                                 "cluster explode n1",
                                 "cluster add n4",
                                 "cluster remove",
                                 "cluster members n1",
                                 "messages --order sideways",
                                 "time explode",
                                 "time sync now",
                                 "time correct",
                                 "time correct yesterday",
                                 "time correct nan",
                                 "time correct 0x10",
                                 "time sync --sender me",
                                 "ordering explode",
                                 "ordering force now",
                                 "backup",
                                 "backup a b",
                                 "verify",
                                 "verify a b",
                                 "restore",
                                 "restore file",
                                 "restore file --data-dir d --id n1",
                                 "restore file --data-dir d --id n1 --url ftp://a",
                                 "recover",
                                 "recover dir --i-accept-loss",
                                 "recover dir --url http://127.0.0.1:8000",
                                 "recover dir --url ftp://a --i-accept-loss"})
            QTest::newRow(line) << words(line);
    }

    void wrongUsageIsOneLine()
    {
        QFETCH(QStringList, arguments);
        const Ran ran = run(arguments);
        QCOMPARE(ran.code, 2);
        QVERIFY(ran.out.isEmpty());
        QCOMPARE(ran.err.count(QLatin1Char('\n')), 1);
        QVERIFY2(ran.err.contains(QLatin1String("--help")), qPrintable(ran.err));
    }

    void helpIsOnStdout()
    {
        for (const char* command :
             {"--help", "send --help", "messages -h", "tail --help", "inbox --help", "status --help",
              "soak --help", "cluster --help", "time --help", "ordering -h", "backup --help", "verify --help",
              "restore --help", "recover --help"}) {
            const Ran ran = run(words(command));
            QCOMPARE(ran.code, 0);
            QVERIFY2(ran.out.startsWith(QLatin1String("usage: dsmsg")), command);
            QVERIFY(ran.err.isEmpty());
        }
    }

    void sendsAndShowsTheReceipt()
    {
        FakeNode leader(always(acknowledge(12)));
        FakeNode follower(always(redirect(leader.url())));
        const Ran ran = run({QStringLiteral("send"), QStringLiteral("--from"), QStringLiteral("me"),
                             QStringLiteral("--id"), QStringLiteral("m"), QStringLiteral("--verbose"),
                             QStringLiteral("two"), QStringLiteral("words")},
                            {}, follower.url().toString());
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, QStringLiteral("seq 12, on disk at n1, n3 (term 2, index 7), id m\n"));
        QVERIFY2(ran.err.contains(QLatin1String(": 307, ")), qPrintable(ran.err));
        QVERIFY(ran.err.contains(QLatin1String(": 200, ")));
        QCOMPARE(leader.requests.last().body,
                 QByteArray(json("{'msg_id':'m','sender':'me','payload':'two words'}")));
    }

    void sendsStdinAndValues()
    {
        FakeNode node(always(acknowledge(1)));
        const QString url = node.url().toString();
        QCOMPARE(run({QStringLiteral("send")}, "a\nb\n", url).code, 0);
        QVERIFY(node.requests.last().body.endsWith(json("'payload':'a\\nb'}")));
        QCOMPARE(run({QStringLiteral("send"), QStringLiteral("--value"),
                      QStringLiteral("[1.0, 12345678901234567890]")},
                     {}, url)
                     .code,
                 0);
        QVERIFY(node.requests.last().body.endsWith(json("'payload':[1.0, 12345678901234567890]}")));
    }

    void sendExitCodes_data()
    {
        QTest::addColumn<FakeReply>("reply");
        QTest::addColumn<int>("code");
        QTest::newRow("acknowledged") << acknowledge(1) << 0;
        QTest::newRow("refused") << answer(400, json("{'reason':'no'}")) << 1;
        QTest::newRow("rejected") << unavailable("rejected") << 3;
        QTest::newRow("unknown") << unavailable("unknown") << 4;
        QTest::newRow("committed") << unavailable("committed", json(",'seq':3")) << 5;
    }

    void sendExitCodes()
    {
        QFETCH(FakeReply, reply);
        QFETCH(int, code);
        FakeNode node(always(reply));
        for (const bool json : {false, true}) {
            QStringList arguments = words("send --timeout 0.7 x");
            if (json)
                arguments.append(QStringLiteral("--json"));
            const Ran ran = run(arguments, {}, node.url().toString());
            QCOMPARE(ran.code, code);
            QCOMPARE(QJsonDocument::fromJson(ran.out.toUtf8()).isObject(), json);
            QCOMPARE(ran.err.isEmpty(), code == 0);
        }
    }

    void unreachableIsThree()
    {
        const QString dead = deadUrl().toString();
        QCOMPARE(run(words("send --timeout 0.7 x"), {}, dead).code, 3);
        QCOMPARE(run(words("messages --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("tail --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("tail -f -n 0 --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("inbox a --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("inbox a -f --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("send --ndjson --timeout 0.7"), "{\"payload\":1}\n", dead).code, 3);
        QCOMPARE(run(words("status"), {}, dead).code, 3);
        QCOMPARE(run(words("soak --seconds 1"), {}, dead).code, 3);
        QCOMPARE(run(words("time --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("time sync --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("time correct 1 --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("ordering --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("ordering force --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("cluster members --timeout 0.7"), {}, dead).code, 3);
        QCOMPARE(run(words("cluster remove n1 --timeout 0.7"), {}, dead).code, 3);
    }

    void readsAllPages()
    {
        FakeNode node([](const FakeRequest& request) {
            const int after = request.target.split('=').last().toInt();
            QByteArray body = json("{'messages':[");
            for (int seq = after + 1; seq <= std::min(after + 2, 5); ++seq)
                body += (body.endsWith('[') ? "" : ",") + QByteArray(json("{'seq':")) +
                        QByteArray::number(seq) +
                        json(",'msg_id':'i','sender':'s','recipient':'all','payload':{") + "\n" +
                        json("'x':1.0},'corrected_ts':1.5}");
            return answer(200, body + "]}");
        });
        const QString url = node.url().toString();
        const Ran all = run(words("messages --all --json"), {}, url);
        QCOMPARE(all.code, 0);
        QCOMPARE(all.out.count(QLatin1Char('\n')), 5);
        QVERIFY(all.out.contains(QString::fromLatin1(json("'payload':{ 'x':1.0}"))));
        QCOMPARE(run(words("messages --limit 3"), {}, url).out.count(QLatin1Char('\n')), 3);
    }

    // What others wrote must not reach the terminal as commands.
    void controlCharactersAreShownNotSent()
    {
        FakeNode node(always(
            answer(200, json("{'messages':[{'seq':1,'msg_id':'i','sender':'\\u001b[31m','recipient':'all',"
                             "'payload':'a\\nb\\u009b','corrected_ts':1}]}"))));
        const Ran ran = run(words("messages --limit 1"), {}, node.url().toString());
        QCOMPARE(ran.code, 0);
        QVERIFY(!ran.out.contains(QChar(0x1b)) && !ran.out.contains(QChar(0x9b)));
        QVERIFY2(ran.out.endsWith(QLatin1String("\\u001b[31m -> all  a\\nb\\u009b\n")), qPrintable(ran.out));
    }

    void statusShowsEveryNode()
    {
        FakeNode n1(always(answer(200, status("n1", "Leader", "\"n1\""))));
        FakeNode n2(always(answer(200, status("n2", "Follower", "\"n1\""))));
        const QString nodes =
            QStringList{n1.url().toString(), n2.url().toString(), deadUrl().toString()}.join(
                QLatin1Char(','));
        const Ran ran = run(words("status"), {}, nodes);
        QCOMPARE(ran.code, 0);
        QVERIFY(ran.out.contains(QLatin1String("no answer")) && ran.out.contains(QLatin1String("1 200")));
        QCOMPARE(run(words("status --all --quiet"), {}, nodes).code, 3);
        QCOMPARE(run(words("status --role leader --urls"), {}, nodes).out,
                 n1.url().toString() + QLatin1Char('\n'));
        QCOMPARE(run(words("status --json"), {}, nodes).out.count(QLatin1Char('\n')), 3);
    }

    void statusWaitsForALeader()
    {
        int asked = 0;
        FakeNode node([&asked](const FakeRequest&) {
            return answer(200,
                          ++asked < 3 ? status("n1", "Candidate", "null") : status("n1", "Leader", "\"n1\""));
        });
        const QString url = node.url().toString();
        QCOMPARE(run(words("status --quiet"), {}, url).code, 3);
        QCOMPARE(run(words("status --quiet --wait 20"), {}, url).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
