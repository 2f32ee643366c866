// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/embedded/EmbeddedCluster.h"

#include <algorithm>

#include <QDir>

namespace dsmsg::monitor {

namespace {

constexpr std::size_t connectionsMax = 256; ///< of each node: all of them share this process's open files

} // namespace

EmbeddedCluster::EmbeddedCluster(QString root, QObject* parent)
    : QObject(parent)
    , root_(std::move(root))
{
    files_.setObjectName(QStringLiteral("dsmsg-files"));
    inFiles_.moveToThread(&files_);
    files_.start();
}

EmbeddedCluster::~EmbeddedCluster()
{
    for (const auto& node : nodes_) {
        node->disconnect(this);
        node->stop(); // all at once; then each is waited for
    }
    nodes_.clear();
    files_.quit();
    files_.wait();
}

void EmbeddedCluster::start(int nodes)
{
    if (state_ != None || (nodes != 1 && nodes != 3 && nodes != 5))
        return;
    become(Starting);
    QMetaObject::invokeMethod(&inFiles_, [this, nodes] {
        QMetaObject::invokeMethod(this, [this, plan = planEmbedded(root_, nodes)] { planned(plan); });
    });
}

void EmbeddedCluster::planned(const Result<EmbeddedPlan>& plan)
{
    if (!plan)
        return become(None, QString::fromStdString(plan.error().text));
    make(*plan);
    for (const auto& node : nodes_)
        node->start();
}

void EmbeddedCluster::make(const EmbeddedPlan& plan)
{
    plan_ = plan;
    for (int i = 0; i < plan_.ports.size(); ++i) {
        // With a parent, or QML would own, and one day delete, what byUrl() returns.
        nodes_.push_back(std::make_unique<EmbeddedNode>(optionsOf(i), this));
        connect(nodes_.back().get(), &EmbeddedNode::changed, this, &EmbeddedCluster::nodeChanged);
    }
    Q_EMIT nodesChanged();
}

http::ServerOptions EmbeddedCluster::optionsOf(int node) const
{
    http::ServerOptions options;
    options.acceptor.connectionsMax = connectionsMax;
    options.node.id = plan_.nameOf(node).toStdString();
    options.node.host = "127.0.0.1";
    options.node.port = plan_.ports[node];
    options.node.advertiseUrl = plan_.urlOf(node).toStdString();
    for (int other = 0; other < plan_.ports.size(); ++other) {
        if (other != node)
            options.node.peerUrls.push_back(plan_.urlOf(other).toStdString());
    }
    std::ranges::sort(options.node.peerUrls);
    options.node.mode = node::ReplicationMode::SyncQuorum;
    options.node.quorum = static_cast<std::uint32_t>(plan_.ports.size() / 2 + 1);
    options.node.dataDirectory = plan_.directoryOf(node);
    options.node.faultInjection = true;
    // A lab is watched: what is cut off is to look cut off soon, and a message is delivered while one looks.
    options.node.peers.ping = Milliseconds(500);
    options.node.peers.aliveFor = Milliseconds(2500);
    options.node.orderingWindow = std::chrono::seconds(1);
    return options;
}

void EmbeddedCluster::nodeChanged()
{
    const int settled = countOf({EmbeddedNode::Running, EmbeddedNode::ReadOnly, EmbeddedNode::Failed});
    if (state_ == Starting && settled == size()) {
        const auto failed = std::ranges::find(nodes_, EmbeddedNode::Failed, &EmbeddedNode::state);
        if (failed == nodes_.end()) {
            become(Running);
            Q_EMIT ready(urls());
            return;
        }
        problem_ = tr("%1 did not start: %2").arg((*failed)->name(), (*failed)->problem());
        return stop();
    }
    const int ended = countOf({EmbeddedNode::Stopped, EmbeddedNode::Killed, EmbeddedNode::Failed});
    if (state_ == Stopping && ended == size())
        return allStopped();
    Q_EMIT changed();
}

void EmbeddedCluster::stop()
{
    if (state_ != Starting && state_ != Running)
        return;
    become(Stopping, problem_);
    for (const auto& node : nodes_)
        node->stop();
    nodeChanged(); // none may have been running
}

void EmbeddedCluster::wipe()
{
    if (state_ != Running)
        return;
    wipes_ = true;
    stop();
}

void EmbeddedCluster::allStopped()
{
    become(Wiping, problem_);
    // Not from within a signal of one of them.
    QMetaObject::invokeMethod(
        this,
        [this] {
            nodes_.clear();
            Q_EMIT nodesChanged();
            const QString folder = std::exchange(wipes_, false) ? plan_.folder : QString();
            QMetaObject::invokeMethod(&inFiles_, [this, folder] {
                const bool done = folder.isEmpty() || QDir(folder).removeRecursively();
                QMetaObject::invokeMethod(this, [this, done, folder] {
                    become(None, done ? problem_
                                      : tr("Could not delete all of %1. Delete it by hand.").arg(folder));
                    Q_EMIT ended();
                });
            });
        },
        Qt::QueuedConnection);
}

EmbeddedNode* EmbeddedCluster::byUrl(const QUrl& url) const
{
    const auto found = std::ranges::find_if(nodes_, [&](const auto& node) { return node->url() == url; });
    return found == nodes_.end() ? nullptr : found->get();
}

QList<EmbeddedNode*> EmbeddedCluster::nodes() const
{
    QList<EmbeddedNode*> all;
    for (const auto& node : nodes_)
        all.append(node.get());
    return all;
}

QList<QUrl> EmbeddedCluster::urls() const
{
    QList<QUrl> all;
    for (const auto& node : nodes_)
        all.append(node->url());
    return all;
}

int EmbeddedCluster::countOf(std::initializer_list<EmbeddedNode::State> states) const
{
    return static_cast<int>(std::ranges::count_if(
        nodes_, [&](const auto& node) { return std::ranges::count(states, node->state()) > 0; }));
}

double EmbeddedCluster::progress() const
{
    if (nodes_.empty())
        return 0;
    const int done = state_ == Starting
                         ? countOf({EmbeddedNode::Running, EmbeddedNode::ReadOnly})
                         : countOf({EmbeddedNode::Stopped, EmbeddedNode::Killed, EmbeddedNode::Failed});
    return double(done) / size();
}

QString EmbeddedCluster::progressText() const
{
    switch (state_) {
    case Starting:
        return nodes_.empty()
                   ? tr("Finding free ports")
                   : tr("Starting: %1 of %2 nodes run").arg(countOf({EmbeddedNode::Running})).arg(size());
    case Stopping:
        return tr("Stopping");
    case Wiping:
        return tr("Tidying up");
    case None:
    case Running:
        break;
    }
    return {};
}

void EmbeddedCluster::become(State state, const QString& problem)
{
    state_ = state;
    problem_ = problem;
    Q_EMIT changed();
}

} // namespace dsmsg::monitor
