// SPDX-License-Identifier: GPL-3.0-or-later
//
// Half of the faults that strike one node strike the leader: that is where the interesting states are.
#include "tests/support/sim/FaultPlan.h"

#include <algorithm>
#include <array>

namespace dsmsg::sim {

using std::chrono::milliseconds;
using std::chrono::seconds;

FaultPlan::FaultPlan(Lab& lab, Victims victims)
    : lab_(lab)
    , victims_(victims)
    , random_(lab.dice())
{
    chooseKinds();
}

void FaultPlan::chooseKinds()
{
    constexpr std::array all{
        Weighted{Kind::FaultCrash, &FaultPlan::crash, 10},
        Weighted{Kind::FaultPowerCut, &FaultPlan::powerCut, 10},
        Weighted{Kind::FaultPowerCutAll, &FaultPlan::powerCutAll, 2},
        Weighted{Kind::FaultMidWrite, &FaultPlan::crashMidWrite, 10},
        Weighted{Kind::FaultWipe, &FaultPlan::wipe, 4},
        Weighted{Kind::FaultPause, &FaultPlan::pause, 8},
        Weighted{Kind::FaultIsolate, &FaultPlan::isolate, 10},
        Weighted{Kind::FaultSplit, &FaultPlan::split, 6},
        Weighted{Kind::FaultOneWay, &FaultPlan::oneWay, 6},
        Weighted{Kind::FaultBridge, &FaultPlan::bridge, 5},
        Weighted{Kind::FaultLinkFlap, &FaultPlan::flap, 8},
        Weighted{Kind::FaultDelay, &FaultPlan::delayStorm, 6},
        Weighted{Kind::FaultLoss, &FaultPlan::loss, 6},
        Weighted{Kind::FaultDuplication, &FaultPlan::duplication, 5},
        Weighted{Kind::FaultReorder, &FaultPlan::reorder, 6},
        Weighted{Kind::FaultDiskSlow, &FaultPlan::slowDisk, 8},
        Weighted{Kind::FaultDiskStall, &FaultPlan::stallDisk, 6},
        Weighted{Kind::FaultDiskFull, &FaultPlan::fillDisk, 5},
        Weighted{Kind::FaultReadFails, &FaultPlan::failReads, 4},
        Weighted{Kind::FaultReadsLate, &FaultPlan::delayReads, 5},
        Weighted{Kind::FaultSlowApply, &FaultPlan::slowApply, 4},
        Weighted{Kind::FaultClockDrift, &FaultPlan::drift, 5},
        Weighted{Kind::FaultClockLeap, &FaultPlan::leap, 3},
        Weighted{Kind::FaultClockJump, &FaultPlan::jump, 8},
    };
    const std::uint64_t outOfTen = 3 + random_.below(8);
    for (const Weighted& fault : all) {
        if (random_.chance(outOfTen, 10))
            chosen_.push_back(fault);
    }
    for (const Weighted& fault : chosen_)
        totalWeight_ += fault.weight;
    pace_ = Duration(random_.between(200000, 3000000));
    strikesInstalls_ = random_.chance(2, 3);
    wildClocks_ = random_.chance(1, 4);
}

void FaultPlan::begin()
{
    for (int slot = 0; slot < count(); ++slot) {
        // Now and then a node comes long after the cluster has formed without it.
        const Duration wait = lasting(milliseconds(0), random_.chance(1, 4) ? seconds(8) : milliseconds(800));
        lab_.events.after(wait, [this, slot] { restart(node(slot)); });
    }
    next();
}

void FaultPlan::next()
{
    lab_.events.after(lasting(Duration(1), pace_ * 2), [this] {
        if (healed_ || chosen_.empty())
            return;
        std::uint64_t draw = random_.below(totalWeight_);
        for (const Weighted& fault : chosen_) {
            if (draw < fault.weight) {
                (this->*fault.fault)();
                break;
            }
            draw -= fault.weight;
        }
        next();
    });
}

void FaultPlan::healEverything()
{
    healed_ = true;
    lab_.trace.line("everything is healed");
    victims_.network.healAll(victims_.usualLink);
    for (const auto& each : victims_.nodes) {
        each->disk().setSpeed(victims_.usualDisk);
        each->setReadsFail(false);
        each->setReadDelay(Duration{});
        each->setApplyDelay(milliseconds(2));
        if (wildClocks_)
            each->setClockRate(0);
        each->thaw();
        if (!each->up())
            restart(*each);
        each->setDiskSpace(true);
    }
    victims_.links.linksChanged();
}

Duration FaultPlan::lasting(Duration low, Duration high)
{
    return Duration(random_.between(low.count(), high.count() + 1));
}

SimNode& FaultPlan::victim()
{
    if (random_.chance(1, 2)) {
        for (const auto& each : victims_.nodes) {
            if (each->leads())
                return *each;
        }
    }
    return node(static_cast<int>(random_.below(victims_.nodes.size())));
}

void FaultPlan::healAfter(Duration duration, std::function<void()> heal)
{
    lab_.events.after(duration, [this, heal = std::move(heal)] {
        if (!healed_)
            heal();
    });
}

void FaultPlan::restart(SimNode& each)
{
    if (each.up())
        return;
    lab_.coverage.seen(Kind::FaultRestart);
    each.start();
    victims_.links.started(each.slot());
}

void FaultPlan::takeDown(SimNode& each, bool powerCut)
{
    if (!each.up())
        return;
    if (powerCut)
        each.cutPower();
    else
        each.kill();
    victims_.links.stopped(each.slot(), powerCut);
}

/// Often so short that what was in flight still arrives.
Duration FaultPlan::downTime()
{
    return random_.chance(1, 3) ? lasting(milliseconds(1), milliseconds(20))
                                : lasting(milliseconds(20), seconds(4));
}

void FaultPlan::cutLinks(const std::vector<std::pair<int, int>>& links, Duration duration)
{
    for (const auto& [from, to] : links) {
        victims_.network.cut(from, to);
        lab_.trace.line("cut ", nameOfSlot(from), " -> ", nameOfSlot(to), " for ", duration.count() / 1000,
                        " ms");
    }
    victims_.links.linksChanged();
    healAfter(duration, [this, links] {
        for (const auto& [from, to] : links)
            victims_.network.heal(from, to);
        lab_.trace.line("cuts heal");
        victims_.links.linksChanged();
    });
}

void FaultPlan::spoilLinks(const std::function<void(LinkQuality&)>& spoil, Duration duration)
{
    LinkQuality quality = victims_.usualLink;
    spoil(quality);
    std::vector<std::pair<int, int>> spoilt;
    for (int from = 0; from < count(); ++from) {
        for (int to = 0; to < count(); ++to) {
            if (from != to && random_.chance(2, 3))
                spoilt.emplace_back(from, to);
        }
    }
    for (const auto& [from, to] : spoilt)
        victims_.network.setQuality(from, to, quality);
    healAfter(duration, [this, spoilt] {
        for (const auto& [from, to] : spoilt)
            victims_.network.setQuality(from, to, victims_.usualLink);
    });
}

} // namespace dsmsg::sim
