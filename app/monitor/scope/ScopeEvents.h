// SPDX-License-Identifier: GPL-3.0-or-later
//
// What had happened at the shown moment, newest first. Two events that lie within the clocks' bounds of each
// other cannot be put in order, and the rows say so.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/ScopeRecording.h"

namespace dsmsg::monitor {

class ScopeEvents : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ScopePlayer.events")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        NodeIdRole = Qt::UserRole + 1, ///< `nodeId`
        KindRole,                      ///< `kind`
        TextRole,                      ///< `text`
        CauseRole,                     ///< `cause`
        TermRole,                      ///< `term`
        IndexRole,                     ///< `logIndex`, -1 none
        PeerRole,                      ///< `peer`
        ClusterTsRole,                 ///< `clusterTs`
        BoundMsRole,                   ///< `boundMs`, NaN unknown
        SeverityRole,                  ///< `severity`, EventModel.Severity
        SimultaneousRole,              ///< `simultaneous`: with the row below it
    };
    static constexpr std::size_t shown = 100;
    using QAbstractListModel::QAbstractListModel;

    void show(const ScopeRecording& recording, double moment);
    int count() const { return static_cast<int>(rows_.size()); }
    Q_INVOKABLE QVariantMap get(int row) const; ///< by role name

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    struct Row
    {
        RaftEvent event;
        bool simultaneous = false;
    };
    void insertAt(std::size_t row, const Row& what);
    void removeAt(std::size_t row);

    std::vector<Row> rows_;
};

/// Whether two events, the earlier first, lie within their clocks' bounds.
bool simultaneous(const RaftEvent& earlier, const RaftEvent& later);

} // namespace dsmsg::monitor
