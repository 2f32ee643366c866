// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happened, newest first, of all nodes together, ordered by cluster time. At most 10 000: the oldest go.
#pragma once

#include <deque>

#include <QAbstractListModel>
#include <QHash>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

class EventModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ClusterMonitor.events")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Severity
    {
        Note,    ///< routine: a vote, a compaction
        Notable, ///< a leader, a member
        Warning, ///< a peer lost, an election, a fault
        Critical ///< storage failed, contradiction
    };
    Q_ENUM(Severity)
    enum Roles
    {
        NodeIdRole = Qt::UserRole + 1, ///< `nodeId`
        KindRole,                      ///< `kind`
        TextRole,                      ///< `text`
        CauseRole,                     ///< `cause`
        TermRole,                      ///< `term`
        IndexRole,                     ///< `logIndex`, -1 none
        PeerRole,                      ///< `peer`
        ClusterTsRole,                 ///< `clusterTs`, seconds
        BoundMsRole,                   ///< `boundMs`, NaN unknown
        SeverityRole,                  ///< `severity`
        TimeTextRole,                  ///< `timeText`, local 14:03:07.512
    };
    static constexpr int capacity = 10'000;
    using QAbstractListModel::QAbstractListModel;

    int count() const { return static_cast<int>(events_.size()); }
    /// An event that is there already is ignored: the ids of a node only rise.
    void add(const RaftEvent& event);
    void clear();
    const RaftEvent& event(int row) const { return events_[static_cast<std::size_t>(row)]; }
    static Severity severityOf(const QString& kind);
    Q_INVOKABLE QVariantMap get(int row) const; ///< by role name
    /// The events that are at most so many seconds away from a time, the oldest first; of more than `most`
    /// those nearest to it.
    Q_INVOKABLE QVariantList around(double clusterTs, double seconds, int most) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    std::deque<RaftEvent> events_;    ///< newest first
    QHash<QString, quint64> lastIds_; ///< by node
};

} // namespace dsmsg::monitor
