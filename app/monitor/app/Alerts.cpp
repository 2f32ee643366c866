// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Alerts.h"

#include "app/monitor/cluster/ClusterMonitor.h"

namespace dsmsg::monitor {

Alerts::Alerts(ClusterMonitor& cluster, Notifier& notifier, QObject* parent)
    : QObject(parent)
    , cluster_(cluster)
    , notifier_(notifier)
{
    connect(&cluster_, &ClusterMonitor::leaderLost, this, &Alerts::onLeaderLost);
    connect(&cluster_, &ClusterMonitor::quorumLost, this, &Alerts::onQuorumLost);
    connect(&cluster_, &ClusterMonitor::leaderFound, this, &Alerts::onLeaderFound);
    connect(&cluster_, &ClusterMonitor::connectedAnew, this, [this] { missing_ = false; });
}

void Alerts::onLeaderLost()
{
    missing_ = true;
    const QString why = cluster_.whyNoLeader();
    notifier_.tell(tr("No leader"), why.isEmpty() ? tr("The nodes are electing a new one.") : why,
                   Notifier::Urgency::Normal);
}

void Alerts::onQuorumLost()
{
    missing_ = true;
    notifier_.tell(tr("Quorum lost"),
                   tr("%1 of %2 nodes answer. No message can be committed until a majority is back.")
                       .arg(cluster_.reachable())
                       .arg(cluster_.voters()),
                   Notifier::Urgency::Critical);
}

void Alerts::onLeaderFound(const NodeState* leader)
{
    if (!std::exchange(missing_, false) || leader == nullptr)
        return;
    notifier_.tell(tr("A leader again"),
                   tr("%1 leads term %2. Messages are taken again.").arg(leader->name()).arg(leader->term()),
                   Notifier::Urgency::Low);
}

} // namespace dsmsg::monitor
