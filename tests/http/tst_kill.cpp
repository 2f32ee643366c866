// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node that is killed inside the process ends as `kill -9` would end it, and comes back with everything it
// acknowledged.
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/client/Client.h"
#include "core/http/NodeServer.h"

namespace dsmsg::test {

namespace {

constexpr int patienceMs = 15'000;

/// A connection that does nothing but notice its end.
class Bystander
{
public:
    explicit Bystander(std::uint16_t port)
        : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Bystander() { ::close(descriptor_); }
    bool connected() const { return connected_; }
    /// A whole request, and the first bytes of its answer.
    bool asks(const QByteArray& request) const
    {
        char byte = 0;
        return ::send(descriptor_, request.constData(), static_cast<std::size_t>(request.size()),
                      MSG_NOSIGNAL) == request.size() &&
               ends() && ::recv(descriptor_, &byte, 1, MSG_PEEK) == 1;
    }
    /// errno of the next read that is more than an answer; 0: an orderly end.
    int end() const
    {
        char bytes[4096];
        ssize_t length = 0;
        do {
            if (!ends())
                return ETIMEDOUT;
            length = ::recv(descriptor_, bytes, sizeof bytes, 0);
        } while (length > 0);
        return length == 0 ? 0 : errno;
    }

private:
    bool ends() const
    {
        pollfd wait{descriptor_, POLLIN, 0};
        return ::poll(&wait, 1, patienceMs) == 1;
    }
    int descriptor_;
    bool connected_ = false;
};

} // namespace

class TestKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void connectionsAreReset();
    void nothingIsClosedCleanly();
    void whatWasAcknowledgedIsThere();
    void aPausedOrSlowNodeDiesAtOnce_data();
    void aPausedOrSlowNodeDiesAtOnce();

private:
    bool start(std::uint16_t port = 0);
    void inject(const QByteArray& fault);
    /// Sends until `count` are acknowledged or nothing is heard any more.
    int send(int count);
    quint64 committed();
    QString file(const char* name) const { return directory_->path() + QLatin1String(name); }

    const SystemClock clock_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<http::NodeServer> server_;
    std::unique_ptr<client::Client> client_;
};

void TestKill::init()
{
    directory_ = std::make_unique<QTemporaryDir>();
    QVERIFY(start());
}

void TestKill::cleanup()
{
    client_.reset();
    server_.reset();
}

bool TestKill::start(std::uint16_t port)
{
    http::ServerOptions options;
    options.node.id = "n1";
    options.node.host = "127.0.0.1";
    options.node.port = port;
    options.node.mode = node::ReplicationMode::SyncQuorum;
    options.node.quorum = 1;
    options.node.dataDirectory = directory_->filePath(QStringLiteral("n1"));
    options.node.faultInjection = true;
    auto server = http::NodeServer::start(options, clock_);
    if (!server) {
        qWarning("%s", server.error().text.c_str());
        return false;
    }
    server_ = std::move(*server);
    client::Client::Options to;
    to.endpoints = {QUrl(QString::fromStdString(server_->url()))};
    to.seed = 1;
    client_ = std::make_unique<client::Client>(to);
    return true;
}

int TestKill::send(int count)
{
    int acknowledged = 0;
    int answered = 0;
    for (int i = 0; i < count; ++i) {
        client::Draft draft;
        draft.payload = QByteArray::number(i);
        client_->send(draft, [&](const client::SendResult& result) {
            ++answered;
            acknowledged += result.outcome == client::SendOutcome::Acknowledged ? 1 : 0;
        });
    }
    return QTest::qWaitFor([&] { return answered == count; }, patienceMs) ? acknowledged : -1;
}

void TestKill::inject(const QByteArray& fault)
{
    std::optional<bool> done;
    client::Call::Request request;
    request.method = client::HttpRequest::Method::Post;
    request.path = QStringLiteral("/faults");
    request.body = fault;
    client_->requestFrom(client_->endpoints().first(), request,
                         [&](const Result<QByteArray>& answer) { done = answer.ok(); });
    QTRY_VERIFY_WITH_TIMEOUT(done.has_value(), patienceMs);
    QVERIFY(*done);
}

