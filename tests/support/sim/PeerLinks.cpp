// SPDX-License-Identifier: GPL-3.0-or-later
//
// Half of the one-way cuts are never noticed: TCP would break such a connection, another transport or a NAT
// that drops one kind of packet would not, and the core must cope with both.
#include "tests/support/sim/PeerLinks.h"

#include <algorithm>

namespace dsmsg::sim {

using std::chrono::milliseconds;

PeerLinks::PeerLinks(EventQueue& events, Random random, SimNetwork& network, int slots, Hooks hooks)
    : events_(events)
    , random_(random)
    , network_(network)
    , slots_(slots)
    , hooks_(std::move(hooks))
    , pairs_(static_cast<std::size_t>(slots * slots))
{
}

const PeerLinks::Pair& PeerLinks::pair(int a, int b) const
{
    return pairs_[static_cast<std::size_t>(std::min(a, b) * slots_ + std::max(a, b))];
}

PeerLinks::Pair& PeerLinks::pair(int a, int b)
{
    return pairs_[static_cast<std::size_t>(std::min(a, b) * slots_ + std::max(a, b))];
}

bool PeerLinks::possible(int a, int b) const
{
    return hooks_.running(a) && hooks_.running(b) && !network_.isCut(a, b) && !network_.isCut(b, a);
}

void PeerLinks::started(int slot)
{
    for (int other = 0; other < slots_; ++other) {
        if (other != slot)
            review(slot, other);
    }
}

void PeerLinks::stopped(int slot, bool abruptly)
{
    for (int other = 0; other < slots_; ++other) {
        if (other == slot || !pair(slot, other).connected)
            continue;
        breakOff(slot, other);
        const Duration longest = abruptly ? milliseconds(2000) : milliseconds(20);
        notice(other, slot, Duration(random_.between(0, longest.count() * 1000)));
    }
}

void PeerLinks::linksChanged()
{
    for (int a = 0; a < slots_; ++a) {
        for (int b = a + 1; b < slots_; ++b)
            review(a, b);
    }
}

void PeerLinks::review(int a, int b)
{
    Pair& link = pair(a, b);
    if (!link.connected && !link.attempted && possible(a, b)) {
        link.attempted = true;
        const Duration backOff(random_.between(1000, 300000));
        events_.after(backOff, [this, a, b] { attempt(a, b); });
        return;
    }
    const bool oneWay = network_.isCut(a, b) != network_.isCut(b, a);
    if (!link.connected || link.suspect || possible(a, b) || (oneWay && random_.chance(1, 2)))
        return;
    link.suspect = true;
    const Duration patience(random_.between(200000, 3000000));
    events_.after(patience, [this, a, b, session = link.session] {
        Pair& now = pair(a, b);
        now.suspect = false;
        if (now.session != session)
            review(a, b);
        else if (now.connected && !possible(a, b))
            reset(a, b);
    });
}

void PeerLinks::attempt(int a, int b)
{
    Pair& link = pair(a, b);
    link.attempted = false;
    if (link.connected || !possible(a, b))
        return;
    if (!hooks_.compatible(a, b)) {
        review(a, b);
        return;
    }
    link.connected = true;
    ++link.session;
    greet(a, b);
    greet(b, a);
}

void PeerLinks::greet(int from, int to)
{
    network_.sendReliably(
        from, to, [this, from, to, session = pair(from, to).session, deliver = hooks_.hello(from, to)] {
            if (pair(from, to).connected && pair(from, to).session == session)
                deliver();
        });
}

void PeerLinks::greetAgain(int slot)
{
    for (int other = 0; other < slots_; ++other) {
        if (other == slot || !pair(slot, other).connected)
            continue;
        if (hooks_.compatible(slot, other))
            greet(slot, other);
        else
            reset(slot, other);
    }
}

void PeerLinks::breakOff(int a, int b)
{
    pair(a, b).connected = false;
    ++pair(a, b).session;
}

void PeerLinks::reset(int a, int b)
{
    if (!pair(a, b).connected)
        return;
    breakOff(a, b);
    notice(a, b, Duration(random_.between(0, 20000)));
    notice(b, a, Duration(random_.between(0, 20000)));
    review(a, b);
}

void PeerLinks::notice(int at, int gone, Duration after)
{
    events_.after(after, [this, at, gone] {
        if (hooks_.running(at) && !pair(at, gone).connected)
            hooks_.broken(at, gone);
    });
}

} // namespace dsmsg::sim
