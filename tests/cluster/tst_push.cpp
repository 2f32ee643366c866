// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real-time delivery on real nodes: a stream from any node that survives its node and its leader without a
// gap or a repeat, a long poll on a follower, and a thousand subscribers of which one stands still.
#include <QElapsedTimer>
#include <QRegularExpression>
#include <arpa/inet.h>
#include <cstdlib>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/EventClient.h"
#include "tests/support/process/LoadClients.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{20'000};

/// Events s:1, s:2, ... and nothing else.
QString whatIsWrong(const std::vector<ServerEvent>& events)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::string expected = "s:" + std::to_string(i + 1);
        if (events[i].id != expected)
            return QStringLiteral("event %1 is %2").arg(i + 1).arg(QString::fromStdString(events[i].id));
    }
    return {};
}

/// A subscriber as small as can be, for a thousand of them.
class ThinSubscriber
{
public:
    ThinSubscriber(quint16 port, const QByteArray& target, int receiveBuffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        if (receiveBuffer > 0)
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const QByteArray request = "GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n";
        alive_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                 ::send(socket_, request.constData(), static_cast<std::size_t>(request.size()),
                        MSG_NOSIGNAL) == request.size();
    }
    ~ThinSubscriber() { ::close(socket_); }
    ThinSubscriber(const ThinSubscriber&) = delete;
    ThinSubscriber& operator=(const ThinSubscriber&) = delete;

    int descriptor() const { return socket_; }
    /// Of the stream, or of the answer's head, before the first.
    bool alive() const { return alive_; }
    std::size_t seen() const { return text_.events.size(); }
    bool streams() const { return !text_.lastEventId.empty(); }
    const std::vector<ServerEvent>& events() const { return text_.events; }

    void read()
    {
        std::array<char, 64 * 1024> bytes;
        const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count > 0)
            text_.add({bytes.data(), static_cast<std::size_t>(count)});
        else if (count == 0 || errno != EAGAIN)
            alive_ = false;
    }

private:
    int socket_;
    bool alive_ = false;
    EventText text_; // the head has no line that is a field of an event
};

/// Reads from all until `done` holds of each.
template <class Done>
bool readAll(std::vector<std::unique_ptr<ThinSubscriber>>& all, Done done)
{
    const QDeadlineTimer deadline(patience * 2);
    std::vector<pollfd> polled;
    for (const auto& subscriber : all)
        polled.push_back({subscriber->descriptor(), POLLIN, 0});
    while (!deadline.hasExpired()) {
        bool complete = true;
        for (const auto& subscriber : all) {
            if (!subscriber->alive())
                return false;
            complete = complete && done(*subscriber);
        }
        if (complete)
            return true;
        ::poll(polled.data(), polled.size(), 100);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (polled[i].revents != 0)
                all[i]->read();
    }
    return false;
}

qint64 residentKilobytes(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression line(QStringLiteral("VmRSS:\\s+(\\d+) kB"));
    return line.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong();
}

bool mayOpen(rlim_t files)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(files, limit.rlim_max));
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= files;
}

} // namespace

class TestPush : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aStreamSurvivesItsLeaderAndItsNode();
    void aLongPollIsAnsweredByAFollower();
    void aMessageIsFoundByItsId();
    void aThousandSubscribersAndOneThatStandsStill();
};

void TestPush::aStreamSurvivesItsLeaderAndItsNode()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int follower = cluster().othersThan(leader).front();
    EventClient subscriber("/events?after=0");
    QVERIFY(subscriber.connectTo(cluster().url(follower), patience));

    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(2)});
    QVERIFY(subscriber.awaitEvents(300, patience));
    cluster().kill(leader);
    QVERIFY(subscriber.awaitEvents(subscriber.events().size() + 300, patience));
    QVERIFY(subscriber.connected()); // its own node has lived on
    QVERIFY(cluster().restart(leader));

    // Now its node goes; it goes on at another, and then where it was.
    cluster().kill(follower);
    QVERIFY(!subscriber.awaitEvents(SIZE_MAX, patience));
    QVERIFY(subscriber.connectTo(cluster().url(leader), patience));
    QVERIFY(subscriber.awaitEvents(subscriber.events().size() + 300, patience));
    QVERIFY(cluster().restart(follower));
    QVERIFY(subscriber.connectTo(cluster().url(follower), patience));
    QVERIFY(subscriber.awaitEvents(subscriber.events().size() + 100, patience));

    quint64 last = 0;
    const std::vector<Sent> sent = load.stop();
    for (const Sent& one : sent)
        last = std::max(last, one.seq);
    QVERIFY(subscriber.awaitEvents(last, patience));
    QCOMPARE(whatIsWrong(subscriber.events()), QString());
}

