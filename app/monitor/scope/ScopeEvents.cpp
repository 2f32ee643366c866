// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeEvents.h"

#include "app/monitor/cluster/ClusterMonitor.h"

namespace dsmsg::monitor {

namespace {

bool same(const RaftEvent& a, const RaftEvent& b)
{
    return a.id == b.id && a.nodeId == b.nodeId && a.clusterTs == b.clusterTs;
}

} // namespace

bool simultaneous(const RaftEvent& earlier, const RaftEvent& later)
{
    // One node's events are in the order of its own ids, whatever the clocks.
    if (earlier.nodeId == later.nodeId || !earlier.bound || !later.bound)
        return false;
    return later.clusterTs - earlier.clusterTs <= *earlier.bound + *later.bound;
}

void ScopeEvents::show(const ScopeRecording& recording, double moment)
{
    const auto& events = recording.events();
    const std::size_t end = recording.eventAfter(moment);
    const std::size_t begin = end > shown ? end - shown : 0;
    const int before = count();
    std::size_t row = 0;
    for (std::size_t i = end; i > begin; --i, ++row) {
        const RaftEvent& event = events[i - 1];
        const Row wanted{event, i - 1 > begin && simultaneous(events[i - 2], event)};
        // Both lists are newest first: a row that is newer than what belongs here has not happened yet.
        while (row < rows_.size() && rows_[row].event.clusterTs > event.clusterTs)
            removeAt(row);
        if (row == rows_.size() || !same(rows_[row].event, event)) {
            insertAt(row, wanted);
        } else if (rows_[row].simultaneous != wanted.simultaneous) {
            rows_[row].simultaneous = wanted.simultaneous;
            Q_EMIT dataChanged(index(int(row)), index(int(row)), {SimultaneousRole});
        }
    }
    while (rows_.size() > row)
        removeAt(rows_.size() - 1);
    if (count() != before)
        Q_EMIT countChanged();
}

QVariantMap ScopeEvents::get(int row) const
{
    QVariantMap map;
    const auto names = roleNames();
    for (auto name = names.begin(); row >= 0 && row < count() && name != names.end(); ++name)
        map.insert(QString::fromLatin1(*name), data(index(row), name.key()));
    return map;
}

int ScopeEvents::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ScopeEvents::data(const QModelIndex& index, int role) const
{
    if (index.row() < 0 || index.row() >= count())
        return {};
    const Row& row = rows_[std::size_t(index.row())];
    switch (role) {
    case NodeIdRole:
        return row.event.nodeId;
    case KindRole:
        return row.event.kind;
    case TextRole:
        return row.event.text;
    case CauseRole:
        return row.event.cause;
    case TermRole:
        return double(row.event.term);
    case IndexRole:
        return row.event.index ? double(*row.event.index) : -1.0;
    case PeerRole:
        return row.event.peer;
    case ClusterTsRole:
        return row.event.clusterTs;
    case BoundMsRole:
        return row.event.bound.value_or(unknown) * 1000;
    case SeverityRole:
        return int(EventModel::severityOf(row.event.kind));
    case SimultaneousRole:
        return row.simultaneous;
    default:
        return {};
    }
}

QHash<int, QByteArray> ScopeEvents::roleNames() const
{
    return {{NodeIdRole, "nodeId"},
            {KindRole, "kind"},
            {TextRole, "text"},
            {CauseRole, "cause"},
            {TermRole, "term"},
            {IndexRole, "logIndex"},
            {PeerRole, "peer"},
            {ClusterTsRole, "clusterTs"},
            {BoundMsRole, "boundMs"},
            {SeverityRole, "severity"},
            {SimultaneousRole, "simultaneous"}};
}

void ScopeEvents::insertAt(std::size_t row, const Row& what)
{
    beginInsertRows({}, int(row), int(row));
    rows_.insert(rows_.begin() + std::ptrdiff_t(row), what);
    endInsertRows();
}

void ScopeEvents::removeAt(std::size_t row)
{
    beginRemoveRows({}, int(row), int(row));
    rows_.erase(rows_.begin() + std::ptrdiff_t(row));
    endRemoveRows();
}

} // namespace dsmsg::monitor
