// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageModel.h"

#include <algorithm>

namespace dsmsg::monitor {

int MessageModel::matchesIn(int first, int last) const
{
    if (search_.isEmpty())
        return 0;
    return int(std::count_if(rows_.begin() + first, rows_.begin() + last,
                             [this](const auto& r) { return matched(r); }));
}

void MessageModel::countMatches(int difference)
{
    if (difference == 0)
        return;
    matches_ += difference;
    Q_EMIT matchesChanged();
}

void MessageModel::replace(const QList<MessageRow>& rows)
{
    beginResetModel();
    const qsizetype from = std::max<qsizetype>(0, rows.size() - capacity);
    rows_.assign(rows.begin() + from, rows.end());
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT edgesChanged();
    countMatches(matchesIn(0, count()) - matches_);
}

int MessageModel::append(const QList<MessageRow>& rows)
{
    const quint64 last = rows_.empty() ? 0 : rows_.back().number(order_);
    const auto fresh = std::find_if(rows.begin(), rows.end(),
                                    [&](const MessageRow& row) { return row.number(order_) > last; });
    const int added = int(rows.end() - fresh);
    if (added == 0)
        return 0;
    if (added >= capacity) {
        const int had = count();
        replace(rows);
        return had;
    }
    const int surplus = std::max(0, count() + added - capacity);
    if (surplus > 0) {
        const int lost = matchesIn(0, surplus);
        beginRemoveRows({}, 0, surplus - 1);
        rows_.erase(rows_.begin(), rows_.begin() + surplus);
        endRemoveRows();
        countMatches(-lost);
    }
    const int at = count();
    beginInsertRows({}, at, at + added - 1);
    rows_.insert(rows_.end(), fresh, rows.end());
    endInsertRows();
    Q_EMIT countChanged();
    Q_EMIT edgesChanged();
    countMatches(matchesIn(at, count()));
    return surplus;
}

int MessageModel::prepend(const QList<MessageRow>& rows)
{
    const quint64 first = rows_.empty() ? ~quint64(0) : rows_.front().number(order_);
    const auto end = std::find_if(rows.begin(), rows.end(),
                                  [&](const MessageRow& row) { return row.number(order_) >= first; });
    const int added = int(std::min<qsizetype>(end - rows.begin(), capacity));
    if (added == 0)
        return 0;
    const int surplus = std::max(0, count() + added - capacity);
    if (surplus > 0) {
        const int from = count() - surplus;
        const int lost = matchesIn(from, count());
        beginRemoveRows({}, from, count() - 1);
        rows_.erase(rows_.begin() + from, rows_.end());
        endRemoveRows();
        countMatches(-lost);
    }
    beginInsertRows({}, 0, added - 1);
    rows_.insert(rows_.begin(), end - added, end);
    endInsertRows();
    Q_EMIT countChanged();
    Q_EMIT edgesChanged();
    countMatches(matchesIn(0, added));
    return surplus;
}

void MessageModel::update(const QList<MessageRow>& rows)
{
    int first = count();
    int last = -1;
    for (const MessageRow& row : rows) {
        const int at = rowOfSeq(double(row.seq));
        if (at < 0)
            continue;
        MessageRow& mine = rows_[std::size_t(at)];
        if (mine.deliverySeq == row.deliverySeq && mine.late == row.late)
            continue;
        mine.deliverySeq = row.deliverySeq;
        mine.late = row.late;
        first = std::min(first, at);
        last = std::max(last, at);
    }
    // Once for all: a thousand signals would keep the view busy for longer than a frame.
    if (last >= 0)
        Q_EMIT dataChanged(index(first), index(last), {DeliveryRole, LateRole});
}

const MessageRow* MessageModel::undeliveredAfter(quint64 seq, quint64 delivered, double ts) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [=](const MessageRow& row) {
        return row.deliverySeq == 0 && row.seq > seq && (row.seq <= delivered || row.correctedTs < ts);
    });
    return found != rows_.end() ? &*found : nullptr;
}

void MessageModel::search(const QString& text)
{
    if (search_ == text)
        return;
    search_ = text;
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {MatchedRole});
    countMatches(matchesIn(0, count()) - matches_);
}

