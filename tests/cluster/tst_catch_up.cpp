// SPDX-License-Identifier: GPL-3.0-or-later
//
// A follower returns that was away for 50 000 messages (100 MB), to a log that has been compacted: it catches
// up by a snapshot and the log after it, and those who send meanwhile hardly notice (PROOF.md, pitfall 16).
// The same with a million, and with figures: tests/bench/catch_up.sh.
#include <QElapsedTimer>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr int backlog = 50'000;
constexpr Milliseconds storePatience{60'000};
constexpr Milliseconds caughtUpWithin{60'000};
/// See tst_members.cpp.
constexpr Milliseconds oneElection{2000};
const LoadClients::Options foreground{.clients = 4, .pause = Milliseconds(5)};

} // namespace

class TestCatchUp : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aBacklogDoesNotStarveTheForeground();
};

void TestCatchUp::aBacklogDoesNotStarveTheForeground()
{
    ClusterOptions options;
    options.arguments << QStringLiteral("--log-keep-messages") << QStringLiteral("2000");
    QVERIFY(startCluster(options));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int away = cluster().othersThan(leader).front();
    const QStringList awake{cluster().url(leader), cluster().url(cluster().othersThan(leader).back())};
    QVERIFY(cluster().stop(away));

    std::vector<Sent> sent;
    const auto end = [&sent](LoadClients& load) {
        std::vector<Sent> some = load.stop();
        sent.insert(sent.end(), some.begin(), some.end());
        return some;
    };
    LoadClients filling({cluster().url(leader)},
                        {.clients = 128, .messages = backlog / 128 + 1, .padding = 2000});
    QVERIFY(filling.awaitMore(backlog, storePatience));
    end(filling);
    LoadClients undisturbed(awake, foreground);
    QVERIFY(undisturbed.awaitMore(500));
    const std::vector<Sent> before = end(undisturbed);

    const quint64 term = cluster().status(leader)->term;
    LoadClients disturbed(awake, foreground);
    QVERIFY(disturbed.awaitMore(20));
    const quint64 target = cluster().status(leader)->committedSeq;
    QElapsedTimer clock;
    clock.start();
    QVERIFY(cluster().restart(away));
    QVERIFY2(await(caughtUpWithin,
                   [&] {
                       const auto status = cluster().status(away);
                       return status && status->committedSeq >= target;
                   }),
             "the follower catches up");
    const qint64 took = clock.elapsed();
    const std::vector<Sent> during = end(disturbed);
    qInfo("%llu messages in %lld ms, %llu a second; in the foreground p99 %lld ms before, %lld ms meanwhile, "
          "%lld ms at most.",
          static_cast<unsigned long long>(target), static_cast<long long>(took),
          static_cast<unsigned long long>(target) * 1000 / static_cast<unsigned long long>(took + 1),
          static_cast<long long>(LoadClients::latencyOf(0.99, before).count()),
          static_cast<long long>(LoadClients::latencyOf(0.99, during).count()),
          static_cast<long long>(LoadClients::latencyOf(1, during).count()));
    QVERIFY(cluster().process(away).log().contains("Installing a snapshot"));
    QVERIFY(LoadClients::latencyOf(1, during) < oneElection);
    QCOMPARE(cluster().leader(), leader);
    QCOMPARE(cluster().status(leader)->term, term);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

QTEST_GUILESS_MAIN(TestCatchUp)
#include "tst_catch_up.moc"
