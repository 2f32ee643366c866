// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inboxes and retention on real nodes (API.md, Inbox and Retention): consumers that are killed at any moment,
// leaders and followers too, and what all nodes remember and forget.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSet>

#include "core/base/Random.h"
#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};

ClusterOptions lookingOften()
{
    ClusterOptions options;
    options.arguments << QStringLiteral("--retention-interval") << QStringLiteral("50");
    return options;
}

QByteArray seqBody(quint64 seq)
{
    return "{\"seq\":" + QByteArray::number(seq) + "}";
}

} // namespace

class TestInbox : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aKilledConsumerLosesNothing();
    void aBrokenPageIsReadAgain();
    void aFollowerShowsWhatTheLeaderAcknowledged();
    void cursorsOutliveLeadersAndSnapshots();
    void whatRetentionRemovesIsGoneEverywhere();
    void aTtlEndsAndTheIdStaysKnown();
    void rulesFromTheCommandLine();

private:
    /// Sends through any node; the seq.
    quint64 send(const QString& id, const char* recipient, double ttl = 0)
    {
        QJsonObject message = messageOf(id);
        message[QLatin1String("recipient")] = QLatin1String(recipient);
        if (ttl > 0)
            message[QLatin1String("ttl")] = ttl;
        const SendReply reply = cluster().client(cluster().leader()).send(message);
        return reply.ok() ? reply.seq : 0;
    }
    HttpReply acknowledge(int node, const QByteArray& recipient, quint64 seq)
    {
        return cluster().client(node).http().post("/inbox/" + recipient + "/ack", seqBody(seq), patience);
    }
    QJsonObject inbox(int node, const QByteArray& target)
    {
        return cluster().client(node).http().get("/inbox/" + target, patience).json();
    }
    QJsonObject kept(int node)
    {
        const auto status = cluster().status(node);
        return status ? status->json[QLatin1String("kept")].toObject() : QJsonObject();
    }
    /// On every node.
    bool awaitKept(const char* what, const std::function<bool(qint64)>& condition)
    {
        return await(patience, [&] {
            return std::ranges::all_of(cluster().members(), [&](int node) {
                const QJsonValue value = kept(node)[QLatin1String(what)];
                return value.isDouble() && condition(value.toInteger());
            });
        });
    }
    void setRule(const QByteArray& rule)
    {
        const HttpReply reply =
            cluster().client(cluster().awaitLeader()).http().post("/cluster/retention", rule, patience);
        QVERIFY2(reply.status == 200, reply.body.constData());
    }
    void clearRule(const QByteArray& query)
    {
        const HttpReply reply = cluster()
                                    .client(cluster().awaitLeader())
                                    .http()
                                    .request("DELETE", "/cluster/retention" + query, {}, patience);
        QVERIFY2(reply.status == 200, reply.body.constData());
    }
};

