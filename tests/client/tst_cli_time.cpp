// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg time`, `dsmsg ordering` and `dsmsg messages --order`: whom they ask for what, what they show, how
// they end.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "RunCli.h"

using namespace dsmsg::test;

namespace {

QByteArray clockBody(const char* id, bool synchronized)
{
    return json("{'node_id':'") + id + json("','time_synchronization':{'synchronized':") +
           (synchronized ? "true" : "false") + json(",'clock_offset':-2.000125,'bound':") +
           (synchronized ? "0.00042" : "null") +
           json(",'drift_rate':1.25e-5,'network_delay':0.00015,'clock_jumps':3}}");
}

QByteArray orderingBody(int waiting)
{
    return json("{'status':'ok','ordering_status':{'buffer_size':") + QByteArray::number(waiting) +
           json(
               ",'max_message_age':1.5,'messages_delivered':12345,'messages_reordered':6,'messages_late':7}}");
}

QString urls(std::initializer_list<const FakeNode*> nodes)
{
    QStringList list;
    for (const FakeNode* node : nodes)
        list << node->url().toString();
    return list.join(QLatin1Char(','));
}

QJsonObject lineOf(const QString& out, int line)
{
    return QJsonDocument::fromJson(out.split(QLatin1Char('\n')).value(line).toUtf8()).object();
}

} // namespace

class TestCliTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statusShowsEveryClock()
    {
        FakeNode n1(always(answer(200, clockBody("n1", true))));
        FakeNode n2(always(answer(200, clockBody("n2", false))));
        for (const char* line : {"time", "time status"}) {
            const Ran ran = run(words(line), {}, urls({&n1, &n2}) + QLatin1Char(',') + deadUrl().toString());
            QCOMPARE(ran.code, 3);
            for (const char* text : {"n1", "n2", "yes", "no ", "-2000.125 ms", "0.420 ms", "unknown",
                                     "12.5 ppm", "0.150 ms", "no answer"})
                QVERIFY2(ran.out.contains(QLatin1String(text)), qPrintable(ran.out));
        }
        QCOMPARE(n1.requests.last().method, QByteArray("GET"));
        QCOMPARE(n1.requests.last().target, QByteArray("/clock"));
    }

    void aMajorityThatIsSynchronisedIsWell()
    {
        FakeNode n1(always(answer(200, clockBody("n1", true))));
        FakeNode n2(always(answer(200, clockBody("n2", true))));
        const Ran ran =
            run(words("time --json"), {}, urls({&n1, &n2}) + QLatin1Char(',') + deadUrl().toString());
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out.count(QLatin1Char('\n')), 3);
        QCOMPARE(lineOf(ran.out, 1)[QLatin1String("answer")].toObject()[QLatin1String("node_id")].toString(),
                 QStringLiteral("n2"));
        QVERIFY(!lineOf(ran.out, 2)[QLatin1String("answered")].toBool(true));
        QVERIFY(!lineOf(ran.out, 2)[QLatin1String("reason")].toString().isEmpty());
    }

    void syncAsksEachNode()
    {
        FakeNode n1(always(answer(200, json("{'status':'ok','message':'2 of 2 peers answered.'}"))));
        FakeNode n2(always(answer(206, json("{'status':'partial','message':'nobody\\u001b there'}"))));
        const Ran well = run(words("time sync"), {}, urls({&n1}));
        QCOMPARE(well.code, 0);
        QVERIFY(well.out.endsWith(QLatin1String("  2 of 2 peers answered.\n")));
        QCOMPARE(n1.requests.last().method, QByteArray("POST"));
        QCOMPARE(n1.requests.last().target, QByteArray("/time/sync"));

        const Ran ran = run(words("time sync"), {}, urls({&n1, &n2}));
        QCOMPARE(ran.code, 3);
        QCOMPARE(ran.out.count(QLatin1Char('\n')), 2);
        QVERIFY(ran.out.contains(QLatin1String("nobody\\u001b there")));
        QCOMPARE(n2.requests.size(), 1); // 206 is an answer: nobody asks again
    }

    void resetAsksEachNode()
    {
        FakeNode n1(always(answer(200, json("{'status':'ok','message':'gone'}"))));
        FakeNode n2(always(answer(200, json("{'status':'ok','message':'gone'}"))));
        QCOMPARE(run(words("time reset --json"), {}, urls({&n1, &n2})).code, 0);
        QCOMPARE(n1.requests.last().target, QByteArray("/time/reset"));
        QCOMPARE(n2.requests.size(), 1);
    }

    void aForeignAnswerIsNone()
    {
        FakeNode node(always(answer(200, "<html>\n")));
        for (const char* line : {"time", "time sync", "ordering"}) {
            const Ran ran = run(words(line) + words("--json"), {}, urls({&node}));
            QCOMPARE(ran.code, 3);
            QVERIFY(!lineOf(ran.out, 0)[QLatin1String("reason")].toString().isEmpty());
        }
    }

    void correctGoesThroughToTheDigit()
    {
        FakeNode node(always(
            answer(200, json("{'status':'ok','corrected_timestamp':1700000000.2,"
                             "'correction_info':{'applied_offset':-0.05,'method':'hybrid','magnitude':0.05},"
                             "'estimated_accuracy':{'confidence_interval':0.01}}"))));
        const Ran ran = run(words("time correct 1700000000.250000001 --sender me"), {}, urls({&node}));
        QCOMPARE(ran.code, 0);
        QCOMPARE(
            ran.out,
            QStringLiteral("1700000000.200000  (by -50.000 ms, method hybrid; certain within 10.000 ms)\n"));
        QCOMPARE(node.requests.last().target, QByteArray("/time/correct"));
        QCOMPARE(node.requests.last().body, json("{'timestamp':1700000000.250000001,'sender':'me'}"));
        QVERIFY(lineOf(run(words("time correct 1 --json"), {}, urls({&node})).out, 0)
                    .contains(QLatin1String("correction_info")));
    }

    void aRefusedTimestampIsOne()
    {
        FakeNode node(always(answer(400, json("{'status':'error','message':'too old'}"))));
        const Ran ran = run(words("time correct 1"), {}, urls({&node}));
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains(QLatin1String("too old")), qPrintable(ran.err));
    }

    void orderingShowsWhatWaits()
    {
        FakeNode n1(always(answer(200, orderingBody(4321))));
        FakeNode n2(always(answer(200, orderingBody(0))));
        const Ran ran = run(words("ordering"), {}, urls({&n1, &n2}));
        QCOMPARE(ran.code, 0);
        for (const char* text : {"4 321", "12 345", "1500.000 ms"})
            QVERIFY2(ran.out.contains(QLatin1String(text)), qPrintable(ran.out));
        QCOMPARE(n2.requests.last().target, QByteArray("/ordering/status"));
        QCOMPARE(
            run(words("ordering status --json"), {}, urls({&n1}) + QLatin1Char(',') + deadUrl().toString())
                .code,
            3);
    }

    void forceFollowsTheLeader()
    {
        FakeNode leader(always(answer(
            200, json("{'status':'ok','message':'Delivered 3 waiting messages.','delivered_count':3}"))));
        FakeNode follower(always(
            answer(307, "{}", "Location: " + leader.url().toEncoded() + "/ordering/force_delivery\r\n")));
        const Ran ran = run(words("ordering force"), {}, urls({&follower}));
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, QStringLiteral("Delivered 3 waiting messages.\n"));
        QCOMPARE(leader.requests.last().method, QByteArray("POST"));
        QCOMPARE(leader.requests.last().target, QByteArray("/ordering/force_delivery"));
        QCOMPARE(lineOf(run(words("ordering force --json"), {}, urls({&leader})).out,
                        0)[QLatin1String("delivered_count")]
                     .toInt(),
                 3);
    }

    // The numbers of the order that is read go into `after`, whatever the seqs do.
    void messagesInOrderOfDelivery()
    {
        FakeNode node([](const FakeRequest& request) {
            const int after =
                request.target.mid(request.target.indexOf("after=") + 6).split('&').first().toInt();
            QByteArray body = json("{'messages':[");
            for (int number = after + 1; number <= std::min(after + 2, 5); ++number)
                body += (body.endsWith('[') ? "" : ",") + QByteArray(json("{'seq':")) +
                        QByteArray::number(100 - number) + json(",'delivery_seq':") +
                        QByteArray::number(number) +
                        json(",'msg_id':'i','sender':'s','recipient':'all','payload':1,'corrected_ts':1.5}");
            return answer(200, body + "]}");
        });
        const Ran ran = run(words("messages --order delivery --all"), {}, urls({&node}));
        QCOMPARE(ran.code, 0);
        const QStringList lines = ran.out.trimmed().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines.first().trimmed().startsWith(QLatin1String("1 ")));
        QVERIFY(lines.last().trimmed().startsWith(QLatin1String("5 ")));
        for (const FakeRequest& request : std::as_const(node.requests))
            QVERIFY(request.target.contains("order=delivery"));
    }

    // A node that does not know the order must not pass for one that keeps it.
    void anOrderThatWasIgnoredIsAnError()
    {
        FakeNode node(
            always(answer(200, json("{'messages':[{'seq':1,'delivery_seq':null,'msg_id':'i','sender':'s',"
                                    "'recipient':'all','payload':1,'corrected_ts':1.5}]}"))));
        QCOMPARE(run(words("messages"), {}, urls({&node})).code, 0);
        const Ran ran = run(words("messages --order delivery"), {}, urls({&node}));
        QCOMPARE(ran.code, 3);
        QVERIFY(ran.out.isEmpty() && !ran.err.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliTime)
#include "tst_cli_time.moc"
