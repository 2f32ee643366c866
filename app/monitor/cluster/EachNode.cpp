// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/EachNode.h"

#include <algorithm>

#include "app/monitor/cluster/CurlLine.h"

namespace dsmsg::monitor {

EachNode::EachNode(QObject* parent)
    : QAbstractListModel(parent)
{
    repeat_.setInterval(0);
    connect(&repeat_, &QTimer::timeout, this, [this] {
        if (cluster_ && cluster_->autoRefresh() && !busy())
            run();
    });
}

EachNode::~EachNode() = default;

void EachNode::run()
{
    for (const auto& call : calls_)
        call->run();
}

void EachNode::clear()
{
    for (const auto& call : calls_)
        call->clear();
}

ApiCall* EachNode::at(int row) const
{
    return row >= 0 && row < count() ? calls_[std::size_t(row)].get() : nullptr;
}

void EachNode::setCluster(ClusterMonitor* cluster)
{
    if (cluster == cluster_)
        return;
    if (cluster_)
        cluster_->nodes()->disconnect(this);
    cluster_ = cluster;
    if (cluster_) {
        connect(cluster_->nodes(), &QAbstractItemModel::rowsInserted, this, &EachNode::follow);
        connect(cluster_->nodes(), &QAbstractItemModel::rowsRemoved, this, &EachNode::follow);
        connect(cluster_->nodes(), &QAbstractItemModel::rowsMoved, this, &EachNode::follow);
    }
    Q_EMIT clusterChanged();
    follow();
}

void EachNode::setOnly(NodeState* node)
{
    if (node == only_)
        return;
    only_ = node;
    Q_EMIT onlyChanged();
    follow();
}

void EachNode::setMethod(const QString& method)
{
    method_ = method;
    prepareAll();
}

void EachNode::setPath(const QString& path)
{
    path_ = path;
    prepareAll();
}

void EachNode::setBody(const QVariant& body)
{
    body_ = body;
    prepareAll();
}

void EachNode::prepareAll()
{
    for (const auto& call : calls_)
        prepare(*call);
    Q_EMIT requestChanged();
    Q_EMIT curlChanged();
}

void EachNode::prepare(ApiCall& call) const
{
    call.setMethod(method_);
    call.setPath(path_);
    call.setBody(body_);
}

void EachNode::setRepeatMs(int ms)
{
    if (ms == repeat_.interval())
        return;
    repeat_.setInterval(ms);
    Q_EMIT repeatChanged();
    scheduleRepeat();
}

void EachNode::setActive(bool active)
{
    if (active == active_)
        return;
    active_ = active;
    Q_EMIT repeatChanged();
    scheduleRepeat();
}

void EachNode::scheduleRepeat()
{
    if (repeat_.interval() == 0 || !active_) {
        repeat_.stop();
        return;
    }
    repeat_.start();
    run();
}

void EachNode::follow()
{
    QList<NodeState*> wanted;
    if (cluster_ && only_)
        wanted.append(only_);
    else if (cluster_)
        wanted = cluster_->nodes()->nodes();
    const int before = count();
    for (int row = count() - 1; row >= 0; --row) {
        if (!wanted.contains(calls_[std::size_t(row)]->node()))
            removeRow(row);
    }
    for (int row = 0; row < int(wanted.size()); ++row) {
        int from = row;
        while (from < count() && calls_[std::size_t(from)]->node() != wanted[row])
            ++from;
        if (from == count())
            insertRow(row, wanted[row]);
        else if (from != row)
            moveRow(from, row);
    }
    if (count() != before)
        Q_EMIT countChanged();
    Q_EMIT curlChanged();
    Q_EMIT busyChanged();
}

void EachNode::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    // Its delegate lets go of it in this turn.
    calls_[std::size_t(row)].release()->deleteLater();
    calls_.erase(calls_.begin() + row);
    endRemoveRows();
}

void EachNode::insertRow(int row, NodeState* node)
{
    // With a parent, or QML would take what it is handed for its own.
    auto call = std::make_unique<ApiCall>(this);
    call->setCluster(cluster_);
    call->setNode(node);
    prepare(*call);
    connect(call.get(), &ApiCall::answered, this, &EachNode::concluded);
    connect(call.get(), &ApiCall::busyChanged, this, &EachNode::busyChanged);
    if (repeat_.isActive())
        call->run();
    beginInsertRows({}, row, row);
    calls_.insert(calls_.begin() + row, std::move(call));
    endInsertRows();
}

void EachNode::moveRow(int from, int to)
{
    beginMoveRows({}, from, from, {}, to);
    auto call = std::move(calls_[std::size_t(from)]);
    calls_.erase(calls_.begin() + from);
    calls_.insert(calls_.begin() + to, std::move(call));
    endMoveRows();
}

void EachNode::concluded()
{
    if (!busy())
        Q_EMIT answered();
}

bool EachNode::busy() const
{
    return std::any_of(calls_.begin(), calls_.end(), [](const auto& call) { return call->busy(); });
}

QString EachNode::curl() const
{
    if (calls_.empty())
        return {};
    if (calls_.size() == 1)
        return calls_.front()->curl();
    QStringList bases;
    for (const auto& call : calls_)
        bases.append(shellQuoted(call->node()->url().toString()));
    // The request of the first, with its node taken out.
    QString one = calls_.front()->curl();
    one.replace(calls_.front()->node()->url().toString() + path_, QStringLiteral("$node") + path_);
    return QStringLiteral("for node in %1; do %2; done").arg(bases.join(QLatin1Char(' ')), one);
}

int EachNode::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EachNode::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    ApiCall* call = calls_[std::size_t(index.row())].get();
    if (role == NodeRole)
        return QVariant::fromValue(call->node());
    return role == CallRole ? QVariant::fromValue(call) : QVariant();
}

QHash<int, QByteArray> EachNode::roleNames() const
{
    return {{NodeRole, "node"}, {CallRole, "call"}};
}

} // namespace dsmsg::monitor