/// kill -9 of the consumer's process, again and again, while messages come and a leader dies.
void TestInbox::aKilledConsumerLosesNothing()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    const QString output = cluster().folder() + QStringLiteral("/consumer");
    NodeProcess consumer(
        {.arguments =
             QStringList{QStringLiteral("-c"), QStringLiteral("exec \"$0\" \"$@\" >>'%1'").arg(output),
                         QStringLiteral(INBOX_CONSUMER), QStringLiteral("bob"), QStringLiteral("7")} +
             cluster().urls(),
         .program = QStringLiteral("/bin/sh")});
    Random random(QRandomGenerator::global()->generate64());
    QSet<qint64> expected;
    quint64 last = 0;
    const auto sendSome = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const char* recipient = i % 5 == 0 ? "all" : i % 3 == 0 ? "eve" : "bob";
            const quint64 seq = send(QStringLiteral("m%1").arg(last + 1), recipient);
            QVERIFY(seq > 0);
            last = seq;
            if (recipient != std::string_view("eve"))
                expected.insert(static_cast<qint64>(seq));
        }
    };
    constexpr int rounds = 25;
    for (int round = 0; round < rounds; ++round) {
        QVERIFY(consumer.start());
        sendSome(12);
        QThread::msleep(random.below(60)); // the moment of death is what is tried here
        consumer.kill();
        if (round == rounds / 2) {
            const int leader = cluster().leader();
            cluster().kill(leader);
            QVERIFY(cluster().awaitLeader() >= 0);
            QVERIFY(cluster().restart(leader));
        }
    }
    QVERIFY(consumer.start());
    const auto done = [&] {
        return inbox(cluster().leader(), "bob?limit=1")[QLatin1String("cursor")].toInteger() >=
               static_cast<qint64>(last);
    };
    QVERIFY(await(Milliseconds(20'000), done));
    consumer.kill();

    QFile lines(output);
    QVERIFY(lines.open(QIODevice::ReadOnly));
    qint64 acknowledged = 0;
    QSet<qint64> seen;
    while (!lines.atEnd()) {
        const QList<QByteArray> line = lines.readLine().trimmed().split(' ');
        const qint64 seq = line.value(1).toLongLong();
        if (line.first() == "acknowledged") {
            acknowledged = seq;
            continue;
        }
        QVERIFY2(
            seq > acknowledged,
            qPrintable(
                QStringLiteral("seq %1 came again after %2 was acknowledged").arg(seq).arg(acknowledged)));
        seen.insert(seq);
    }
    QCOMPARE(seen, expected);
}

/// The connection dies in the middle of the page instead.
void TestInbox::aBrokenPageIsReadAgain()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    for (int i = 0; i < 30; ++i)
        QVERIFY(send(QStringLiteral("m%1").arg(i), "bob") > 0);
    for (int i = 0; i < 40; ++i) {
        HttpClient broken(cluster().url(i % 3));
        QVERIFY(broken.write(broken.format("GET", "/inbox/bob?limit=30", {}), QDeadlineTimer(patience)));
        QThread::usleep(static_cast<unsigned long>(i) * 100);
        broken.abort();
    }
    for (int node = 0; node < 3; ++node) {
        const QJsonObject page = inbox(node, "bob");
        QCOMPARE(page[QLatin1String("messages")].toArray().size(), 30);
        QCOMPARE(page[QLatin1String("cursor")].toInteger(), 0);
    }
}

/// Linearizable: whoever was told where the cursor is never sees it before that, on any node.
void TestInbox::aFollowerShowsWhatTheLeaderAcknowledged()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    constexpr quint64 count = 100;
    for (quint64 i = 0; i < count; ++i)
        QVERIFY(send(QStringLiteral("m%1").arg(i), "bob") > 0);
    for (quint64 seq = 1; seq <= count; ++seq) {
        QCOMPARE(acknowledge(leader, "bob", seq).status, 200);
        const int other = cluster().othersThan(leader)[seq % 2];
        const QJsonObject page = inbox(other, "bob?limit=1");
        QCOMPARE(page[QLatin1String("cursor")].toInteger(), static_cast<qint64>(seq));
    }
    // Cumulative, and never beyond what there is.
    QCOMPARE(acknowledge(leader, "bob", 3).json()[QLatin1String("cursor")].toInteger(), qint64(count));
    QCOMPARE(acknowledge(leader, "bob", count + 1).status, 400);
    const HttpReply elsewhere = acknowledge(cluster().othersThan(leader).front(), "a%2Fb", 1);
    QCOMPARE(elsewhere.status, 307);
    QCOMPARE(elsewhere.header("location"), cluster().url(leader).toUtf8() + "/inbox/a%2Fb/ack");
}

void TestInbox::cursorsOutliveLeadersAndSnapshots()
{
    QVERIFY(startCluster(lookingOften()));
    int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    for (int i = 0; i < 60; ++i)
        QVERIFY(send(QStringLiteral("m%1").arg(i), i % 2 == 0 ? "bob" : "eve") > 0);
    QCOMPARE(acknowledge(leader, "bob", 31).status, 200);
    for (int round = 0; round < 2; ++round) {
        cluster().kill(leader);
        const int next = cluster().awaitLeader();
        QVERIFY(next >= 0);
        const QJsonObject page = inbox(next, "bob?limit=1");
        QCOMPARE(page[QLatin1String("cursor")].toInteger(), 31);
        QCOMPARE(page[QLatin1String("messages")][0].toObject()[QLatin1String("seq")].toInteger(), 33);
        QVERIFY(cluster().restart(leader));
        leader = cluster().awaitLeader();
    }
    // A node that lost everything gets cursors, rules and what removals left by a snapshot.
    setRule(R"({"recipient":"eve","max_messages":5})");
    QVERIFY(awaitKept("messages", [](qint64 messages) { return messages == 35; }));
    const int wiped = cluster().othersThan(leader).front();
    cluster().wipe(wiped);
    for (const int node : cluster().othersThan(wiped))
        QCOMPARE(cluster().client(node).http().post("/cluster/snapshot", "{}", patience).status, 200);
    QVERIFY(cluster().restart(wiped));
    QVERIFY(await(Milliseconds(20'000), [&] {
        return inbox(wiped, "bob?consistency=local&limit=1")[QLatin1String("cursor")].toInteger() == 31;
    }));
    QVERIFY(cluster().awaitEqual());
    QCOMPARE(kept(wiped)[QLatin1String("messages")].toInteger(), 35);
    const QJsonObject retention = cluster().client(wiped).http().get("/cluster/retention", patience).json();
    QCOMPARE(retention[QLatin1String("rules")].toArray().size(), 1);
}

