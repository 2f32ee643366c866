// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real browser's EventSource, on a page from elsewhere: it reads from a follower across origins, and
// connects again by itself when the leader and its own node were killed, without a gap or a repeat.
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{60'000};

/// Serves one page and takes what it reports, one id a line.
class PageServer final : public QObject
{
public:
    explicit PageServer(QByteArray page)
        : page_(std::move(page))
    {
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = server_.nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
        server_.listen(QHostAddress::LocalHost);
    }
    quint16 port() const { return server_.serverPort(); }

    QList<QByteArray> ids;
    int opened = 0; ///< how often the browser said that its stream is open

private:
    void read(QTcpSocket* socket)
    {
        const QByteArray text = socket->property("text").toByteArray() + socket->readAll();
        socket->setProperty("text", text);
        const qsizetype end = text.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray length = headerOf(text.left(end).toLower(), "content-length: ");
        const QByteArray body = text.mid(end + 4);
        if (body.size() < length.toInt())
            return;
        socket->setProperty("text", QByteArray());
        QByteArray answer;
        if (text.startsWith("GET / "))
            answer = page_;
        else if (text.startsWith("POST /opened"))
            ++opened;
        else if (text.startsWith("POST /seen"))
            ids += body.trimmed().split('\n');
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                      QByteArray::number(answer.size()) + "\r\n\r\n" + answer);
    }
    static QByteArray headerOf(const QByteArray& head, const QByteArray& name)
    {
        const qsizetype at = head.indexOf(name);
        return at < 0 ? QByteArray() : head.mid(at + name.size(), head.indexOf('\r', at) - at - name.size());
    }

    const QByteArray page_;
    QTcpServer server_;
};

QByteArray pageReading(const QString& events)
{
    // What comes together is reported together, one request at a time, so that the order is kept.
    return "<!doctype html><meta charset=utf-8><script>\n"
           "let seen = [], busy = false;\n"
           "const report = async () => {\n"
           "  if (busy) return;\n"
           "  busy = true;\n"
           "  while (seen.length) {\n"
           "    const body = seen.join('\\n');\n"
           "    seen = [];\n"
           "    await fetch('/seen', {method: 'POST', body});\n"
           "  }\n"
           "  busy = false;\n"
           "};\n"
           "const source = new EventSource('" +
           events.toUtf8() +
           "');\n"
           "source.onopen = () => fetch('/opened', {method: 'POST'});\n"
           "source.onmessage = e => {\n"
           "  seen.push(e.lastEventId + ' ' + JSON.parse(e.data).seq);\n"
           "  report();\n"
           "};\n"
           "</script>\n";
}

/// With all its children, ended with this object.
class Browser
{
public:
    Browser(const QString& program, const QString& url)
    {
        process_.setChildProcessModifier([] {
            ::setpgid(0, 0);
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        });
        process_.setStandardErrorFile(QProcess::nullDevice());
        process_.setStandardOutputFile(QProcess::nullDevice());
        process_.start(program, {QStringLiteral("--headless"), QStringLiteral("--no-sandbox"),
                                 QStringLiteral("--disable-gpu"), QStringLiteral("--disable-dev-shm-usage"),
                                 QStringLiteral("--no-first-run"), QStringLiteral("--no-proxy-server"),
                                 QStringLiteral("--remote-debugging-port=0"),
                                 QStringLiteral("--user-data-dir=") + profile_.path(), url});
        process_.waitForStarted();
    }
    ~Browser()
    {
        if (process_.processId() > 0)
            ::kill(static_cast<pid_t>(-process_.processId()), SIGKILL);
        process_.waitForFinished();
    }
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

private:
    QTemporaryDir profile_;
    QProcess process_;
};

} // namespace

class TestBrowser : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void anEventSourceConnectsAgainByItself();
};

void TestBrowser::anEventSourceConnectsAgainByItself()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("chromium"));
    if (program.isEmpty())
        QSKIP("no browser: apt-get install chromium");
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int follower = cluster().othersThan(leader).front();

    PageServer server(pageReading(cluster().url(follower) + QStringLiteral("/events?after=0")));
    const auto seenMore = [&](qsizetype more) {
        const qsizetype wanted = server.ids.size() + more;
        return QTest::qWaitFor([&] { return server.ids.size() >= wanted; },
                               static_cast<int>(patience.count()));
    };
    LoadClients load(cluster().urls(), {.clients = 2, .pause = Milliseconds(5)});
    const Browser browser(program, QStringLiteral("http://127.0.0.1:%1/").arg(server.port()));
    QVERIFY(seenMore(100));
    cluster().kill(leader);
    QVERIFY(seenMore(100));
    QCOMPARE(server.opened, 1);
    QVERIFY(cluster().restart(leader));
    QVERIFY(cluster().awaitLeader() >= 0);
    cluster().kill(follower);
    QVERIFY(cluster().restart(follower));
    QVERIFY(seenMore(200));

    quint64 last = 0;
    const std::vector<Sent> sent = load.stop();
    for (const Sent& one : sent)
        last = std::max(last, one.seq);
    QVERIFY(QTest::qWaitFor([&] { return server.ids.size() >= static_cast<qsizetype>(last); },
                            static_cast<int>(patience.count())));
    QVERIFY(server.opened >= 2);
    for (qsizetype i = 0; i < server.ids.size(); ++i) {
        const QByteArray number = QByteArray::number(i + 1);
        QCOMPARE(server.ids[i], "s:" + number + ' ' + number);
    }
}

QTEST_GUILESS_MAIN(TestBrowser)
#include "tst_browser.moc"
