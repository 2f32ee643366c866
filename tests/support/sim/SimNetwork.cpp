// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message is judged twice, when it leaves and when it arrives: a link cut meanwhile loses it.
#include "tests/support/sim/SimNetwork.h"

#include <algorithm>

namespace dsmsg::sim {

SimNetwork::SimNetwork(EventQueue& events, Random random, Coverage& coverage, int slots)
    : events_(events)
    , random_(random)
    , coverage_(coverage)
    , slots_(slots)
    , links_(static_cast<std::size_t>(slots * slots))
{
}

bool SimNetwork::isCut(int from, int to) const
{
    return links_[static_cast<std::size_t>(from * slots_ + to)].cuts > 0;
}

void SimNetwork::healAll(const LinkQuality& quality)
{
    for (Link& link : links_) {
        link.cuts = 0;
        link.quality = quality;
    }
}

SimTime SimNetwork::arrival(Link& link)
{
    const LinkQuality& quality = link.quality;
    const std::int64_t slower = random_.chance(quality.slowPercent, 100) ? 10 : 1;
    const Duration delay(random_.between(quality.delayMin.count(), quality.delayMax.count() * slower + 1));
    SimTime when = events_.now() + delay;
    if (!quality.reorder)
        when = std::max(when, link.lastArrival);
    else if (random_.chance(quality.stragglerPercent, 100))
        return when + Duration(random_.between(0, 5000000));
    link.lastArrival = std::max(link.lastArrival, when);
    return when;
}

void SimNetwork::send(int from, int to, const Counted& counted, const Deliver& deliver)
{
    coverage_.seen(counted.sent);
    Link& out = link(from, to);
    if (out.cuts > 0 || random_.chance(out.quality.lossPercent, 100)) {
        coverage_.seen(counted.dropped);
        return;
    }
    const bool twice = random_.chance(out.quality.twicePercent, 100);
    if (twice)
        coverage_.seen(counted.twice);
    for (int copies = twice ? 2 : 1; copies > 0; --copies) {
        events_.at(arrival(out), [this, from, to, deliver, lost = counted.dropped] {
            if (isCut(from, to))
                coverage_.seen(lost);
            else
                deliver();
        });
    }
}

void SimNetwork::sendReliably(int from, int to, Deliver deliver)
{
    Link& out = link(from, to);
    const SimTime when = std::max(arrival(out), out.lastArrival);
    events_.at(when, std::move(deliver));
}

} // namespace dsmsg::sim
