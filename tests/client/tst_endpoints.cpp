// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which node a client asks, and how long it waits in between: pure logic, no sockets.
#include <QTest>

#include "core/client/Backoff.h"
#include "core/client/Endpoints.h"

using namespace dsmsg;
using namespace dsmsg::client;

namespace {

QUrl node(int port)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
}

} // namespace

class TestEndpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("urls"); // empty: refused
        const auto row = [](const char* name, const char* text, const char* urls) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(urls);
        };
        row("url", "http://10.0.0.1:8000", "http://10.0.0.1:8000");
        row("trailing slash", "http://a:1/", "http://a:1");
        row("port", "8001", "http://127.0.0.1:8001");
        row("host and port", "db1:9000", "http://db1:9000");
        row("ports after a host", "http://db1:9000,9001", "http://db1:9000 http://db1:9001");
        row("ports after an IPv6 host", "http://[::1]:9000,9001", "http://[::1]:9000 http://[::1]:9001");
        row("blanks and repeats", "8000, 8001 ,8000", "http://127.0.0.1:8000 http://127.0.0.1:8001");
        row("https", "https://a", "https://a");
        row("nothing", "", "");
        row("an empty item", "8000,,8001", "");
        row("another scheme", "ftp://a", "");
        row("a path", "http://a/send", "");
        row("a query", "http://a?x=1", "");
        row("a password", "http://u:p@a", "");
        row("a port out of range", "http://a:70000", "");
        row("blanks inside", "http://a b", "");
    }

    void readsAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, urls);
        const auto parsed = parseEndpoints(text);
        QStringList got;
        if (parsed) {
            for (const QUrl& url : *parsed)
                got.append(url.toString());
        }
        QCOMPARE(got.join(QLatin1Char(' ')), urls);
    }

    void asksTheLeaderWhileOneIsKnown()
    {
        Endpoints endpoints({node(1), node(2), node(3)});
        QCOMPARE(endpoints.choose(), node(1));
        endpoints.leaderIs(node(3));
        QCOMPARE(endpoints.choose(), node(3));
        endpoints.failed(node(3));
        QCOMPARE(endpoints.choose(), node(1));
    }

    // Many calls under way fail at the same node at once; the turn must not run past the healthy ones.
    void movesOnOnceHoweverManyCallsFail()
    {
        Endpoints endpoints({node(1), node(2), node(3)});
        for (int i = 0; i < 64; ++i)
            endpoints.failed(node(1));
        QCOMPARE(endpoints.choose(), node(2));
    }

    void backoffGrowsToItsBoundAndIsJittered()
    {
        Backoff backoff({Milliseconds(50), Milliseconds(400)}, 1);
        for (const int step : {50, 100, 200, 400, 400, 400}) {
            const auto wait = backoff.next().count();
            QVERIFY2(wait >= step / 2 && wait <= step, qPrintable(QString::number(wait)));
        }
        backoff.reset();
        QVERIFY(backoff.next().count() <= 50);

        Backoff one({Milliseconds(1000), Milliseconds(1000)}, 1);
        Backoff other({Milliseconds(1000), Milliseconds(1000)}, 2);
        int equal = 0;
        for (int i = 0; i < 20; ++i)
            equal += one.next() == other.next() ? 1 : 0;
        QVERIFY2(equal < 5, "two clients wait in step");
    }
};

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_endpoints.moc"
