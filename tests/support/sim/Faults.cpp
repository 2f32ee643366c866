// SPDX-License-Identifier: GPL-3.0-or-later
//
// The faults themselves, one function each.
#include <algorithm>
#include <array>

#include "tests/support/sim/Administrator.h"
#include "tests/support/sim/FaultPlan.h"

namespace dsmsg::sim {

using std::chrono::milliseconds;
using std::chrono::seconds;

void FaultPlan::crash()
{
    SimNode& each = victim();
    if (!each.up())
        return;
    lab_.coverage.seen(Kind::FaultCrash);
    takeDown(each, false);
    healAfter(downTime(), [this, &each] { restart(each); });
}

void FaultPlan::powerCut()
{
    SimNode& each = victim();
    if (!each.up())
        return;
    lab_.coverage.seen(Kind::FaultPowerCut);
    takeDown(each, true);
    healAfter(downTime(), [this, &each] { restart(each); });
}

/// Waits for a write to be under way, then strikes while the disk works on it.
void FaultPlan::crashMidWrite()
{
    lab_.events.after(Duration(random_.between(50, 500)), [this, &each = victim()] {
        if (healed_ || !each.up())
            return;
        if (each.disk().idle()) {
            if (random_.chance(999, 1000))
                crashMidWrite();
            return;
        }
        lab_.coverage.seen(Kind::FaultMidWrite);
        takeDown(each, random_.chance(1, 2));
        healAfter(downTime(), [this, &each] { restart(each); });
    });
}

void FaultPlan::powerCutAll()
{
    lab_.coverage.seen(Kind::FaultPowerCutAll);
    for (const auto& each : victims_.nodes) {
        takeDown(*each, true);
        healAfter(lasting(milliseconds(50), seconds(2)), [this, node = each.get()] { restart(*node); });
    }
}

/// The others can go on, and hold everything: they agree on who the members are, nothing is under way, and
/// enough of the voters remain.
bool FaultPlan::wipeIsSurvivable(const SimNode& wiped) const
{
    const raft::Configuration& members = lab_.judge.committed().configuration();
    if (!members.formed() || members.joint())
        return false;
    const bool belongs = members.find(wiped.server()) != nullptr;
    return std::ranges::all_of(victims_.nodes,
                               [&](const auto& each) {
                                   const raft::Configuration& seen = each->view().configuration;
                                   if (members.find(each->server()) != nullptr)
                                       return seen == members && each->view().commit;
                                   return belongs || seen.find(wiped.server()) == nullptr;
                               }) &&
           canRecover(lab_.cluster, members, wiped.server());
}

/// Before all have formed: nothing is lost by one disk, but the rest may not be able to go on.
bool FaultPlan::wipeIsEarly() const
{
    return std::ranges::all_of(victims_.nodes, [this](const auto& each) {
        const raft::Configuration& seen = each->view().configuration;
        const bool asAtFirst = !seen.joint() && seen.members.size() == lab_.cluster.initialSlots &&
                               std::ranges::all_of(seen.members, [](const raft::Member& member) {
                                   return member.role == raft::MemberRole::Voter;
                               });
        return !each->everWiped() && (asAtFirst || each->identity().joinsOnly);
    });
}

/// Blank nodes that could form a cluster must be no majority of the first members: they could form anew while
/// the others are away, and nothing on their disks would tell them.
bool FaultPlan::blankNodesStayFew(const SimNode& wiped) const
{
    if (wiped.identity().joinsOnly)
        return true;
    const auto blank = std::ranges::count_if(victims_.nodes, [&](const auto& each) {
        return !each->identity().joinsOnly && (each.get() == &wiped || each->view().disk->durable.blank());
    });
    return static_cast<std::size_t>(blank) < raft::majorityOf(lab_.cluster.initialSlots);
}

void FaultPlan::wipe()
{
    SimNode& each = victim();
    if (!blankNodesStayFew(each) || lab_.cluster.initialSlots == 1)
        return;
    if (!wipeIsSurvivable(each)) {
        if (!wipeIsEarly() || random_.chance(1, 2))
            return;
        lab_.coverage.seen(Kind::FaultWipeEarly);
        lab_.progressDue = false;
    }
    lab_.coverage.seen(Kind::FaultWipe);
    takeDown(each, true);
    each.wipe();
    healAfter(lasting(milliseconds(50), seconds(3)), [this, &each] { restart(each); });
}

void FaultPlan::installing(int slot, InstallStage stage)
{
    const std::uint64_t outOf = stage == InstallStage::Staging ? 20 : 4;
    if (healed_ || !strikesInstalls_ || !random_.chance(1, outOf))
        return;
    constexpr std::array kinds{Kind::FaultInstallStaging, Kind::FaultInstallStaged, Kind::FaultInstallReset,
                               Kind::FaultInstallSwapped};
    SimNode* struck = &node(slot);
    Kind kind = kinds[static_cast<std::size_t>(stage)];
    if (stage == InstallStage::Staging && random_.chance(1, 2)) {
        const auto leading =
            std::ranges::find_if(victims_.nodes, [](const auto& each) { return each->leads(); });
        if (leading == victims_.nodes.end())
            return;
        struck = leading->get();
        kind = Kind::FaultInstallLeader;
    }
    // Not from within its own step.
    lab_.events.after(Duration(1), [this, struck, kind] {
        if (healed_ || !struck->up())
            return;
        lab_.coverage.seen(kind);
        takeDown(*struck, random_.chance(1, 2));
        healAfter(downTime(), [this, struck] { restart(*struck); });
    });
}

void FaultPlan::pause()
{
    SimNode& each = victim();
    if (!each.up() || each.frozen())
        return;
    lab_.coverage.seen(Kind::FaultPause);
    hold(each, lasting(milliseconds(100), seconds(4)));
}

void FaultPlan::hold(SimNode& each, Duration duration)
{
    lab_.trace.line(nameOfSlot(each.slot()), " freezes for ", duration.count() / 1000, " ms");
    each.freeze();
    healAfter(duration, [this, &each] {
        lab_.trace.line(nameOfSlot(each.slot()), " thaws");
        each.thaw();
    });
}

void FaultPlan::isolate()
{
    if (count() < 2)
        return;
    lab_.coverage.seen(Kind::FaultIsolate);
    const int alone = victim().slot();
    std::vector<std::pair<int, int>> links;
    for (int other = 0; other < count(); ++other) {
        if (other == alone)
            continue;
        links.emplace_back(alone, other);
        links.emplace_back(other, alone);
    }
    cutLinks(links, lasting(milliseconds(100), seconds(6)));
}

void FaultPlan::split()
{
    if (count() < 3)
        return;
    lab_.coverage.seen(Kind::FaultSplit);
    const std::uint64_t sides = random_.below(1u << count());
    std::vector<std::pair<int, int>> links;
    for (int from = 0; from < count(); ++from) {
        for (int to = 0; to < count(); ++to) {
            if (((sides >> from) ^ (sides >> to)) & 1)
                links.emplace_back(from, to);
        }
    }
    cutLinks(links, lasting(milliseconds(100), seconds(5)));
}

void FaultPlan::oneWay()
{
    if (count() < 2)
        return;
    lab_.coverage.seen(Kind::FaultOneWay);
    std::vector<std::pair<int, int>> links;
    const int target = victim().slot();
    const std::uint64_t shape = random_.below(3); // deaf, dumb, or any links
    for (int from = 0; from < count(); ++from) {
        for (int to = 0; to < count(); ++to) {
            const bool deaf = shape == 0 && to == target;
            const bool dumb = shape == 1 && from == target;
            if (from != to && (deaf || dumb || (shape == 2 && random_.chance(1, 3))))
                links.emplace_back(from, to);
        }
    }
    cutLinks(links, lasting(milliseconds(100), seconds(5)));
}

void FaultPlan::bridge()
{
    if (count() < 3)
        return;
    lab_.coverage.seen(Kind::FaultBridge);
    const int middle = static_cast<int>(random_.below(victims_.nodes.size()));
    std::vector<std::pair<int, int>> links;
    for (int from = 0; from < count(); ++from) {
        for (int to = 0; to < count(); ++to) {
            // Around the circle, the first half after the middle against the second half.
            const auto half = [&](int slot) { return (slot - middle + count()) % count() > count() / 2; };
            if (from != middle && to != middle && half(from) != half(to))
                links.emplace_back(from, to);
        }
    }
    cutLinks(links, lasting(milliseconds(500), seconds(6)));
}

void FaultPlan::flap()
{
    if (count() < 2)
        return;
    const int a = static_cast<int>(random_.below(victims_.nodes.size()));
    const int b = (a + 1 + static_cast<int>(random_.below(victims_.nodes.size() - 1))) % count();
    if (!victims_.links.connected(a, b))
        return;
    lab_.coverage.seen(Kind::FaultLinkFlap);
    lab_.trace.line("the connection of ", nameOfSlot(a), " and ", nameOfSlot(b), " is reset");
    victims_.links.reset(a, b);
}

void FaultPlan::delayStorm()
{
    lab_.coverage.seen(Kind::FaultDelay);
    const Duration most = lasting(milliseconds(10), milliseconds(400));
    spoilLinks([&](LinkQuality& link) { link.delayMax = most; }, lasting(milliseconds(200), seconds(5)));
}

void FaultPlan::loss()
{
    lab_.coverage.seen(Kind::FaultLoss);
    const auto percent = static_cast<std::uint32_t>(random_.between(1, 40));
    spoilLinks([&](LinkQuality& link) { link.lossPercent = percent; },
               lasting(milliseconds(200), seconds(5)));
}

void FaultPlan::duplication()
{
    lab_.coverage.seen(Kind::FaultDuplication);
    const auto percent = static_cast<std::uint32_t>(random_.between(5, 60));
    spoilLinks(
        [&](LinkQuality& link) {
            link.twicePercent = percent;
            link.reorder = random_.chance(1, 2);
        },
        lasting(milliseconds(200), seconds(5)));
}

void FaultPlan::reorder()
{
    lab_.coverage.seen(Kind::FaultReorder);
    const Duration most = lasting(milliseconds(2), milliseconds(100));
    spoilLinks(
        [&](LinkQuality& link) {
            link.reorder = true;
            link.stragglerPercent = 8;
            link.delayMax = most;
        },
        lasting(milliseconds(200), seconds(6)));
}

void FaultPlan::slowDisk()
{
    lab_.coverage.seen(Kind::FaultDiskSlow);
    SimNode& each = victim();
    SimDisk::Speed speed = victims_.usualDisk;
    speed.syncMin = lasting(milliseconds(1), milliseconds(50));
    speed.syncMax = speed.syncMin + lasting(milliseconds(1), milliseconds(300));
    speed.reportMax = lasting(milliseconds(1), milliseconds(50));
    each.disk().setSpeed(speed);
    healAfter(lasting(milliseconds(500), seconds(6)),
              [this, &each] { each.disk().setSpeed(victims_.usualDisk); });
}

void FaultPlan::stallDisk()
{
    lab_.coverage.seen(Kind::FaultDiskStall);
    SimNode& each = victim();
    const Duration duration = lasting(milliseconds(200), seconds(5));
    lab_.trace.line(nameOfSlot(each.slot()), "'s disk stalls for ", duration.count() / 1000, " ms");
    each.disk().stall(lab_.events.now() + duration);
}

void FaultPlan::fillDisk()
{
    lab_.coverage.seen(Kind::FaultDiskFull);
    SimNode& each = victim();
    lab_.trace.line(nameOfSlot(each.slot()), "'s disk is full");
    each.setDiskSpace(false);
    healAfter(lasting(milliseconds(200), seconds(5)), [this, &each] {
        lab_.trace.line(nameOfSlot(each.slot()), "'s disk has space again");
        each.setDiskSpace(true);
    });
}

void FaultPlan::failReads()
{
    lab_.coverage.seen(Kind::FaultReadFails);
    SimNode& each = victim();
    each.setReadsFail(true);
    healAfter(lasting(milliseconds(200), seconds(3)), [&each] { each.setReadsFail(false); });
}

void FaultPlan::delayReads()
{
    lab_.coverage.seen(Kind::FaultReadsLate);
    SimNode& each = victim();
    each.setReadDelay(lasting(milliseconds(10), seconds(3)));
    healAfter(lasting(milliseconds(500), seconds(6)), [&each] { each.setReadDelay(Duration{}); });
}

void FaultPlan::slowApply()
{
    lab_.coverage.seen(Kind::FaultSlowApply);
    SimNode& each = victim();
    each.setApplyDelay(lasting(milliseconds(10), milliseconds(600)));
    healAfter(lasting(milliseconds(200), seconds(5)), [&each] { each.setApplyDelay(milliseconds(2)); });
}

void FaultPlan::drift()
{
    lab_.coverage.seen(Kind::FaultClockDrift);
    if (wildClocks_)
        lab_.cluster.clocksKeepRate = false;
    const std::int64_t most = wildClocks_ ? 10000 : 250;
    for (const auto& each : victims_.nodes)
        each->setClockRate(random_.between(-most, most + 1));
}

/// Clocks go on while a machine sleeps: to its program that is a long pause.
void FaultPlan::sleep()
{
    SimNode& each = victim();
    if (!each.up() || each.frozen())
        return;
    lab_.coverage.seen(Kind::FaultSleep);
    hold(each, lasting(milliseconds(50), seconds(12)));
}

void FaultPlan::jump()
{
    lab_.coverage.seen(Kind::FaultClockJump);
    SimNode& each = victim();
    // Some too small to be noticed, some within a round trip, some that nobody could overlook.
    constexpr std::array<std::int64_t, 4> sizes{900, 20000, 500000, 4000000};
    const std::int64_t most = sizes[random_.below(sizes.size())];
    const Duration forward(random_.between(-most, most + 1));
    lab_.trace.line(nameOfSlot(each.slot()), "'s wall clock is set by ", forward.count(), " us");
    each.setWall(forward);
    // Often one clock after another is set, or one twice.
    if (random_.chance(1, 3))
        lab_.events.after(lasting(milliseconds(100), seconds(2)), [this] {
            if (!healed_)
                jump();
        });
}

void FaultPlan::leap()
{
    if (!wildClocks_)
        return sleep();
    lab_.cluster.clocksKeepRate = false;
    lab_.coverage.seen(Kind::FaultClockLeap);
    SimNode& each = victim();
    const Duration forward = lasting(milliseconds(50), seconds(20));
    lab_.trace.line(nameOfSlot(each.slot()), "'s clock leaps ", forward.count() / 1000, " ms");
    each.leapClock(forward);
}

} // namespace dsmsg::sim
