// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/torture/Mischief.h"

#include <QThread>
#include <algorithm>
#include <cstdio>

#include "tests/support/process/Await.h"

namespace dsmsg::torture {

using Clock = std::chrono::steady_clock;

namespace {

constexpr Milliseconds orderPatience{500};
constexpr Milliseconds servicePatience{30'000};
constexpr std::chrono::seconds breatherInterval{20};
constexpr unsigned long tickMs = 20;

QString nameOf(int node)
{
    return QStringLiteral("n%1").arg(node + 1);
}

} // namespace

Mischief::Mischief(test::ProcessCluster& cluster, test::StatusWatch& watch, const Options& options,
                   const TightDisk* disk)
    : cluster_(cluster)
    , watch_(watch)
    , options_(options)
    , disk_(disk)
    , random_(options.seed)
    , health_(static_cast<std::size_t>(cluster.size()))
{
    addProcessFaults();
    addNetworkFaults();
    addOtherFaults();
}

void Mischief::addProcessFaults()
{
    actions_.push_back({30, [this] { killOne(); }});
    actions_.push_back({2, [this] { killAll(); }});
    actions_.push_back({16, [this] { pauseOne(); }});
    actions_.push_back({3, [this] { wipeOne(); }});
    actions_.push_back({4, [this] { damageOne(); }});
}

void Mischief::addNetworkFaults()
{
    actions_.push_back({10, [this] { isolate(); }});
    actions_.push_back({6, [this] { cutPair(); }});
    actions_.push_back({5, [this] { split(); }});
    actions_.push_back(
        {5, [this] {
             orderSomewhere(QStringLiteral("delay"), [this] {
                 return QStringLiteral(R"("kind":"delay","value":%1)").arg(random_.between(5, 400));
             });
         }});
    actions_.push_back(
        {5, [this] {
             orderSomewhere(QStringLiteral("loss"), [this] {
                 return QStringLiteral(R"("kind":"loss","value":0.%1)").arg(random_.between(10, 60));
             });
         }});
}

void Mischief::addOtherFaults()
{
    const auto simple = [this](unsigned weight, const char* kind, std::int64_t low, std::int64_t high) {
        actions_.push_back({weight, [this, kind, low, high] {
                                orderSomewhere(QLatin1String(kind), [this, kind, low, high] {
                                    return QStringLiteral(R"("kind":"%1","value":%2)")
                                        .arg(QLatin1String(kind))
                                        .arg(random_.between(low, high));
                                });
                            }});
    };
    simple(3, "pause", 1, 5);
    simple(3, "clock_offset", -1000, 1000);
    simple(2, "clock_drift", -200'000, 200'000);
    simple(4, "disk_slow", 5, 400);
    simple(5, "disk_full", 0, 100'000);
    actions_.push_back({4, [this] {
                            const auto node = victim();
                            if (!node || !order(*node, QStringLiteral(R"("kind":"fsync_fail")"), 1))
                                return;
                            health(*node).mayFailToSync = true;
                            ++counts_[QStringLiteral("fsync_fail")];
                        }});
    if (disk_ != nullptr)
        actions_.push_back({4, [this] { fillDisk(); }});
}

// --- the schedule ---

void Mischief::run(Clock::duration howLong)
{
    const Moment end = Clock::now() + howLong;
    Moment next = Clock::now();
    Moment breather = next + breatherInterval;
    unsigned weights = 0;
    for (const Action& action : actions_)
        weights += action.weight;
    while (Clock::now() < end) {
        lookAfter();
        if (Clock::now() >= breather) {
            healAll();
            if (random_.chance(1, 3))
                restartInTurn();
            breather = Clock::now() + breatherInterval;
        }
        if (Clock::now() >= next) {
            auto drawn = random_.below(weights);
            const auto action = std::ranges::find_if(actions_, [&drawn](const Action& candidate) {
                const bool here = drawn < candidate.weight;
                drawn -= here ? 0 : candidate.weight;
                return here;
            });
            action->start();
            next = Clock::now() + Milliseconds(random_.between(150, 1200));
        }
        QThread::msleep(tickMs);
    }
}

void Mischief::lookAfter()
{
    std::vector<Later> due;
    for (const Later& one : later_) {
        if (one.due <= Clock::now())
            due.push_back(one);
    }
    std::erase_if(later_, [](const Later& one) { return one.due <= Clock::now(); });
    for (const Later& one : due)
        one.what();
    nextLookedAt_ = (nextLookedAt_ + 1) % (cluster_.size() * 25);
    if (nextLookedAt_ % 25 == 0)
        lookAt(nextLookedAt_ / 25);
}

bool Mischief::healAll()
{
    for (const Later& one : std::exchange(later_, {}))
        one.what();
    if (disk_ != nullptr)
        disk_->widen();
    for (int node = 0; node < cluster_.size(); ++node) {
        if (cluster_.process(node).paused())
            cluster_.process(node).resume();
        if (!cluster_.process(node).running())
            bringUp(node);
        test::await(orderPatience * 4, [&] {
            return cluster_.client(node).http().request("DELETE", "/faults", {}, orderPatience).status ==
                       200 ||
                   !cluster_.process(node).running();
        });
    }
    if (awaitService())
        return true;
    find(QStringLiteral("healed, but no leader serves within %1 s").arg(servicePatience.count() / 1000));
    return false;
}

bool Mischief::awaitService()
{
    return test::await(servicePatience, [this] {
        for (int node = 0; node < cluster_.size(); ++node)
            lookAt(node);
        return cluster_.leader() >= 0;
    });
}

// --- nodes ---

std::vector<int> Mischief::standing()
{
    std::vector<int> nodes;
    for (const int node : cluster_.awake()) {
        if (!health(node).lacksData)
            nodes.push_back(node);
    }
    return nodes;
}

std::optional<int> Mischief::victim()
{
    const std::vector<int> nodes = standing();
    if (static_cast<int>(nodes.size()) * 2 <= cluster_.size())
        return std::nullopt;
    const int leader = random_.chance(1, 2) ? cluster_.leader() : -1;
    if (std::ranges::count(nodes, leader) > 0)
        return leader;
    return nodes[random_.below(nodes.size())];
}

bool Mischief::mayLoseData() const
{
    const auto harmed = std::ranges::count_if(
        health_, [](const Health& health) { return health.lacksData || health.damaged; });
    return (harmed + 1) * 2 < cluster_.size();
}

void Mischief::takeDown(int node)
{
    cluster_.kill(node);
    watch_.forget(cluster_.url(node));
    health(node).down = true;
}

void Mischief::bringUp(int node)
{
    health(node).down = false;
    health(node).mayFailToSync = false;
    if (!cluster_.process(node).running() && !cluster_.process(node).start())
        find(nameOf(node) + QStringLiteral(" cannot be started"));
}

/// A node that ended or stopped writing is brought back; it had better have a reason.
void Mischief::lookAt(int node)
{
    test::NodeProcess& process = cluster_.process(node);
    if (health(node).down || process.paused())
        return;
    if (!process.running()) {
        if (!health(node).damaged)
            find(QStringLiteral("%1 ended by itself: ...%2")
                     .arg(nameOf(node), QString::fromUtf8(process.log().right(300).trimmed())));
        return repair(node);
    }
    const auto status = cluster_.client(node).status(orderPatience);
    if (!status)
        return;
    const QString failure = status->json[QLatin1String("disk")][QLatin1String("failure")].toString();
    if (!failure.isEmpty()) {
        if (!health(node).mayFailToSync && !health(node).damaged)
            find(QStringLiteral("%1 stopped writing by itself: %2").arg(nameOf(node), failure));
        takeDown(node);
        return bringUp(node);
    }
    checkCaughtUp(node, *status);
}

/// Whole again when it has applied all that the leader had committed when it was first seen back.
void Mischief::checkCaughtUp(int node, const test::StatusReply& status)
{
    Health& one = health(node);
    const int leader = one.lacksData ? cluster_.leader() : -1;
    if (leader < 0 || leader == node)
        return;
    if (!one.wholeFrom) {
        if (const auto its = cluster_.client(leader).status(orderPatience))
            one.wholeFrom = its->committedSeq;
    } else if (status.committedSeq >= *one.wholeFrom) {
        one.lacksData = false;
    }
}

/// Started again first, and wiped only when it refuses to run with what it has.
void Mischief::repair(int node)
{
    if (health(node).damaged)
        wipe(node);
    bringUp(node);
}

void Mischief::wipe(int node)
{
    takeDown(node);
    cluster_.wipe(node);
    health(node).damaged = false;
    health(node).lacksData = true;
    health(node).wholeFrom.reset();
}

double Mischief::secondsBetween(double low, double high)
{
    return low + (high - low) * static_cast<double>(random_.below(1001)) / 1000;
}

void Mischief::later(double seconds, std::function<void()> what)
{
    const auto wait = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    later_.push_back({Clock::now() + wait, std::move(what)});
}

void Mischief::find(const QString& what)
{
    constexpr qsizetype findingsMax = 20;
    std::fprintf(stderr, "FINDING %s\n", qPrintable(what));
    if (findings_.size() < findingsMax)
        findings_ << what;
}

} // namespace dsmsg::torture
