// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/RetentionPacer.h"

namespace dsmsg::node {

void RetentionPacer::restart(Instant now)
{
    ++ticket_;
    lastRule_ = {};
    rest(now, interval_);
}

RetentionPacer::Ticket RetentionPacer::begin(Instant now)
{
    busy_ = true;
    begun_ = now;
    return ++ticket_;
}

bool RetentionPacer::found(Ticket ticket, const messaging::RetentionScan::Found& found, LogIndex seen,
                           Instant now)
{
    if (ticket != ticket_)
        return false;
    more_ = found.more;
    const bool isVoid = lastRule_ > seen;
    if (!isVoid && !found.ranges.empty())
        return true;
    // The rule may wait for a quorum: no reason to look again at once.
    rest(now, more_ && !isVoid ? now - begun_ : interval_);
    return false;
}

void RetentionPacer::applied(LogIndex through, Instant now)
{
    if (!removal_ || through < removal_)
        return;
    // As long again as the search and the removal took.
    rest(now, more_ ? now - begun_ : interval_);
}

void RetentionPacer::rest(Instant now, Duration pause)
{
    busy_ = false;
    more_ = false;
    removal_ = {};
    next_ = now + pause;
}

} // namespace dsmsg::node
