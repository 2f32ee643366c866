// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node tells its service manager (sd_notify(3)): ready once it serves, a beat for the watchdog while
// its Raft thread answers and none while that stands still, stopping when it is told to stop. The test is the
// service manager: it owns the socket that NOTIFY_SOCKET names.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <csignal>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/HttpClient.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};
constexpr Milliseconds watchdog{600}; ///< a node beats three times in it

/// The socket of a service manager.
class NotifySocket
{
public:
    explicit NotifySocket(const QString& path)
        : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = path.toUtf8();
        qstrncpy(address.sun_path, name.constData(), sizeof(address.sun_path));
        bound_ = ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }
    ~NotifySocket() { ::close(descriptor_); }
    Q_DISABLE_COPY_MOVE(NotifySocket)

    bool bound() const { return bound_; }
    /// Everything that was said since the last call.
    QByteArray heard() const
    {
        QByteArray all;
        char buffer[4096];
        for (ssize_t size = 0; (size = ::recv(descriptor_, buffer, sizeof(buffer), 0)) > 0;)
            all += QByteArray(buffer, size) + '\n';
        return all;
    }
    bool awaitWord(const char* word) const
    {
        return await(patience, [&] { return heard().contains(word); });
    }

private:
    const int descriptor_;
    bool bound_ = false;
};

} // namespace

class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatSystemdIsTold();
};

void TestService::whatSystemdIsTold()
{
    QTemporaryDir folder;
    const NotifySocket manager(folder.filePath(QStringLiteral("notify")));
    QVERIFY(manager.bound());
    QProcessEnvironment variables;
    variables.insert(QStringLiteral("NOTIFY_SOCKET"), folder.filePath(QStringLiteral("notify")));
    variables.insert(QStringLiteral("WATCHDOG_USEC"), QString::number(watchdog.count() * 1000));
    const quint16 port = freePort();
    NodeProcess node(
        {.arguments = {QStringLiteral("--id"), QStringLiteral("n1"), QStringLiteral("--port"),
                       QString::number(port), QStringLiteral("--data-dir"),
                       folder.filePath(QStringLiteral("data")), QStringLiteral("--fault-injection")},
         .logFile = folder.filePath(QStringLiteral("log")),
         .variables = variables});
    QVERIFY(node.start());
    QVERIFY2(manager.awaitWord("READY=1"), node.log());
    QVERIFY2(manager.awaitWord("WATCHDOG=1"), node.log());

    // Its Raft thread stands still; the rest of it does not.
    HttpClient client(QStringLiteral("http://127.0.0.1:%1").arg(port));
    const HttpReply paused = client.request("POST", "/faults", R"({"kind":"pause","for_s":3})", patience);
    QCOMPARE(paused.status, 200);
    QElapsedTimer silence;
    silence.start();
    QVERIFY2(await(patience,
                   [&] {
                       if (manager.heard().contains("WATCHDOG=1"))
                           silence.restart();
                       return silence.elapsed() > watchdog.count();
                   }),
             "no beat while the Raft thread stands still");
    QVERIFY2(manager.awaitWord("WATCHDOG=1"), "it beats again");

    node.signal(SIGTERM);
    QCOMPARE(node.exitCode(patience), std::optional(0));
    QVERIFY(manager.heard().contains("STOPPING=1"));
}

QTEST_GUILESS_MAIN(TestService)
#include "tst_service.moc"
