// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws faults from the seed and takes them back after a while. Each seed uses its own selection of kinds and
// its own pace ("swarm testing": a run that mixes everything always hides what shows only without the rest).
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "tests/support/sim/Lab.h"
#include "tests/support/sim/PeerLinks.h"
#include "tests/support/sim/SimNetwork.h"
#include "tests/support/sim/SimNode.h"

namespace dsmsg::sim {

/// The cluster as faults see it.
struct Victims
{
    std::vector<std::unique_ptr<SimNode>>& nodes;
    SimNetwork& network;
    PeerLinks& links;
    LinkQuality usualLink;
    SimDisk::Speed usualDisk;
};

class FaultPlan
{
public:
    FaultPlan(Lab& lab, Victims victims);

    /// Starts the nodes one after another, as operators do, and the faults.
    void begin();
    /// Ends every fault: all nodes run, all links are whole, all disks are fast. Nothing new happens
    /// afterwards.
    void healEverything();
    /// A node is at an interesting point of taking in a snapshot.
    void installing(int slot, InstallStage stage);

private:
    using Fault = void (FaultPlan::*)();
    struct Weighted
    {
        Kind kind;
        Fault fault;
        std::uint64_t weight;
    };

    void chooseKinds();
    void next();
    Duration lasting(Duration low, Duration high);
    SimNode& victim();
    SimNode& node(int slot) { return *victims_.nodes[static_cast<std::size_t>(slot)]; }
    int count() const { return static_cast<int>(victims_.nodes.size()); }
    /// Runs `heal` after `duration`, unless everything was healed before.
    void healAfter(Duration duration, std::function<void()> heal);

    void takeDown(SimNode& node, bool powerCut);
    void hold(SimNode& node, Duration duration);
    void restart(SimNode& node);
    Duration downTime();
    void cutLinks(const std::vector<std::pair<int, int>>& links, Duration duration);
    void spoilLinks(const std::function<void(LinkQuality&)>& spoil, Duration duration);
    bool wipeIsSurvivable(const SimNode& wiped) const;
    bool wipeIsEarly() const;
    bool blankNodesStayFew(const SimNode& wiped) const;

    void crash();
    void powerCut();
    void powerCutAll();
    void crashMidWrite();
    void wipe();
    void pause();
    void isolate();
    void split();
    void oneWay();
    void bridge();
    void flap();
    void delayStorm();
    void loss();
    void duplication();
    void reorder();
    void slowDisk();
    void stallDisk();
    void fillDisk();
    void failReads();
    void delayReads();
    void slowApply();
    void drift();
    void leap();
    void sleep();
    void jump();

    Lab& lab_;
    Victims victims_;
    Random random_;
    std::vector<Weighted> chosen_;
    std::uint64_t totalWeight_ = 0;
    Duration pace_{};
    bool strikesInstalls_ = false;
    bool wildClocks_ = false; ///< they may drift and leap beyond what bounds of time assume
    bool healed_ = false;
};

} // namespace dsmsg::sim
