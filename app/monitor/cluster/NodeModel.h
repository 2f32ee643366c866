// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nodes in the order of their names, as a list for QML. Rows come and go with members, never with
// figures: those change in the NodeState of the row.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/NodeState.h"

namespace dsmsg::monitor {

class NodeModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ClusterMonitor.nodes")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        NodeRole = Qt::UserRole + 1, ///< `node`: NodeState
    };
    using QAbstractListModel::QAbstractListModel;

    int count() const { return static_cast<int>(nodes_.size()); }
    Q_INVOKABLE dsmsg::monitor::NodeState* at(int row) const;
    Q_INVOKABLE dsmsg::monitor::NodeState* byId(const QString& id) const; ///< null: none
    NodeState* byUrl(const QUrl& url) const;
    const QList<NodeState*>& nodes() const { return nodes_; }

    void insert(NodeState* node);
    void remove(NodeState* node);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    void sortAnew(NodeState* node);

    QList<NodeState*> nodes_;
};

} // namespace dsmsg::monitor
