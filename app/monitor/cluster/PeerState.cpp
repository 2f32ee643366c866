// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/PeerState.h"

#include <algorithm>
#include <tuple>

#include "app/monitor/cluster/Figures.h"
#include "app/monitor/cluster/NodeState.h"

namespace dsmsg::monitor {

PeerState::PeerState(const QString& id, NodeState* node)
    : QObject(node)
    , node_(node)
    , id_(id)
{
}

void PeerState::take(const PeerSample& sample)
{
    const auto shown = [](const PeerSample& s) {
        return std::tie(s.url, s.alive, s.state, s.voter, s.next, s.match, s.inflight, s.lag, s.lastAckMs,
                        s.rttMs, s.offset, s.bound);
    };
    const bool differs = shown(sample) != shown(sample_);
    sample_ = sample;
    if (differs)
        Q_EMIT changed();
}

void PeerState::takeStatus(const QJsonObject& status, const QString& url, double nowTs)
{
    const QJsonObject link = status[u"peer_status"][url].toObject();
    const QJsonValue heard = link[u"last_ok"];
    const QJsonValue delay = status[u"time_sync"][u"peer_delays"][url];
    lastHeardS_ = heard.isDouble() && heard.toDouble() > 0 ? std::max(0.0, nowTs - heard.toDouble()) : -1;
    delayMs_ = delay.isDouble() ? delay.toDouble() * 1000 : unknown;
    problem_ = link[u"problem"].toString();
    Q_EMIT changed();
}

double PeerState::next() const
{
    return orMinusOne(sample_.next);
}

double PeerState::match() const
{
    return orMinusOne(sample_.match);
}

double PeerState::inflight() const
{
    return orMinusOne(sample_.inflight);
}

double PeerState::lag() const
{
    return orMinusOne(sample_.lag);
}

double PeerState::lastAckMs() const
{
    return sample_.lastAckMs.value_or(-1);
}

double PeerState::rttMs() const
{
    return sample_.rttMs.value_or(-1);
}

double PeerState::offsetMs() const
{
    return msOrUnknown(sample_.offset);
}

double PeerState::boundMs() const
{
    return msOrUnknown(sample_.bound);
}

} // namespace dsmsg::monitor
