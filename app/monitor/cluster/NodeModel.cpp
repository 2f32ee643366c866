// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/NodeModel.h"

#include <algorithm>

#include <QCollator>

namespace dsmsg::monitor {

namespace {

/// n2 before n10; nodes without a name yet by their address.
bool before(const NodeState* a, const NodeState* b)
{
    QCollator collator{QLocale(QLocale::English)};
    collator.setNumericMode(true);
    return collator.compare(a->name(), b->name()) < 0;
}

} // namespace

NodeState* NodeModel::at(int row) const
{
    return row >= 0 && row < count() ? nodes_[row] : nullptr;
}

NodeState* NodeModel::byId(const QString& id) const
{
    const auto found = std::find_if(nodes_.begin(), nodes_.end(),
                                    [&](NodeState* node) { return !id.isEmpty() && node->id() == id; });
    return found == nodes_.end() ? nullptr : *found;
}

NodeState* NodeModel::byUrl(const QUrl& url) const
{
    const auto found = std::find_if(nodes_.begin(), nodes_.end(), [&](NodeState* node) {
        return node->url().authority() == url.authority();
    });
    return found == nodes_.end() ? nullptr : *found;
}

void NodeModel::insert(NodeState* node)
{
    const auto place = std::upper_bound(nodes_.begin(), nodes_.end(), node, before);
    const int row = int(place - nodes_.begin());
    beginInsertRows({}, row, row);
    nodes_.insert(place, node);
    endInsertRows();
    connect(node, &NodeState::identityChanged, this, [this, node] { sortAnew(node); });
    Q_EMIT countChanged();
}

void NodeModel::sortAnew(NodeState* node)
{
    const auto row = nodes_.indexOf(node);
    QList<NodeState*> others = nodes_;
    others.removeAt(row);
    const auto to = std::upper_bound(others.begin(), others.end(), node, before) - others.begin();
    if (to == row)
        return;
    // Qt names the place before the move: one further when the row moves down.
    beginMoveRows({}, int(row), int(row), {}, int(to > row ? to + 1 : to));
    nodes_.move(row, to);
    endMoveRows();
}

void NodeModel::remove(NodeState* node)
{
    const int row = int(nodes_.indexOf(node));
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    nodes_.removeAt(row);
    endRemoveRows();
    disconnect(node, nullptr, this, nullptr);
    Q_EMIT countChanged();
}

void NodeModel::clear()
{
    while (!nodes_.isEmpty())
        remove(nodes_.constLast());
}

int NodeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant NodeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    NodeState* node = nodes_[index.row()];
    if (role == NodeRole)
        return QVariant::fromValue(node);
    return role == Qt::DisplayRole ? QVariant(node->name()) : QVariant();
}

QHash<int, QByteArray> NodeModel::roleNames() const
{
    return {{NodeRole, "node"}, {Qt::DisplayRole, "display"}};
}

} // namespace dsmsg::monitor