void TestPush::aLongPollIsAnsweredByAFollower()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    for (const int follower : cluster().othersThan(leader)) {
        HttpClient client(cluster().url(follower));
        const quint64 last = cluster().status(leader)->committedSeq;
        const QByteArray target = "/messages?wait=20&order=seq&min_seq=" + QByteArray::number(last) +
                                  "&after=" + QByteArray::number(last);
        QVERIFY(client.write(client.format("GET", target, {}), QDeadlineTimer(patience)));
        QVERIFY(cluster().client(leader).send(messageOf(QString::number(follower))).ok());
        const HttpReply reply = client.receive(QDeadlineTimer(patience));
        QCOMPARE(reply.status, 200);
        const ReadPage page = parsePage(reply.body);
        QCOMPARE(page.messages.size(), std::size_t{1});
        QCOMPARE(page.messages.front().seq, last + 1);
    }
    HttpClient client(cluster().url(leader));
    const HttpReply delivered = client.get("/messages?order=delivery&after=1&wait=20", patience);
    QCOMPARE(parsePage(delivered.body).messages.size(), std::size_t{1});
    const HttpReply none = client.get("/messages?after=1000&wait=0.2", patience);
    QCOMPARE(none.status, 200);
    QVERIFY(parsePage(none.body).messages.empty());
}

void TestPush::aMessageIsFoundByItsId()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    for (int i = 0; i < 5; ++i)
        QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("m%1").arg(i))).ok());
    for (int node = 0; node < cluster().size(); ++node) {
        HttpClient& http = cluster().client(node).http();
        const HttpReply reply = http.get("/messages?msg_id=m3&min_seq=5", patience);
        QCOMPARE(reply.status, 200);
        const ReadPage page = parsePage(reply.body);
        QCOMPARE(page.messages.size(), std::size_t{1});
        QCOMPARE(page.messages.front().seq, quint64{4});
        QVERIFY(parsePage(http.get("/messages?msg_id=m9", patience).body).messages.empty());
        const ReadPage newest = parsePage(http.get("/messages?before=100&limit=2", patience).body);
        QCOMPARE(newest.messages.size(), std::size_t{2});
        QCOMPARE(newest.messages.front().seq, quint64{5});
    }
}

void TestPush::aThousandSubscribersAndOneThatStandsStill()
{
    constexpr std::size_t subscribers = 1000;
    constexpr int small = 200;
    if (!mayOpen(subscribers + 200))
        QSKIP("this machine allows too few open files: ulimit -n 2048");
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int follower = cluster().othersThan(leader).front();
    const auto port = static_cast<quint16>(QUrl(cluster().url(follower)).port());

    std::vector<std::unique_ptr<ThinSubscriber>> all;
    for (std::size_t i = 0; i < subscribers; ++i)
        all.push_back(std::make_unique<ThinSubscriber>(port, "/events?recipient=crowd"));
    ThinSubscriber stalled(port, "/events?after=0", 4096);
    QVERIFY(readAll(all, [](const ThinSubscriber& one) { return one.streams(); }));
    const qint64 before = residentKilobytes(cluster().process(follower).pid());

    // Big ones for nobody but the one that does not read, small ones for the crowd in between.
    const QString padding(60'000, QLatin1Char('p'));
    for (int i = 0; i < small; ++i) {
        QJsonObject big{{QStringLiteral("recipient"), QStringLiteral("nobody")},
                        {QStringLiteral("payload"), padding}};
        QVERIFY(cluster().client(leader).send(big).ok());
        QJsonObject one = messageOf(QString::number(i));
        one[QLatin1String("recipient")] = QStringLiteral("crowd");
        QVERIFY(cluster().client(leader).send(one).ok());
    }
    QVERIFY(readAll(all, [](const ThinSubscriber& one) { return one.seen() >= small; }));
    const qint64 after = residentKilobytes(cluster().process(follower).pid());
    for (const auto& subscriber : all) {
        QCOMPARE(subscriber->seen(), std::size_t{small});
        for (int i = 0; i < small; ++i)
            QCOMPARE(subscriber->events()[static_cast<std::size_t>(i)].id, "s:" + std::to_string(2 * i + 2));
    }
    qInfo("resident before %lld kB, after %lld kB", before, after);
    QVERIFY2(after - before < 64 * 1024, "subscribers made the node grow");
    // It reads at last, from where it stopped.
    while (stalled.alive() && stalled.seen() < 2 * small) {
        pollfd polled{stalled.descriptor(), POLLIN, 0};
        QVERIFY(::poll(&polled, 1, static_cast<int>(patience.count())) == 1);
        stalled.read();
    }
    QCOMPARE(stalled.seen(), std::size_t{2 * small});
    QCOMPARE(whatIsWrong(stalled.events()), QString());
}

QTEST_GUILESS_MAIN(TestPush)
#include "tst_push.moc"
