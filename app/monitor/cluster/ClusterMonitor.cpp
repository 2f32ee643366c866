// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/ClusterMonitor.h"

#include "app/monitor/cluster/Figures.h"
#include "app/monitor/cluster/NodeAddress.h"
#include "app/monitor/cluster/NodeClient.h"
#include "app/monitor/cluster/Requests.h"

namespace dsmsg::monitor {

namespace {

constexpr int tickMs = 500;
constexpr int takeMs = 200; ///< at least between two takings
// While nobody looks. A sample a second is then at most one and a half seconds old, and so never counts as
// silence.
constexpr int sparingTickMs = 1000;
constexpr int sparingTakeMs = 500;

} // namespace

ClusterMonitor::ClusterMonitor(Requests& requests, QObject* parent)
    : QObject(parent)
    , requests_(requests)
    , figures_{unknown, unknown, unknown, unknown, unknown, unknown, QString()}
{
    picture_.verdict = tr("Not connected.");
    tick_.setInterval(tickMs);
    connect(&tick_, &QTimer::timeout, this, &ClusterMonitor::tick);
    taking_.setSingleShot(true);
    connect(&taking_, &QTimer::timeout, this, &ClusterMonitor::takeWaiting);
}

ClusterMonitor::~ClusterMonitor() = default;

void ClusterMonitor::connectTo(const QList<QUrl>& nodes)
{
    disconnectFromCluster();
    for (const QUrl& url : nodes)
        add(url);
    tick_.start();
    Q_EMIT connectedAnew();
    lookNow();
}

QString ClusterMonitor::connectToText(const QString& nodes)
{
    const NodeAddresses read = readAddresses(nodes);
    if (read.problem.isEmpty())
        connectTo(read.urls);
    return read.problem;
}

void ClusterMonitor::disconnectFromCluster()
{
    tick_.stop();
    select(nullptr);
    while (!nodes_.nodes().isEmpty())
        drop(nodes_.nodes().constLast());
    events_.clear();
    twins_.clear();
    clusterId_.clear();
    leaderMissing_ = true;
    quorumMissing_ = false;
    announcedLeader_.clear();
    leaderSeenMs_ = quorumSeenMs_ = monotonicMs();
    lookNow();
}

void ClusterMonitor::retranslate()
{
    for (NodeState* node : nodes_.nodes()) {
        Q_EMIT node->ageChanged();
        Q_EMIT node->linkChanged();
        Q_EMIT node->sampled();
        Q_EMIT node->statusChanged();
    }
    Q_EMIT changed();
    Q_EMIT retranslated();
}

void ClusterMonitor::refresh()
{
    for (const auto& client : clients_)
        client->refresh();
}

void ClusterMonitor::select(NodeState* node)
{
    if (node == selected_)
        return;
    selected_ = node;
    Q_EMIT selectedChanged();
    setTarget();
}

void ClusterMonitor::takeSoon()
{
    if (!taking_.isActive())
        taking_.start(
            int(std::max<qint64>(0, takenMs_ + (sparing_ ? sparingTakeMs : takeMs) - monotonicMs())));
}

void ClusterMonitor::takeWaiting()
{
    takenMs_ = monotonicMs();
    // By number: whoever hears of it may change the list.
    for (std::size_t i = 0; i < clients_.size(); ++i)
        clients_[i]->takeWaiting();
}

void ClusterMonitor::setTarget()
{
    NodeState* target = selected_ ? selected_ : picture_.leader;
    for (NodeState* node : nodes_.nodes()) {
        if (!target && answers(*node))
            target = node;
    }
    if (target == target_)
        return;
    target_ = target;
    Q_EMIT targetChanged();
}

void ClusterMonitor::setSparing(bool on)
{
    if (on == sparing_)
        return;
    sparing_ = on;
    tick_.setInterval(on ? sparingTickMs : tickMs);
    for (const auto& client : clients_)
        client->setSparing(on);
    Q_EMIT sparingChanged();
}

void ClusterMonitor::setAutoRefresh(bool on)
{
    if (on == autoRefresh_)
        return;
    autoRefresh_ = on;
    for (const auto& client : clients_)
        client->setRunning(on);
    Q_EMIT autoRefreshChanged();
    look();
}

double ClusterMonitor::clusterTs() const
{
    const NodeState* node = picture_.leader ? picture_.leader : target_;
    if (!node || !node->sample() || node->sample()->clusterTs <= 0)
        return unknown;
    return node->sample()->clusterTs + double(monotonicMs() - node->sample()->receivedMs) / 1000;
}

QString ClusterMonitor::ifStopped(NodeState* node) const
{
    return node ? monitor::ifStopped(judged_, node->id()) : QString();
}

QString ClusterMonitor::ifRemoved(NodeState* node) const
{
    return node ? monitor::ifRemoved(judged_, node->id()) : QString();
}

QList<QUrl> ClusterMonitor::urls() const
{
    QList<QUrl> urls;
    for (const NodeState* node : nodes_.nodes()) {
        if (node == picture_.leader)
            urls.prepend(node->url());
        else
            urls.append(node->url());
    }
    return urls;
}

void ClusterMonitor::noteRedirect(const QUrl& from, const QUrl& to)
{
    const auto nameOf = [this](const QUrl& url) {
        const NodeState* node = nodes_.byUrl(url);
        return node ? node->name() : twins_.value(url.authority(), url.authority());
    };
    redirectText_ = tr("%1 does not lead: it sent the request on to %2.").arg(nameOf(from), nameOf(to));
    Q_EMIT redirected();
}

} // namespace dsmsg::monitor
