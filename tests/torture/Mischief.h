// SPDX-License-Identifier: GPL-3.0-or-later
//
// Breaks a cluster of real processes in every way of PROOF.md, part 4, in an order drawn from a seed, and
// brings it back: faults overlap, and every so often all is healed and the cluster must serve again. What may
// happen to data is bounded: never more than a minority of the nodes has lost what it stored.
#pragma once

#include <QStringList>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/base/Random.h"
#include "tests/support/process/ProcessCluster.h"
#include "tests/support/process/StatusWatch.h"
#include "tests/torture/Options.h"
#include "tests/torture/TightDisk.h"

namespace dsmsg::torture {

/// For the main thread.
class Mischief
{
public:
    /// `disk` is what node 0 stores on, null without one.
    Mischief(test::ProcessCluster& cluster, test::StatusWatch& watch, const Options& options,
             const TightDisk* disk);

    void run(std::chrono::steady_clock::duration howLong);
    /// Ends every fault and starts whoever is down. False when the cluster does not serve again in time.
    bool healAll();

    const std::map<QString, int>& counts() const { return counts_; }
    /// What nodes did that they must not do, in words.
    QStringList findings() const { return findings_; }

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Action
    {
        unsigned weight;
        std::function<void()> start;
    };
    struct Later
    {
        Moment due;
        std::function<void()> what;
    };
    struct Health
    {
        bool down = false;                ///< by us; restarted later
        bool mayFailToSync = false;       ///< an fsync fault was ordered since it started
        bool damaged = false;             ///< bytes of its databases were changed
        bool lacksData = false;           ///< wiped, not yet caught up
        std::optional<quint64> wholeFrom; ///< the seq that it must have applied to lack nothing
    };

    void addProcessFaults();
    void addNetworkFaults();
    void addOtherFaults();

    void killOne();
    void killAll();
    void pauseOne();
    void isolate();
    void cutPair();
    void split();
    void restartInTurn();
    void fillDisk();
    void damageOne();
    void wipeOne();

    bool order(int node, const QString& fault, double seconds);
    void orderSomewhere(const QString& name, const std::function<QString()>& fault);
    void takeDown(int node);
    void bringUp(int node);
    void wipe(int node);
    void lookAfter();
    void lookAt(int node);
    void checkCaughtUp(int node, const test::StatusReply& status);
    void repair(int node);
    bool awaitService();

    Health& health(int node) { return health_[static_cast<std::size_t>(node)]; }
    std::vector<int> standing();
    std::optional<int> victim(); ///< one that stands, often the leader; none when a majority is at stake
    bool mayLoseData() const;
    double secondsBetween(double low, double high);
    void later(double seconds, std::function<void()> what);
    void find(const QString& what);

    test::ProcessCluster& cluster_;
    test::StatusWatch& watch_;
    const Options options_;
    const TightDisk* disk_;
    Random random_;
    std::vector<Action> actions_;
    std::vector<Later> later_;
    std::vector<Health> health_;
    std::map<QString, int> counts_;
    QStringList findings_;
    int nextLookedAt_ = 0;
};

} // namespace dsmsg::torture
