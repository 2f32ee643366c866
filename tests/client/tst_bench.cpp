// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of `dsmsg bench` that decide what its figures mean: when messages are due, from when latencies
// count, what an answer says. The whole is tested on real nodes (tests/cluster/tst_bench.cpp).
#include <QTest>

#include "FakeNode.h"
#include "RunCli.h"
#include "app/cli/bench/HttpProtocol.h"
#include "app/cli/bench/Schedule.h"
#include "app/cli/bench/Tally.h"
#include "app/cli/bench/Targets.h"
#include "app/cli/bench/WebSocketProtocol.h"

using namespace dsmsg;
using namespace dsmsg::bench;
using namespace dsmsg::test;
using namespace std::chrono_literals;

namespace {

std::string httpAnswer(const char* head, const std::string& body)
{
    return "HTTP/1.1 " + std::string(head) + "\r\ncontent-LENGTH:  " + std::to_string(body.size()) +
           " \r\n\r\n" + body;
}

/// What a protocol with `messages` under way makes of these bytes.
Incoming readAll(const std::string& bytes, std::size_t messages, std::size_t batch)
{
    const MessageFormat format("run", 1);
    HttpProtocol protocol(format, batch);
    protocol.greeting("127.0.0.1:1");
    std::string out;
    protocol.write(out, 100, std::vector<Task>(messages));
    Incoming incoming;
    std::size_t taken = 0;
    // Cut anywhere, nothing is read before all is there.
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        if (!protocol.read(std::string_view(bytes).substr(0, length), taken, incoming, out) || taken > 0)
            return {};
    }
    if (!protocol.read(bytes, taken, incoming, out) || taken != bytes.size() || protocol.room() != batch)
        return {};
    return incoming;
}

} // namespace