void TestInbox::whatRetentionRemovesIsGoneEverywhere()
{
    QVERIFY(startCluster(lookingOften()));
    QVERIFY(cluster().awaitLeader() >= 0);
    for (int i = 0; i < 200; ++i)
        QVERIFY(send(QStringLiteral("m%1").arg(i), i % 2 == 0 ? "bob" : "eve") > 0);

    setRule(R"({"max_messages":150})");
    QVERIFY(awaitKept("messages", [](qint64 messages) { return messages == 150; }));
    setRule(R"({"recipient":"bob","max_messages":20})");
    QVERIFY(awaitKept("messages", [](qint64 messages) { return messages == 95; }));
    const qint64 bytes = kept(0)[QLatin1String("bytes")].toInteger();
    setRule("{\"max_bytes\":" + QByteArray::number(bytes / 2) + "}");
    QVERIFY(awaitKept("bytes", [&](qint64 left) { return left <= bytes / 2 && left > bytes / 3; }));
    QVERIFY(cluster().awaitEqual());

    // The oldest are gone, on every node, from every kind of page; what is left is read as before.
    const auto status = cluster().status(0);
    const qint64 first = status->json[QLatin1String("first_seq")].toInteger();
    QVERIFY(first > 50);
    for (int node = 0; node < 3; ++node) {
        const QJsonObject page = cluster().client(node).http().get("/messages?limit=1000", patience).json();
        const QJsonArray messages = page[QLatin1String("messages")].toArray();
        QCOMPARE(messages.size(), kept(node)[QLatin1String("messages")].toInteger());
        QCOMPARE(messages.first().toObject()[QLatin1String("seq")].toInteger(), first);
        QCOMPARE(page[QLatin1String("first_seq")].toInteger(), first);
    }
    const int leader = cluster().awaitLeader();
    const SendReply again = cluster().client(leader).send(messageOf(QStringLiteral("m0")));
    QVERIFY2(again.ok() && again.flag("duplicate") && again.flag("expired"), qPrintable(again.text()));
    QCOMPARE(again.seq, quint64(1));
    QCOMPARE(again.json[QLatin1String("msg_id")].toString(), QStringLiteral("m0"));

    // An age takes the rest, and survives a restart of everything.
    clearRule("?recipient=bob");
    setRule(R"({"max_age":0.5})");
    QVERIFY(awaitKept("messages", [](qint64 messages) { return messages == 0; }));
    QVERIFY(cluster().awaitEqual());
    for (int node = 0; node < 3; ++node)
        QVERIFY(cluster().stop(node));
    for (int node = 0; node < 3; ++node)
        QVERIFY(cluster().process(node).start());
    QVERIFY(cluster().awaitLeader() >= 0);
    QVERIFY(cluster().awaitEqual());
    QCOMPARE(kept(1)[QLatin1String("messages")].toInteger(), 0);
    QVERIFY(send(QStringLiteral("new"), "bob") == 201);
    QVERIFY(awaitKept("messages", [](qint64 messages) { return messages == 0; }));
}

void TestInbox::aTtlEndsAndTheIdStaysKnown()
{
    QVERIFY(startCluster(lookingOften()));
    QVERIFY(cluster().awaitLeader() >= 0);
    const quint64 brief = send(QStringLiteral("brief"), "bob", 0.5);
    const quint64 lasting = send(QStringLiteral("lasting"), "bob", 3600);
    QVERIFY(brief > 0 && lasting > 0);
    QVERIFY(awaitKept("messages", [](qint64 messages) { return messages == 1; }));
    QVERIFY(cluster().awaitEqual());
    const QJsonArray left = inbox(2, "bob")[QLatin1String("messages")].toArray();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0].toObject()[QLatin1String("seq")].toInteger(), static_cast<qint64>(lasting));
    QCOMPARE(left[0].toObject()[QLatin1String("ttl")].toDouble(), 3600.0);

    const int leader = cluster().leader();
    cluster().kill(leader);
    QVERIFY(cluster().awaitLeader() >= 0);
    const SendReply again = cluster().client(cluster().leader()).send(messageOf(QStringLiteral("brief")));
    QVERIFY2(again.ok() && again.flag("expired"), qPrintable(again.text()));
    QCOMPARE(again.seq, brief);
}

void TestInbox::rulesFromTheCommandLine()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    const auto retention = [&](const QStringList& options) {
        return runClient(QStringList{QStringLiteral("retention"), QStringLiteral("--node"),
                                     cluster().urls().join(QLatin1Char(','))} +
                         options);
    };
    const QString recipient = QStringLiteral("team/a");
    const ClientRun set =
        retention({QStringLiteral("--recipient"), recipient, QStringLiteral("--max-age"),
                   QStringLiteral("7d"), QStringLiteral("--max-bytes"), QStringLiteral("10G")});
    QVERIFY2(set.ok(), set.text().constData());
    const ClientRun shown = retention({QStringLiteral("--json")});
    const QJsonObject rule =
        QJsonDocument::fromJson(shown.output).object()[QLatin1String("rules")][0].toObject();
    QCOMPARE(rule[QLatin1String("recipient")].toString(), recipient);
    QCOMPARE(rule[QLatin1String("max_age")].toInteger(), 7 * 86400);
    QCOMPARE(rule[QLatin1String("max_bytes")].toInteger(), qint64(10) << 30);
    QVERIFY(retention({}).output.contains("team/a"));
    const ClientRun cleared =
        retention({QStringLiteral("--recipient"), recipient, QStringLiteral("--clear")});
    QVERIFY2(cleared.ok(), cleared.text().constData());
    QVERIFY(retention({}).output.contains("no rules"));
    QCOMPARE(retention({QStringLiteral("--max-age"), QStringLiteral("soon")}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestInbox)
#include "tst_inbox.moc"
