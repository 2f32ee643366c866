// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three whole nodes in one process, over real sockets, whose clocks are apart and drift by what the test
// knows: every estimate and every cluster time is held against the truth.
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

#include "core/net/Acceptor.h"
#include "core/node/Node.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace std::chrono_literals;

namespace {

constexpr Duration readingError{3}; ///< clocks are read and reckoned back in whole microseconds

/// The machine's clock, running fast by a rate, with a wall clock that is ahead.
class BentClock final : public Clock
{
public:
    BentClock(double partsPerMillion, Duration wallAhead)
        : rate_(partsPerMillion / 1e6)
        , anchor_(base_.wall().time_since_epoch() - base_.now().time_since_epoch() + wallAhead)
        , start_(base_.now())
    {
    }
    Instant now() const override { return bent(base_.now()); }
    UnixTime wall() const override { return UnixTime(now().time_since_epoch() + anchor_); }

    Instant bent(Instant truth) const { return truth + portion(truth - start_, rate_); }
    Instant straight(Instant bent) const { return bent - portion(bent - start_, rate_ / (1 + rate_)); }

private:
    static Duration portion(Duration of, double rate)
    {
        return Duration(static_cast<std::int64_t>(static_cast<double>(of.count()) * rate));
    }

    SystemClock base_;
    double rate_;
    Duration anchor_;
    Instant start_;
};

struct Member
{
    BentClock clock;
    QTemporaryDir directory;
    std::unique_ptr<QTcpServer> server;
    std::unique_ptr<Node> node;
    std::unique_ptr<net::Acceptor> acceptor;
    std::unique_ptr<Gateway> gateway;
    std::optional<Duration> anchor; ///< of the node's own clock, as its status shows it

    Member(double partsPerMillion, Duration wallAhead)
        : clock(partsPerMillion, wallAhead)
    {
    }
    ~Member()
    {
        gateway.reset();
        acceptor.reset();
        node.reset();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server->serverPort()); }
    UnixTime ownClock(Instant truth) const
    {
        return UnixTime(clock.bent(truth).time_since_epoch() + *anchor);
    }
};

/// What was found wrong, and how far off the estimates were.
struct Findings
{
    QStringList wrong;
    std::vector<Duration> errors; ///< of the likeliest offsets of peers
    std::vector<Duration> bounds;
    std::size_t clusterTimes = 0;
};

class Trio
{
public:
    Trio()
    {
        members_.push_back(std::make_unique<Member>(20, 0s));
        members_.push_back(std::make_unique<Member>(-180, 50ms));
        members_.push_back(std::make_unique<Member>(200, 2s));
    }
    ~Trio()
    {
        members_.clear();
        // Answers that nobody waits for any more hold what must be deleted while there is still an event
        // loop.
        QCoreApplication::sendPostedEvents();
    }
    QString start()
    {
        std::vector<std::string> urls;
        for (const auto& member : members_) {
            auto listening = net::Acceptor::listen(QStringLiteral("127.0.0.1"), 0);
            if (!listening)
                return QString::fromStdString(listening.error().text);
            member->server = std::move(*listening);
            urls.push_back(member->url());
        }
        std::ranges::sort(urls);
        for (std::size_t i = 0; i < members_.size(); ++i) {
            if (const QString why = start(*members_[i], "n" + std::to_string(i + 1), urls); !why.isEmpty())
                return why;
        }
        QObject::connect(&sampler_, &QTimer::timeout, [this] { sample(); });
        sampler_.start(20ms);
        return {};
    }
    Gateway& gateway(std::size_t i) { return *members_[i]->gateway; }

    Findings findings;

private:
    static QString start(Member& member, const std::string& id, std::vector<std::string> urls)
    {
        NodeOptions options;
        options.id = id;
        options.port = member.server->serverPort();
        options.advertiseUrl = member.url();
        std::erase(urls, options.advertiseUrl);
        options.peerUrls = std::move(urls);
        options.mode = ReplicationMode::SyncQuorum;
        options.dataDirectory = member.directory.path();
        options.faultInjection = true;
        auto node = Node::start(std::move(options), member.clock);
        if (!node)
            return QString::fromStdString(node.error().text);
        member.node = std::move(*node);
        const net::Acceptor::Destination http{member.node.get(),
                                              [](QTcpSocket* socket) { socket->deleteLater(); }};
        member.acceptor = std::make_unique<net::Acceptor>(std::move(member.server), net::AcceptorOptions{},
                                                          http, member.node->peerDestination(), http);
        member.gateway = member.node->makeGateway();
        return {};
    }
    void sample()
    {
        for (const auto& member : members_)
            member->gateway->requestTime(
                [this, &member](const TimeStatus& status) { check(*member, status); });
    }
    void check(Member& member, const TimeStatus& status)
    {
        member.anchor = status.localTime.time_since_epoch() - status.asOf.time_since_epoch();
        if (!std::ranges::all_of(members_, [](const auto& m) { return m->anchor.has_value(); }))
            return;
        const Instant truth = member.clock.straight(status.asOf);
        for (const PeerTime& peer : status.peers)
            checkPeer(member, peer, truth);
        if (!status.bound)
            return;
        std::vector<UnixTime> clocks;
        for (const auto& m : members_)
            clocks.push_back(m->ownClock(truth));
        std::ranges::sort(clocks);
        ++findings.clusterTimes;
        if (std::chrono::abs(status.clusterTime - clocks[1]) > *status.bound + readingError)
            note(status.nodeId + ": cluster time is not within its bound");
    }
    void checkPeer(const Member& member, const PeerTime& peer, Instant truth)
    {
        if (!peer.estimate || peer.id.empty())
            return;
        const auto number = static_cast<std::size_t>(peer.id[1] - '1');
        const Duration offset = members_[number]->ownClock(truth) - member.ownClock(truth);
        if (!peer.estimate->interval.widenedBy(readingError).holds(offset))
            note(peer.id + ": its offset is not within its bound");
        findings.errors.push_back(std::chrono::abs(peer.estimate->offset - offset));
        findings.bounds.push_back(peer.estimate->bound());
    }
    void note(const std::string& what) { findings.wrong << QString::fromStdString(what); }