class TestBench : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aScheduleIsEven()
    {
        const Schedule schedule(1000, 0s);
        QCOMPARE(schedule.dueAt(0s), 1u);
        QCOMPARE(schedule.dueAt(1s), 1001u);
        QCOMPARE(schedule.dueTime(500).count(), 0.5);
    }

    void aRampRises()
    {
        const Schedule schedule(1000, 2s);
        QCOMPARE(schedule.dueAt(1s), 251u);
        QCOMPARE(schedule.dueAt(2s), 1001u);
        QCOMPARE(schedule.dueAt(3s), 2001u);
        for (std::uint64_t number = 0; number < 3000; ++number) {
            const auto due = schedule.dueTime(number);
            QVERIFY(due <= schedule.dueTime(number + 1));
            QVERIFY(schedule.dueAt(due + 1us) >= number + 1 && schedule.dueAt(due - 1us) <= number + 1);
        }
    }

    // One stall of a second at 100/s delays a hundred messages, and the percentiles must say so.
    void latencyCountsFromWhenAMessageWasDue()
    {
        Tally tally;
        const Moment start{1h};
        tally.begin(start, start, start + 10s);
        for (int i = 0; i < 900; ++i)
            tally.acknowledged({.intended = start + i * 10ms}, start + i * 10ms + 1ms, "n1");
        for (int i = 900; i < 1000; ++i)
            tally.acknowledged({.intended = start + i * 10ms}, start + 10s, "n1");
        const double p95 = double(tally.latency().percentile(0.95)->count());
        QVERIFY2(p95 > 480'000 && p95 < 530'000, qPrintable(QString::number(p95)));
        QCOMPARE(tally.greatest(), Duration(1s));
        QCOMPARE(tally.longestSilence(), Duration(1s + 9ms));
    }

    void warmUpIsNotMeasured()
    {
        Tally tally;
        const Moment start{1h};
        tally.begin(start, start + 1s, start + 2s);
        tally.acknowledged({.intended = start}, start + 900ms, "n1");
        tally.acknowledged({.intended = start + 1s}, start + 1001ms, "n1");
        tally.acknowledged({.intended = start + 1999ms}, start + 2001ms, "n1");
        QCOMPARE(tally.totals.acknowledged, 3u);
        QCOMPARE(tally.measured(), 1u);
        QCOMPARE(tally.latency().count(), 2u);
        QCOMPARE(tally.greatest(), Duration(2ms));
    }

    void aLeaderChangeTellsItsSilence()
    {
        Tally tally;
        const Moment start{1h};
        tally.begin(start, start, start + 10s);
        tally.acknowledged({.intended = start}, start + 1ms, "n1");
        tally.acknowledged({.intended = start}, start + 501ms, "n2");
        tally.acknowledged({.intended = start}, start + 502ms, "n2");
        QCOMPARE(tally.leaderChangeCount(), 1u);
        QCOMPARE(tally.leaderChanges().front().silence, Duration(500ms));
        QCOMPARE(tally.endSecond().leaderChanges, 1u);
        QCOMPARE(tally.endSecond().acknowledged, 0u);
    }

    void readsAnswers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("answer");
        const auto row = [](const char* name, const char* head, const char* body, Answer answer) {
            QTest::newRow(name) << QByteArray::fromStdString(httpAnswer(head, json(body).toStdString()))
                                << int(answer);
        };
        row("stored", "200 OK", "{'status':'ok'}", Answer::Stored);
        row("redirect", "307 Temporary Redirect\r\nLocation: http://127.0.0.1:7/send", "{}",
            Answer::NotLeader);
        row("rejected", "503 No", "{'status':'error','reason':'r','outcome':'rejected'}", Answer::Rejected);
        row("unknown", "503 No", "{'status':'error','reason':'r','outcome':'unknown'}", Answer::Unknown);
        row("committed", "503 No", "{'status':'error','reason':'r','outcome':'committed'}", Answer::Unknown);
        row("nothing said", "503 No", "", Answer::Unknown);
        row("disk full", "507 Full", "{'outcome':'rejected'}", Answer::Rejected);
        row("refused", "413 Big", "{'reason':'r'}", Answer::Refused);
    }

    void readsAnswers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, answer);
        const Incoming incoming = readAll(bytes.toStdString(), 1, 1);
        QCOMPARE(incoming.replies.size(), std::size_t(1));
        QCOMPARE(incoming.replies.front().ref, 100u);
        QCOMPARE(int(incoming.replies.front().answer), answer);
        QCOMPARE(incoming.leader.empty(), answer != int(Answer::NotLeader));
        if (answer == int(Answer::NotLeader))
            QCOMPARE(incoming.leader, std::string("http://127.0.0.1:7"));
    }

    void readsAResultForEachOfABatch()
    {
        const std::string body =
            json(
                "{'status':'partial','results':[{'status':'ok','msg_id':'a}\\'{','duplicate':true,'receipt':{'term':1}},"
                "{'status':'error','reason':'r','outcome':'rejected'},{'status':'bad_request','reason':'b'}]}")
                .toStdString();
        const Incoming incoming = readAll(httpAnswer("200 OK", body), 4, 10);
        QCOMPARE(incoming.replies.size(), std::size_t(4));
        QCOMPARE(incoming.replies[0].answer, Answer::Stored);
        QVERIFY(incoming.replies[0].duplicate);
        QCOMPARE(incoming.replies[1].answer, Answer::Rejected);
        QCOMPARE(incoming.replies[2].answer, Answer::Refused);
        // No result for it: nobody knows.
        QCOMPARE(incoming.replies[3].answer, Answer::Unknown);
        QCOMPARE(incoming.replies[3].ref, 103u);
    }

    // Handshake, a ping in between, a message in two fragments; cut at every byte.
    void speaksWebSocket()
    {
        const MessageFormat format("run", 1);
        const auto frame = [](unsigned char first, const QByteArray& content) {
            QByteArray head(1, char(first));
            if (content.size() < 126)
                head += char(content.size());
            else
                head += QByteArray(1, 126) + char(content.size() >> 8) + char(content.size() & 0xff);
            return head + content;
        };
        const QByteArray ack =
            json("{'type':'ack','results':[{'ref':8,'status':'ok','seq':1,'receipt':{'term':1}},"
                 "{'ref':7,'status':'error','reason':'node_is_not_leader','outcome':'rejected',"
                 "'leader_url':'http://127.0.0.1:7'}]}");
        const QByteArray bytes =
            QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n") +
            frame(0x81, json("{'type':'hello','node_id':'n1','window':3}")) + frame(0x89, "hi") +
            frame(0x01, ack.left(150)) + frame(0x80, ack.mid(150));
        WebSocketProtocol protocol(format, 10);
        QVERIFY(protocol.greeting("127.0.0.1:1").starts_with("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:1\r\n"));
        QCOMPARE(protocol.room(), std::size_t(0));
        Incoming incoming;
        std::string in, out, sent;
        for (const char byte : bytes) {
            in += byte;
            std::size_t taken = 0;
            QVERIFY(protocol.read(in, taken, incoming, out));
            in.erase(0, taken);
            if (protocol.room() == 3 && sent.empty())
                protocol.write(sent, 7, std::vector<Task>(2));
        }
        QVERIFY(in.empty());
        QCOMPARE(incoming.replies.size(), std::size_t(2));
        QCOMPARE(incoming.replies[0].ref, 8u);
        QCOMPARE(incoming.replies[0].answer, Answer::Stored);
        QCOMPARE(incoming.replies[1].answer, Answer::NotLeader);
        QCOMPARE(incoming.leader, std::string("http://127.0.0.1:7"));
        QCOMPARE(protocol.room(), std::size_t(3));
        // A pong with what the ping held; both frames masked, as a client must.
        QCOMPARE(out, std::string("\x8a\x82\0\0\0\0hi", 8));
        QCOMPARE(quint8(sent[1]) & 0x80, 0x80);
        QVERIFY(sent.find(json("{'type':'pub','ref':7,'messages':[{'sender'").toStdString()) !=
                std::string::npos);
    }

    void nonsenseIsNoAnswer()
    {
        for (const char* bytes :
             {"SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
              "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"})
            QVERIFY2(readAll(bytes, 1, 1).replies.empty(), bytes);
    }

    void requestsAreWhatTheyClaimToBe()
    {
        const MessageFormat format("run", 3);
        std::string message;
        format.append(message, 42);
        QCOMPARE(message,
                 json("{'sender':'bench','recipient':'all','msg_id':'run-000000000042','payload':'xxx'}")
                     .toStdString());
        QCOMPARE(message.size(), format.size());
        for (const std::size_t batch : {1u, 3u}) {
            HttpProtocol protocol(format, batch);
            protocol.greeting("h:1");
            std::string out;
            protocol.write(out, 0, std::vector<Task>(batch));
            const std::size_t body = out.find("\r\n\r\n") + 4;
            QVERIFY(out.find("Content-Length: " + std::to_string(out.size() - body) + "\r\n") !=
                    std::string::npos);
        }
    }

    void targetsFollowTheLeader()
    {
        Targets targets;
        QCOMPARE(*targets.add("http://127.0.0.1:1"), std::size_t(0));
        QCOMPARE(*targets.add("http://127.0.0.1:2"), std::size_t(1));
        QCOMPARE(*targets.add("http://127.0.0.1:1"), std::size_t(0));
        QVERIFY(!targets.add("ftp://127.0.0.1:1"));
        targets.setLeader(1);
        QCOMPARE(targets.choose(), std::size_t(1));
        targets.failed(1);
        QCOMPARE(targets.choose(), std::size_t(0));
        targets.failed(0);
        QCOMPARE(targets.choose(), std::size_t(1));
    }

    void wrongUsage()
    {
        for (const char* line : {"bench --connections 0", "bench --rate 0", "bench --transport pigeon",
                                 "bench extra", "bench --duration 0", "bench --messages x"})
            QCOMPARE(run(words(line)).code, 2);
        const Ran ran = run(words("bench --duration 1"), {}, deadUrl().toString());
        QCOMPARE(ran.code, 3);
        QVERIFY2(ran.err.contains(QLatin1String("nothing was sent")), qPrintable(ran.err));
    }

    // A cluster that refuses everything must not look like a fast one.
    void refusalsAreNotAcknowledgements()
    {
        FakeNode node([](const FakeRequest& request) {
            return request.method == "GET"
                       ? answer(
                             200,
                             json(
                                 "{'node_id':'n1','committed_seq':0,'commit_index':0,'peer_status':{},'consensus':"
                                 "{'role':'Leader','current_term':1,'leader_id':'n1'}}"))
                       : answer(400, json("{'status':'bad_request','reason':'no bench here'}"));
        });
        const Ran ran =
            run(words("bench --messages 10 --connections 2 --quiet --json"), {}, node.url().toString());
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.out.contains(QString::fromUtf8(json("'acknowledged':0"))) &&
                     ran.out.contains(QString::fromUtf8(json("'refused':10"))) &&
                     ran.out.contains(QLatin1String("no bench here")),
                 qPrintable(ran.out));
    }
};

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"
