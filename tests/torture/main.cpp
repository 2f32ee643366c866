// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-torture: real nodes, real sockets, real disks, broken on purpose under load, then judged (PROOF.md,
// 4). Prints what was done, what was acknowledged and the verdict. Exit code 0: nothing was lost and every
// promise kept; 1: something was not; 2: it could not be tried. With --expect-loss 0 and 1 change places, for
// a build that is wrong on purpose.
#include <QCoreApplication>
#include <QNetworkProxy>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

#include "tests/support/process/StatusWatch.h"
#include "tests/torture/Judge.h"
#include "tests/torture/Mischief.h"
#include "tests/torture/Readers.h"

using namespace dsmsg;
using namespace dsmsg::torture;

namespace {

constexpr Milliseconds startPatience{30'000};
constexpr Milliseconds convergencePatience{120'000};

enum ExitCode
{
    Kept = 0,
    Broken = 1,
    NotTried = 2
};

struct Tally
{
    std::size_t acknowledged = 0;
    std::size_t repeated = 0;
    std::size_t unknown = 0;
    std::size_t rejected = 0;
    Milliseconds longestSilence{};
};

Tally tallyOf(const std::vector<test::Sent>& sent)
{
    Tally tally;
    for (const test::Sent& message : sent) {
        if (message.repeated)
            ++tally.repeated;
        else if (message.seq > 0)
            ++tally.acknowledged;
        else if (message.maybeStored)
            ++tally.unknown;
        else
            ++tally.rejected;
    }
    tally.longestSilence = test::LoadClients::longestSilence(sent);
    return tally;
}

void row(const QString& left, const QString& right)
{
    std::printf("  %-24s %s\n", qPrintable(left), qPrintable(right));
}

template <class Number>
void row(const char* left, Number right)
{
    row(QLatin1String(left), QString::number(right));
}

void print(const std::map<QString, int>& faults, const Tally& tally, int terms, std::uint64_t read)
{
    std::printf("faults\n");
    int total = 0;
    for (const auto& [name, count] : faults) {
        row(name, QString::number(count));
        total += count;
    }
    row("in all", total);
    std::printf("messages\n");
    row("acknowledged", tally.acknowledged);
    row("sent again by id", tally.repeated);
    row("outcome unknown", tally.unknown);
    row("rejected", tally.rejected);
    row("read while broken", read);
    row("longest silence, ms", tally.longestSilence.count());
    std::printf("cluster\n");
    row("terms with a leader", terms);
}

/// Every node has applied the same whole log.
bool converged(test::ProcessCluster& cluster, Mischief& mischief)
{
    return mischief.healAll() && cluster.awaitEqual(convergencePatience);
}

QStringList breakAndJudge(test::ProcessCluster& cluster, const Options& options, const TightDisk* disk)
{
    test::StatusWatch watch(cluster.urls(), Milliseconds(100));
    Readers readers(cluster.urls(), options.seed);
    test::LoadClients load(cluster.urls(), {.clients = options.clients,
                                            .pause = Milliseconds(5),
                                            .giveUp = Milliseconds(30'000),
                                            .repeatOneIn = 50});
    Mischief mischief(cluster, watch, options, disk);
    mischief.run(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::duration<double, std::ratio<60>>(options.minutes)));
    QStringList findings;
    if (!mischief.healAll())
        findings << QStringLiteral("liveness: the healed cluster does not serve");
    const std::vector<test::Sent> sent = load.stop();
    if (!converged(cluster, mischief))
        findings << QStringLiteral("liveness: the healed nodes did not come to one end of the log");
    const int terms = watch.termsWithLeader();
    findings += mischief.findings() + readers.stop() + watch.stop() + judge(cluster, sent);
    print(mischief.counts(), tallyOf(sent), terms, readers.messagesRead());
    if (tallyOf(sent).acknowledged == 0)
        findings << QStringLiteral("nothing was acknowledged at all");
    return findings;
}

int verdict(const QStringList& findings, const Options& options, test::ProcessCluster& cluster)
{
    for (const QString& finding : findings)
        std::printf("  ! %s\n", qPrintable(finding));
    const bool lost = std::ranges::any_of(findings, [](const QString& finding) {
        return finding.startsWith(QLatin1String("lost")) || finding.startsWith(QLatin1String("order"));
    });
    if (options.expectLoss) {
        std::printf("verdict  %s\n", lost ? "the loss was found, as it must be" : "THE LOSS WENT UNNOTICED");
        return lost ? Kept : Broken;
    }
    std::printf("verdict  %s\n", findings.isEmpty() ? "every promise was kept" : "BROKEN");
    std::printf("again    %s\n", qPrintable(commandOf(options)));
    if (!findings.isEmpty())
        cluster.printLogs();
    return findings.isEmpty() ? Kept : Broken;
}

/// A cluster from its start to the verdict.
int tortureOnce(const Options& options)
{
    std::printf("%s\n", qPrintable(commandOf(options)));
    const QTemporaryDir data;
    const auto disk = TightDisk::mountAt(data.filePath(QStringLiteral("n1")));
    if (!disk)
        std::printf("No file system can be mounted here: disks are full by /faults only.\n");
    test::ClusterOptions clusterOptions;
    clusterOptions.nodes = options.nodes;
    clusterOptions.program = options.program;
    clusterOptions.dataParent = data.path();
    test::ProcessCluster cluster(test::breakable(clusterOptions));
    if (!cluster.start()) {
        std::fprintf(stderr, "The cluster does not start: %s\n", qPrintable(cluster.problem()));
        return NotTried;
    }
    if (cluster.awaitLeader(startPatience) < 0) {
        std::fprintf(stderr, "The cluster has no leader after %lld s.\n",
                     static_cast<long long>(startPatience.count() / 1000));
        cluster.printLogs();
        return NotTried;
    }
    return verdict(breakAndJudge(cluster, options, disk.get()), options, cluster);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    auto options = readOptions(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "%s\n", options.error().text.c_str());
        return NotTried;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    // A lie costs a message only when the liar dies or is cut off right after it, which a short run may miss.
    constexpr int liesLookedFor = 4;
    for (int attempt = 1;; ++attempt, ++options->seed) {
        const int code = tortureOnce(*options);
        if (!options->expectLoss || code != Broken || attempt == liesLookedFor)
            return code;
    }
}
