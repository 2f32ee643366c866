// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a cluster is worth a notification: the leader or the quorum lost, and that it is back. A cluster
// that finds its first leader after it was connected is no news.
#pragma once

#include <QObject>

#include "app/monitor/app/Notifier.h"

namespace dsmsg::monitor {

class ClusterMonitor;
class NodeState;

class Alerts : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    Alerts(ClusterMonitor& cluster, Notifier& notifier, QObject* parent = nullptr);

private:
    void onLeaderLost();
    void onQuorumLost();
    void onLeaderFound(const NodeState* leader);

    ClusterMonitor& cluster_;
    Notifier& notifier_;
    bool missing_ = false; ///< something was lost, and told
};

} // namespace dsmsg::monitor
