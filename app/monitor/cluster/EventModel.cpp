// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/EventModel.h"

#include <algorithm>

#include <QDateTime>

#include "app/monitor/cluster/Figures.h"

namespace dsmsg::monitor {

void EventModel::add(const RaftEvent& event)
{
    quint64& last = lastIds_[event.nodeId];
    if (event.id <= last)
        return;
    last = event.id;
    const auto place =
        std::lower_bound(events_.begin(), events_.end(), event.clusterTs,
                         [](const RaftEvent& other, double ts) { return other.clusterTs > ts; });
    const int row = int(place - events_.begin());
    if (row >= capacity)
        return;
    if (count() == capacity) {
        beginRemoveRows({}, count() - 1, count() - 1);
        events_.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, row, row);
    events_.insert(events_.begin() + row, event);
    endInsertRows();
    Q_EMIT countChanged();
}

void EventModel::clear()
{
    beginResetModel();
    events_.clear();
    lastIds_.clear();
    endResetModel();
    Q_EMIT countChanged();
}

EventModel::Severity EventModel::severityOf(const QString& kind)
{
    static const QHash<QString, Severity> severities{
        {QStringLiteral("storage_failed"), Critical}, {QStringLiteral("contradiction"), Critical},
        {QStringLiteral("disk_full"), Critical},      {QStringLiteral("election_started"), Warning},
        {QStringLiteral("stepped_down"), Warning},    {QStringLiteral("peer_lost"), Warning},
        {QStringLiteral("fault_on"), Warning},        {QStringLiteral("disk_stall"), Warning},
        {QStringLiteral("clock_jump"), Warning},      {QStringLiteral("time_unsynchronized"), Warning},
        {QStringLiteral("leader_elected"), Notable},  {QStringLiteral("transferring"), Notable},
        {QStringLiteral("peer_found"), Notable},      {QStringLiteral("snapshot_installed"), Notable},
        {QStringLiteral("formed"), Notable},          {QStringLiteral("member_changed"), Notable},
        {QStringLiteral("member_removed"), Notable},  {QStringLiteral("fault_off"), Notable},
        {QStringLiteral("disk_recovered"), Notable},
    };
    return severities.value(kind, Note);
}

QVariantMap EventModel::get(int row) const
{
    QVariantMap all;
    if (row < 0 || row >= count())
        return all;
    const QHash<int, QByteArray> names = roleNames();
    for (auto name = names.begin(); name != names.end(); ++name)
        all.insert(QString::fromLatin1(name.value()), data(index(row), name.key()));
    return all;
}

QVariantList EventModel::around(double clusterTs, double seconds, int most) const
{
    const auto later = [](const RaftEvent& event, double ts) { return event.clusterTs > ts; };
    const auto row = [&](double ts) {
        return int(std::lower_bound(events_.begin(), events_.end(), ts, later) - events_.begin());
    };
    int first = row(clusterTs + seconds);
    int last = row(clusterTs - seconds);
    while (last - first > most) {
        const double before = clusterTs - event(last - 1).clusterTs;
        const double after = event(first).clusterTs - clusterTs;
        before > after ? --last : ++first;
    }
    QVariantList found;
    for (int i = last - 1; i >= first; --i)
        found.append(get(i));
    return found;
}

int EventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const RaftEvent& event = this->event(index.row());
    switch (role) {
    case NodeIdRole:
        return event.nodeId;
    case KindRole:
        return event.kind;
    case TextRole:
    case Qt::DisplayRole:
        return event.text;
    case CauseRole:
        return event.cause;
    case TermRole:
        return double(event.term);
    case IndexRole:
        return orMinusOne(event.index);
    case PeerRole:
        return event.peer;
    case ClusterTsRole:
        return event.clusterTs;
    case BoundMsRole:
        return msOrUnknown(event.bound);
    case SeverityRole:
        return severityOf(event.kind);
    case TimeTextRole:
        return QDateTime::fromMSecsSinceEpoch(qint64(event.clusterTs * 1000))
            .toString(QStringLiteral("HH:mm:ss.zzz"));
    default:
        return {};
    }
}

QHash<int, QByteArray> EventModel::roleNames() const
{
    return {{NodeIdRole, "nodeId"},     {KindRole, "kind"},           {TextRole, "text"},
            {CauseRole, "cause"},       {TermRole, "term"},           {IndexRole, "logIndex"},
            {PeerRole, "peer"},         {ClusterTsRole, "clusterTs"}, {BoundMsRole, "boundMs"},
            {SeverityRole, "severity"}, {TimeTextRole, "timeText"}};
}

} // namespace dsmsg::monitor
