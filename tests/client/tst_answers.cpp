// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading what nodes answer, and refusing what they would not.
#include <QTest>

#include "core/client/Answers.h"

using namespace dsmsg::client;

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgement()
    {
        const auto result =
            readAcknowledgement(R"({"status":"ok","seq":12,"msg_id":"a","committed":true,"duplicate":true,)"
                                R"("receipt":{"term":3,"index":40,"durable_on":["n1","n2"]}})");
        QVERIFY(result.ok());
        QCOMPARE(result->seq, 12U);
        QVERIFY(result->duplicate && result->committed);
        QCOMPARE(result->receipt->term, 3U);
        QCOMPARE(result->receipt->index, 40U);
        QCOMPARE(result->receipt->durableOn.join(QLatin1Char(' ')), QStringLiteral("n1 n2"));
    }

    void unavailable_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("outcome"); // -1: not an answer of ours
        QTest::newRow("rejected") << QByteArray(R"({"outcome":"rejected"})") << int(SendOutcome::Rejected);
        QTest::newRow("unknown") << QByteArray(R"({"outcome":"unknown"})") << int(SendOutcome::Unknown);
        QTest::newRow("committed") << QByteArray(R"({"outcome":"committed","seq":3})")
                                   << int(SendOutcome::Committed);
        QTest::newRow("committed without a seq") << QByteArray(R"({"outcome":"committed"})") << -1;
        QTest::newRow("a word we do not know") << QByteArray(R"({"outcome":"perhaps"})") << -1;
        QTest::newRow("a proxy's page") << QByteArray("<html>") << -1;
    }

    void unavailable()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, outcome);
        const auto result = readUnavailable(body);
        QCOMPARE(result.ok() ? int(result->outcome) : -1, outcome);
    }

    // A payload comes back as it was sent, to the digit; QJsonDocument would change every one of these.
    void payloadsKeepTheirText_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const char* payload, const char* shown) {
            QTest::newRow(name) << QByteArray(payload) << QString::fromUtf8(shown);
        };
        row("large number", "12345678901234567890", "12345678901234567890");
        row("one with a point", "1.0", "1.0");
        row("exponent", "1e3", "1e3");
        row("keys out of order", R"({"b":1.50,"a":[ 1, 2 ]})", R"({"b":1.50,"a":[ 1, 2 ]})");
        row("array", "[1.0,null]", "[1.0,null]");
        row("null", "null", "null");
        row("false", "false", "false");
        row("string", "\"a \\\"b\\\" \\u00e4\"", "a \"b\" ä");
        row("empty string", "\"\"", "");
    }

    void payloadsKeepTheirText()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, shown);
        const QByteArray message = R"({"seq":7,"msg_id":"i","sender":"s","recipient":"all","payload": )" +
                                   payload + R"( ,"corrected_ts":1700000000.25,"extra":{"x":[1]}})";
        const auto page = readPage(R"({"messages":[)" + message + R"(],"next_after":7})");
        QVERIFY(page.ok());
        QCOMPARE(page->messages.size(), 1);
        QCOMPARE(page->messages.first().payload, payload);
        QCOMPARE(page->messages.first().payloadText(), shown);
        QCOMPARE(page->messages.first().json, message);
        QCOMPARE(page->messages.first().seq, 7U);
        QCOMPARE(page->messages.first().correctedTs, 1700000000.25);
        QCOMPARE(page->nextAfter.value_or(0), 7U);
    }

    void emptyPage()
    {
        const auto page = readPage(R"({"messages":[],"next_after":null})");
        QVERIFY(page.ok() && page->messages.isEmpty() && !page->nextAfter);
    }

    void foreignPagesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("html") << QByteArray("<html></html>");
        QTest::newRow("other json") << QByteArray(R"({"items":[]})");
        QTest::newRow("messages that are none") << QByteArray(R"({"messages":[1,2]})");
        QTest::newRow("without seq") << QByteArray(R"({"messages":[{"payload":"x","corrected_ts":1}]})");
        QTest::newRow("cut short") << QByteArray(R"({"messages":[{"seq":1,"payload":"x","corrected_ts":1)");
    }

    void foreignPagesAreRefused()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!readPage(body).ok());
    }

    void status()
    {
        // Plain literals: moc takes the slashes of a URL inside a raw one for a comment.
        const QByteArray body =
            "{\"node_id\":\"n2\",\"committed_seq\":5,\"delivered_seq\":3,\"replication_mode\":\"sync_quorum\","
            "\"peer_status\":{\"http://a\":{\"alive\":true},\"http://b\":{\"alive\":false}},"
            "\"consensus\":{\"role\":\"Follower\",\"current_term\":4,\"leader_id\":\"n1\","
            "\"leader_url\":\"http://a\"}}";
        const auto result = readStatus(body);
        QVERIFY(result.ok());
        QCOMPARE(result->nodeId, QStringLiteral("n2"));
        QCOMPARE(result->role, QStringLiteral("Follower"));
        QCOMPARE(result->term, 4U);
        QCOMPARE(result->committedSeq, 5U);
        QCOMPARE(result->deliveredSeq, std::optional<quint64>(3));
        QCOMPARE(result->leaderUrl, QUrl(QStringLiteral("http://a")));
        QCOMPARE(result->peersAlive, 1);
        QCOMPARE(result->peers, 2);
        QVERIFY(!readStatus(R"({"status":"up"})").ok());
    }

    void jsonValues()
    {
        QCOMPARE(jsonString(QStringLiteral("a\"\nä")), QByteArray("\"a\\\"\\nä"
                                                                  "\""));
        QVERIFY(isJsonValue("1.0") && isJsonValue("\"x\"") && isJsonValue(" {\"a\":[1,2]} "));
        QVERIFY(!isJsonValue("1,2") && !isJsonValue("") && !isJsonValue("x") && !isJsonValue("1],[2"));
    }
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