    std::vector<std::unique_ptr<Member>> members_;
    QTimer sampler_;
};

Duration percentile(std::vector<Duration> values, std::size_t percent)
{
    std::ranges::sort(values);
    return values[(values.size() - 1) * percent / 100];
}

} // namespace

class TestClusterTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everySampleIsWithinItsBound()
    {
        Trio trio;
        QCOMPARE(trio.start(), QString());
        QTRY_VERIFY_WITH_TIMEOUT(trio.findings.clusterTimes > 900, 60'000);
        QCOMPARE(trio.findings.wrong, QStringList());
        const Duration half = percentile(trio.findings.errors, 50);
        qInfo("offsets are off by %lld us (half), %lld us (p99); bounds %lld us (half), %lld us (p99)",
              static_cast<long long>(half.count()),
              static_cast<long long>(percentile(trio.findings.errors, 99).count()),
              static_cast<long long>(percentile(trio.findings.bounds, 50).count()),
              static_cast<long long>(percentile(trio.findings.bounds, 99).count()));
        QVERIFY(half < 2ms); // even where the machine is busy
    }

    /// One direction takes 60 ms: the likeliest offset is wrong by half of that, and the bound says so.
    void alsoWhenOneDirectionIsSlow()
    {
        Trio trio;
        QCOMPARE(trio.start(), QString());
        bool injected = false;
        trio.gateway(0).faultDesk()->inject({FaultKind::Delay, {}, net::Way::Out, 60.0, 1min},
                                            [&](const Result<ActiveFault>& fault) { injected = fault.ok(); });
        QTRY_VERIFY(injected);
        QTRY_VERIFY_WITH_TIMEOUT(trio.findings.clusterTimes > 600, 60'000);
        QCOMPARE(trio.findings.wrong, QStringList());
        QVERIFY(percentile(trio.findings.bounds, 75) > 25ms);
    }

    void aRoundOnDemand()
    {
        Trio trio;
        QCOMPARE(trio.start(), QString());
        QTRY_VERIFY(trio.findings.clusterTimes > 0);
        std::optional<TimeRound> round;
        trio.gateway(1).syncTime([&](TimeRound r) { round = std::move(r); });
        QTRY_VERIFY(round);
        QVERIFY(round->good && round->answered == 2);
        QVERIFY(round->status.peers.size() == 2 && round->status.bound);
    }

    void figuresAndCorrectionsOverTheGateway()
    {
        Trio trio;
        QCOMPARE(trio.start(), QString());
        QTRY_VERIFY(trio.findings.clusterTimes > 0);
        std::optional<TimeStatus> time;
        trio.gateway(0).requestTime([&](TimeStatus status) { time = std::move(status); });
        QTRY_VERIFY(time);
        std::optional<Result<timesync::CorrectedTime>> corrected;
        const auto note = [&](Result<timesync::CorrectedTime> result) { corrected = std::move(result); };
        trio.gateway(0).correctTime(time->localTime - 90s, note);
        QTRY_VERIFY(corrected);
        QVERIFY(!corrected->ok());
        corrected.reset();
        trio.gateway(0).correctTime(time->localTime, note);
        QTRY_VERIFY(corrected);
        QVERIFY(corrected->ok() && (*corrected)->halfWidth);
        std::optional<TimeStatus> reset;
        trio.gateway(0).resetTimeStatistics([&](TimeStatus status) { reset = std::move(status); });
        QTRY_VERIFY(reset);
        QVERIFY(reset->corrections.applied == 0 && reset->attempts == 0);
        std::optional<NodeStatus> status;
        trio.gateway(0).requestStatus([&](NodeStatus s) { status = std::move(s); });
        QTRY_VERIFY(status);
        QCOMPARE(status->time.nodeId, std::string("n1"));
    }
};

QTEST_GUILESS_MAIN(TestClusterTime)
#include "tst_cluster_time.moc"
