// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/LiveClock.h"

#include <algorithm>

namespace dsmsg::monitor {

void LiveClock::heard(const QString& node, double clusterTs, bool synchronized, double nowS)
{
    voices_.insert(node, {clusterTs - nowS, nowS, synchronized});
    voices_.removeIf([&](const auto& voice) { return nowS - voice->atS > believedS; });
    bool anySynchronized = false;
    for (const Voice& voice : std::as_const(voices_))
        anySynchronized |= voice.synchronized;
    bool first = true;
    for (const Voice& voice : std::as_const(voices_)) {
        if (voice.synchronized != anySynchronized)
            continue;
        offset_ = first ? voice.offset : std::max(offset_, voice.offset);
        first = false;
    }
    known_ = true;
    lastHeardS_ = nowS;
}

} // namespace dsmsg::monitor
