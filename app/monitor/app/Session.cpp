// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Session.h"

#include <algorithm>

namespace dsmsg::monitor {

Session::Session(QObject* parent)
    : QObject(parent)
{
    connect(&embedded_, &EmbeddedCluster::ready, &cluster_, &ClusterMonitor::connectTo);
    connect(&embedded_, &EmbeddedCluster::changed, this, &Session::leaveEmbedded);
}

/// A local cluster that is told to stop is not one that has failed.
void Session::leaveEmbedded()
{
    if (embedded_.state() != EmbeddedCluster::Stopping)
        return;
    const QList<QUrl> stopping = embedded_.urls();
    const QList<QUrl> watched = cluster_.urls();
    if (std::ranges::any_of(watched, [&](const QUrl& url) { return stopping.contains(url); }))
        cluster_.disconnectFromCluster();
}

void Session::start()
{
    appearance_.portal().start();
}

} // namespace dsmsg::monitor
