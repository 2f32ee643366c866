// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which nodes ClusterMonitor looks at: those it was told, and those that they name; no node twice, though it
// may have two addresses.
#include <algorithm>

#include <QJsonArray>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/NodeClient.h"

namespace dsmsg::monitor {

namespace {

constexpr int nodesMax = 32;

} // namespace

void ClusterMonitor::add(const QUrl& url)
{
    if (url.host().isEmpty() || nodes_.byUrl(url) || twins_.contains(url.authority()) ||
        nodes_.count() >= nodesMax)
        return;
    auto* node = new NodeState(url, this);
    auto client = std::make_unique<NodeClient>(*node, requests_, nullptr);
    client->setRunning(autoRefresh_);
    client->setSparing(sparing_);
    NodeClient* const raw = client.get();
    connect(raw, &NodeClient::answered, this,
            [this, raw](const QJsonObject& status) { takeStatus(*raw, status); });
    connect(raw, &NodeClient::linkChanged, this, &ClusterMonitor::look);
    connect(raw, &NodeClient::waiting, this, &ClusterMonitor::takeSoon);
    connect(raw, &NodeClient::sampled, this, [this, node](const SamplePtr& sample) {
        Q_EMIT sampled(node, sample);
        look();
    });
    connect(raw, &NodeClient::happened, this, [this, node](const RaftEvent& event) {
        events_.add(event);
        Q_EMIT happened(node, event);
    });
    clients_.push_back(std::move(client));
    nodes_.insert(node);
}

void ClusterMonitor::drop(NodeState* node)
{
    const auto client =
        std::find_if(clients_.begin(), clients_.end(), [node](const auto& c) { return &c->state() == node; });
    if (client == clients_.end())
        return;
    if (selected_ == node)
        select(nullptr);
    nodes_.remove(node);
    if (picture_.leader == node)
        picture_.leader = nullptr;
    setTarget();
    // Both may be in the middle of telling us something.
    (*client)->disconnect(this);
    (*client)->stop();
    NodeClient* const old = client->release();
    clients_.erase(client);
    connect(old, &QObject::destroyed, node, &QObject::deleteLater);
    old->deleteLater();
}

void ClusterMonitor::takeStatus(NodeClient& client, const QJsonObject& status)
{
    NodeState& node = client.state();
    const QString cluster = status[u"consensus"][u"cluster_id"].toString();
    if (!cluster.isEmpty() && !clusterId_.isEmpty() && cluster != clusterId_) {
        client.setForeign(tr("It belongs to cluster %1, the others to %2. Remove it from the list, or "
                             "connect to its own cluster.")
                              .arg(cluster.left(8), clusterId_.left(8)));
        look();
        return;
    }
    if (isTwin(node, status)) {
        twins_.insert(node.url().authority(), status[u"node_id"].toString());
        drop(&node);
        return;
    }
    if (clusterId_.isEmpty() && !cluster.isEmpty())
        clusterId_ = cluster;
    node.takeStatus(status);
    followPeers(status);
    if (&node == picture_.leader)
        dropFormerMembers(node, status);
    look();
}

bool ClusterMonitor::isTwin(const NodeState& node, const QJsonObject& status) const
{
    const QString id = status[u"node_id"].toString();
    const QString incarnation = status[u"incarnation"].toString();
    return std::any_of(nodes_.nodes().begin(), nodes_.nodes().end(), [&](const NodeState* other) {
        return other != &node && other->id() == id && other->sample() &&
               other->sample()->incarnation == incarnation;
    });
}

void ClusterMonitor::followPeers(const QJsonObject& status)
{
    const QJsonObject links = status[u"peer_status"].toObject();
    const QJsonArray peers = status[u"peers"].toArray();
    for (const QJsonValue& peer : peers) {
        // Known under another address, such as "localhost".
        if (!nodes_.byId(links[peer.toString()][u"id"].toString()))
            add(QUrl(peer.toString()));
    }
    if (!nodes_.byId(status[u"consensus"][u"leader_id"].toString()))
        add(QUrl(status[u"consensus"][u"leader_url"].toString()));
}

void ClusterMonitor::dropFormerMembers(const NodeState& leader, const QJsonObject& status)
{
    QStringList members{leader.id()};
    const QJsonObject links = status[u"peer_status"].toObject();
    for (auto link = links.begin(); link != links.end(); ++link) {
        members.append(link.value()[u"id"].toString());
        members.append(QUrl(link.key()).authority());
    }
    const QList<NodeState*> shown = nodes_.nodes();
    for (NodeState* node : shown) {
        const bool judged = node->link() != NodeState::Link::WrongCluster &&
                            node->link() != NodeState::Link::NotDsmsg && !node->id().isEmpty();
        if (judged && node != &leader && !members.contains(node->id()) &&
            !members.contains(node->url().authority()))
            drop(node);
    }
}

} // namespace dsmsg::monitor
