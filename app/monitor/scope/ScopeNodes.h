// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nodes of the shown moment for what QML writes itself: handles to click and to focus, lane labels,
// words for screen readers. The painted scope does not use it. Rows come and go with members.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/ScopeScene.h"

namespace dsmsg::monitor {

class ScopeNodes : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ScopePlayer.nodes")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        NodeIdRole = Qt::UserRole + 1, ///< `nodeId`
        LeadsRole,                     ///< `leads`
        AliveRole,                     ///< `alive`
        StateTextRole,                 ///< `stateText`: its role, or that it is silent
        TermRole,                      ///< `term`, NaN unknown
        CommitRole,                    ///< `commit`, NaN unknown
        AppliedRole,                   ///< `applied`, same
        LastRole,                      ///< `last`, same
        MatchRole,                     ///< `match`, same
        LagRole,                       ///< `lag`, same
        BoundMsRole,                   ///< `boundMs`, same
        DescriptionRole,               ///< `description`: all of it in one sentence
    };
    using QAbstractListModel::QAbstractListModel;

    void show(const ScopeScene& scene);
    int count() const { return static_cast<int>(nodes_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    static QString stateText(const SceneNode& node);
    static QString description(const SceneNode& node);

Q_SIGNALS:
    void countChanged();

private:
    std::vector<SceneNode> nodes_;
};

} // namespace dsmsg::monitor
