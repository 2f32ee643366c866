// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/FaultList.h"

#include <algorithm>

namespace dsmsg::monitor {

FaultList::FaultList(QObject* parent)
    : QAbstractListModel(parent)
{
    clock_.start();
}

void FaultList::set(const QUrl& node, const QString& name, const QList<Fault>& faults)
{
    removeWhere([&](const Row& row) {
        return row.url == node &&
               std::ranges::none_of(faults, [&](const Fault& fault) { return fault.id == row.fault.id; });
    });
    const qint64 now = clock_.elapsed();
    for (const Fault& fault : faults.first(std::min(faults.size(), perNodeMax))) {
        Row row{node, name, fault, now + static_cast<qint64>(fault.remainingS * 1000)};
        const auto known = std::ranges::find_if(
            rows_, [&](const Row& one) { return one.url == node && one.fault.id == fault.id; });
        if (known != rows_.end()) {
            *known = std::move(row);
            const QModelIndex at = index(static_cast<int>(known - rows_.begin()));
            Q_EMIT dataChanged(at, at);
            continue;
        }
        beginInsertRows({}, count(), count());
        rows_.push_back(std::move(row));
        endInsertRows();
        Q_EMIT countChanged();
    }
}

void FaultList::clear()
{
    removeWhere([](const Row&) { return true; });
}

QList<Fault> FaultList::of(const QUrl& node) const
{
    QList<Fault> faults;
    for (const Row& row : rows_) {
        if (row.url == node)
            faults.append(row.fault);
    }
    return faults;
}

void FaultList::tick()
{
    removeWhere([this](const Row& row) { return row.endsMs <= clock_.elapsed(); });
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {RemainingSRole, RemainingPartRole});
}

void FaultList::removeWhere(const std::function<bool(const Row&)>& chosen)
{
    const std::size_t before = rows_.size();
    for (int i = count() - 1; i >= 0; --i) {
        if (!chosen(rows_[static_cast<std::size_t>(i)]))
            continue;
        beginRemoveRows({}, i, i);
        rows_.erase(rows_.begin() + i);
        endRemoveRows();
    }
    if (rows_.size() != before)
        Q_EMIT countChanged();
}

double FaultList::remainingS(const Row& row) const
{
    return static_cast<double>(std::max<qint64>(row.endsMs - clock_.elapsed(), 0)) / 1000;
}

int FaultList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FaultList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const FaultKindInfo* info = faultKind(row.fault.kind);
    switch (role) {
    case NodeNameRole:
        return row.name;
    case NodeUrlRole:
        return row.url;
    case FaultIdRole:
        return static_cast<double>(row.fault.id);
    case KindRole:
        return row.fault.kind;
    case TitleRole:
        return faultTitle(row.fault.kind);
    case TextRole:
        return row.fault.text();
    case IconNameRole:
        return info != nullptr ? QString::fromLatin1(info->iconName) : QStringLiteral("zap");
    case ForSRole:
        return row.fault.forS;
    case RemainingSRole:
        return remainingS(row);
    case RemainingPartRole:
        return row.fault.forS > 0 ? std::min(remainingS(row) / row.fault.forS, 1.0) : 0.0;
    default:
        return {};
    }
}

QHash<int, QByteArray> FaultList::roleNames() const
{
    return {{NodeNameRole, "nodeName"},     {NodeUrlRole, "nodeUrl"},
            {FaultIdRole, "faultId"},       {KindRole, "kind"},
            {TitleRole, "faultTitle"},      {TextRole, "faultText"},
            {IconNameRole, "iconName"},     {ForSRole, "forS"},
            {RemainingSRole, "remainingS"}, {RemainingPartRole, "remainingPart"}};
}

} // namespace dsmsg::monitor