quint64 TestKill::committed()
{
    quint64 seq = 0;
    const bool heard = QTest::qWaitFor(
        [&] {
            bool answered = false;
            client_->status(client_->endpoints().first(), [&](const Result<client::NodeStatus>& status) {
                answered = true;
                seq = status && status->role == QLatin1String("Leader") ? status->committedSeq : 0;
            });
            return QTest::qWaitFor([&] { return answered; }, patienceMs) && seq > 0;
        },
        patienceMs);
    return heard ? seq : 0;
}

/// Whether it was just connected or in the middle of a stream.
void TestKill::connectionsAreReset()
{
    const Bystander idle(server_->port());
    const Bystander watching(server_->port());
    QVERIFY(idle.connected() && watching.connected());
    QVERIFY(watching.asks("GET /observe?every_ms=100 HTTP/1.1\r\nHost: a\r\n\r\n"));
    server_->kill();
    QCOMPARE(idle.end(), ECONNRESET);
    QCOMPARE(watching.end(), ECONNRESET);
    const Bystander late(server_->port());
    QVERIFY(!late.connected());
}

/// SQLite takes a write-ahead log with it when the last connection closes; a killed process leaves it.
void TestKill::nothingIsClosedCleanly()
{
    QCOMPARE(send(20), 20);
    server_->kill();
    QVERIFY(QFileInfo(file("/n1/raft.db-wal")).size() > 0);
    QVERIFY(QFileInfo(file("/n1/state.db-wal")).size() > 0);
    const std::uint16_t port = server_->port();
    server_.reset();
    QVERIFY(QFileInfo(file("/n1/raft.db-wal")).size() > 0);
    QVERIFY(!QFileInfo::exists(file("/n1/damaged")));
    QVERIFY(start(port));
    server_.reset();
    QVERIFY(!QFileInfo::exists(file("/n1/raft.db-wal")));
}

/// Killed again and again while messages are on their way; the port, the lock and the data are free each
/// time.
void TestKill::whatWasAcknowledgedIsThere()
{
    quint64 acknowledged = 0;
    for (int round = 0; round < 4; ++round) {
        const int before = send(50);
        QCOMPARE(before, 50);
        acknowledged += 50;
        for (int i = 0; i < 200; ++i) {
            client::Draft draft;
            draft.payload = "1";
            client_->send(draft, [&](const client::SendResult& result) {
                acknowledged += result.outcome == client::SendOutcome::Acknowledged ? 1 : 0;
            });
        }
        QTest::qWait(5 * round); // somewhere in the middle; where is not asked for
        const std::uint16_t port = server_->port();
        server_->kill();
        client_.reset();
        server_.reset();
        QVERIFY(start(port));
        QVERIFY2(committed() >= acknowledged, "an acknowledged message is gone");
    }
}

void TestKill::aPausedOrSlowNodeDiesAtOnce_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("paused") << QByteArray(R"({"kind":"pause","for_s":60})");
    QTest::newRow("slow disk") << QByteArray(R"({"kind":"disk_slow","value":20000,"for_s":60})");
}

void TestKill::aPausedOrSlowNodeDiesAtOnce()
{
    QFETCH(QByteArray, fault);
    QCOMPARE(send(1), 1);
    inject(fault);
    client_->send({}, [](const client::SendResult&) {});
    QTest::qWait(50); // until it is in the middle of it; where exactly is not asked for
    QElapsedTimer took;
    took.start();
    const std::uint16_t port = server_->port();
    server_->kill();
    QVERIFY(took.elapsed() < 5000);
    server_.reset();
    QVERIFY(start(port));
    QVERIFY(committed() >= 1);
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestKill)
#include "tst_kill.moc"
