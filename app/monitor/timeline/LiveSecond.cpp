// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/timeline/LiveSecond.h"

#include <cmath>

namespace dsmsg::monitor {

void LiveSecond::take(const Sample& sample)
{
    if (sample.bound)
        worstBound_ = std::fmax(worstBound_, *sample.bound * 1000);
    if (sample.role != Role::Leader || (led_ && sample.term < term_))
        return;
    if (sample.term > term_)
        lags_.clear(); // those of a leader that is none any more
    led_ = true;
    term_ = sample.term;
    acknowledged_ = sample.acknowledgedPerS;
    p50_ = std::fmax(p50_, sample.p50Ms.value_or(unknown));
    p95_ = std::fmax(p95_, sample.p95Ms.value_or(unknown));
    p99_ = std::fmax(p99_, sample.p99Ms.value_or(unknown));
    for (const PeerSample& peer : sample.peers) {
        // A leader that was just elected does not know yet what the others have.
        if (!peer.lag || peer.match.value_or(0) == 0)
            continue;
        double& lag = lags_.insert(peer.id, lags_.value(peer.id, 0)).value();
        lag = std::fmax(lag, static_cast<double>(*peer.lag));
    }
}

void LiveSecond::clear()
{
    *this = {};
}

double LiveSecond::worstLag() const
{
    double worst = led_ ? 0 : unknown;
    for (const double lag : lags_)
        worst = std::fmax(worst, lag);
    return worst;
}

} // namespace dsmsg::monitor