QStringList MessageModel::frequent(QString MessageRow::*name) const
{
    constexpr qsizetype most = 6;
    QHash<QString, int> counts;
    for (const MessageRow& row : rows_)
        ++counts[row.*name];
    QStringList names = counts.keys();
    std::sort(names.begin(), names.end(), [&counts](const QString& a, const QString& b) {
        const int ofA = counts.value(a);
        const int ofB = counts.value(b);
        return ofA != ofB ? ofA > ofB : a < b;
    });
    return names.first(std::min(most, names.size()));
}

int MessageModel::nextMatch(int from, bool upwards) const
{
    const int total = count();
    for (int step = 0; step < total && matches_ > 0; ++step) {
        const int at = ((upwards ? from - step : from + step) % total + total) % total;
        if (matched(row(at)))
            return at;
    }
    return -1;
}

int MessageModel::rowOfSeq(double seq) const
{
    const quint64 wanted = seq > 0 ? quint64(seq) : 0;
    const auto is = [wanted](const MessageRow& row) { return row.seq == wanted; };
    const auto found = order_ == client::Order::Seq
                           ? std::lower_bound(rows_.begin(), rows_.end(), wanted,
                                              [](const MessageRow& row, quint64 s) { return row.seq < s; })
                           : std::find_if(rows_.begin(), rows_.end(), is);
    return found != rows_.end() && is(*found) ? int(found - rows_.begin()) : -1;
}

QVariantMap MessageModel::get(int row) const
{
    return row >= 0 && row < count() ? toMap(this->row(row)) : QVariantMap();
}

int MessageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant MessageModel::data(const QModelIndex& index, int role) const
{
    return index.isValid() && index.row() < count() ? figure(row(index.row()), role) : QVariant();
}

QVariant MessageModel::figure(const MessageRow& row, int role) const
{
    switch (role) {
    case SeqRole:
        return double(row.seq);
    case DeliveryRole:
        return row.deliverySeq > 0 ? QString::number(row.deliverySeq) : QStringLiteral("–");
    case MsgIdRole:
        return row.msgId;
    case TimeRole:
        return row.timeText;
    case ShiftRole:
        return row.shiftText;
    case SenderRole:
        return row.sender;
    case RecipientRole:
        return row.recipient;
    case Qt::DisplayRole:
    case PreviewRole:
        return row.preview;
    case EntryRole:
        return QStringLiteral("%1.%2").arg(row.term).arg(row.index);
    case LateRole:
        return row.late;
    case ClampedRole:
        return row.clamped;
    case MatchedRole:
        return matched(row);
    default:
        return {};
    }
}

QHash<int, QByteArray> MessageModel::roleNames() const
{
    return {{SeqRole, "seq"},
            {DeliveryRole, "delivery"},
            {MsgIdRole, "msgId"},
            {TimeRole, "timeText"},
            {ShiftRole, "shiftText"},
            {SenderRole, "sender"},
            {RecipientRole, "recipient"},
            {PreviewRole, "preview"},
            {EntryRole, "entry"},
            {LateRole, "late"},
            {ClampedRole, "clamped"},
            {MatchedRole, "matched"}};
}

QVariantMap toMap(const MessageRow& row)
{
    return {{QStringLiteral("seq"), double(row.seq)},
            {QStringLiteral("deliverySeq"), double(row.deliverySeq)},
            {QStringLiteral("msgId"), row.msgId},
            {QStringLiteral("sender"), row.sender},
            {QStringLiteral("recipient"), row.recipient},
            {QStringLiteral("correctedTs"), row.correctedTs},
            {QStringLiteral("originalTs"), row.originalTs},
            {QStringLiteral("receiveTs"), row.receiveTs},
            {QStringLiteral("late"), row.late},
            {QStringLiteral("clamped"), row.clamped},
            {QStringLiteral("term"), double(row.term)},
            {QStringLiteral("index"), double(row.index)},
            {QStringLiteral("preview"), row.preview},
            {QStringLiteral("timeText"), row.timeText},
            {QStringLiteral("shiftText"), row.shiftText},
            {QStringLiteral("payloadBytes"), double(row.payloadBytes)}};
}

} // namespace dsmsg::monitor
