// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/timeline/TimelineMarkers.h"

#include <algorithm>
#include <cmath>

#include "qml/Ui/chart/Ticks.h"

namespace dsmsg::monitor {

TimelineMarkers::TimelineMarkers(QObject* parent)
    : QAbstractListModel(parent)
{
    later_.setSingleShot(true);
    later_.setInterval(100);
    connect(&later_, &QTimer::timeout, this, &TimelineMarkers::refresh);
    connect(this, &TimelineMarkers::sourceChanged, &later_, [this] { later_.start(); });
}

bool TimelineMarkers::Mark::operator==(const Mark& other) const
{
    return step == other.step && event.id == other.event.id && event.nodeId == other.event.nodeId &&
           events == other.events && row == other.row;
}

void TimelineMarkers::setEvents(EventModel* events)
{
    if (events_ == events)
        return;
    if (events_)
        events_->disconnect(this);
    events_ = events;
    if (events_)
        connect(events_, &EventModel::countChanged, &later_, [this] {
            if (!later_.isActive())
                later_.start();
        });
    Q_EMIT sourceChanged();
}

void TimelineMarkers::setCursor(ui::ChartCursor* cursor)
{
    if (cursor_ == cursor)
        return;
    if (cursor_)
        cursor_->disconnect(this);
    cursor_ = cursor;
    if (cursor_)
        connect(cursor_, &ui::ChartCursor::rangeChanged, &later_, [this] {
            if (!later_.isActive())
                later_.start();
        });
    Q_EMIT sourceChanged();
}

void TimelineMarkers::setActive(bool active)
{
    if (active_ == active)
        return;
    active_ = active;
    // Who looks again sees at once what happened meanwhile.
    refresh();
    Q_EMIT sourceChanged();
}

std::vector<TimelineMarkers::Mark> TimelineMarkers::marksNow() const
{
    std::vector<Mark> marks;
    if (!events_ || !cursor_ || stepSeconds_ <= 0)
        return marks;
    // Newest first, by cluster time: begin where the picture ends, stop where it begins.
    for (int row = 0; row < events_->count(); ++row) {
        const RaftEvent& event = events_->event(row);
        if (event.clusterTs > cursor_->to())
            continue;
        if (event.clusterTs < cursor_->from())
            break;
        const int severity = EventModel::severityOf(event.kind);
        if (severity == EventModel::Note && !routine_)
            continue;
        const auto step = static_cast<qint64>(std::floor(event.clusterTs / stepSeconds_));
        if (marks.empty() || marks.back().step != step) {
            marks.push_back({.step = step, .event = event, .severity = severity, .events = 1, .row = row});
            continue;
        }
        Mark& mark = marks.back();
        ++mark.events;
        if (severity > mark.severity) {
            mark.severity = severity;
            mark.event = event;
            mark.row = row;
        }
    }
    std::reverse(marks.begin(), marks.end());
    return marks;
}

void TimelineMarkers::refresh()
{
    if (!active_)
        return;
    const double span = cursor_ ? cursor_->to() - cursor_->from() : 0;
    const double step = ui::niceTimeStep(span, std::max(1, room_));
    if (step != stepSeconds_) {
        stepSeconds_ = step;
        become({}); // rows of another step have nothing in common with these
    }
    become(marksNow());
}

void TimelineMarkers::become(std::vector<Mark> wanted)
{
    const auto before = marks_.size();
    std::size_t at = 0;
    for (std::size_t next = 0; next < wanted.size() || at < marks_.size();) {
        const int row = static_cast<int>(at);
        if (next == wanted.size() || (at < marks_.size() && marks_[at].step < wanted[next].step)) {
            beginRemoveRows({}, row, row);
            marks_.erase(marks_.begin() + row);
            endRemoveRows();
            continue;
        }
        if (at == marks_.size() || wanted[next].step < marks_[at].step) {
            beginInsertRows({}, row, row);
            marks_.insert(marks_.begin() + row, wanted[next]);
            endInsertRows();
        } else if (!(marks_[at] == wanted[next])) {
            marks_[at] = wanted[next];
            Q_EMIT dataChanged(index(row), index(row));
        }
        ++at;
        ++next;
    }
    if (before != marks_.size())
        Q_EMIT countChanged();
}

int TimelineMarkers::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TimelineMarkers::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Mark& mark = marks_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case TimeRole:
        return mark.event.clusterTs;
    case SeverityRole:
        return mark.severity;
    case KindRole:
        return mark.event.kind;
    case IconRole:
        return iconOf(mark.event.kind);
    case TextRole:
        return mark.event.text;
    case NodeRole:
        return mark.event.nodeId;
    case EventsRole:
        return mark.events;
    case RowRole:
        return mark.row;
    }
    return {};
}

QHash<int, QByteArray> TimelineMarkers::roleNames() const
{
    return {{TimeRole, "time"},     {SeverityRole, "severity"}, {KindRole, "kind"},
            {IconRole, "iconName"}, {TextRole, "sentence"},     {NodeRole, "nodeId"},
            {EventsRole, "events"}, {RowRole, "eventRow"}};
}

QString TimelineMarkers::iconOf(const QString& kind)
{
    static const QHash<QString, QString> icons{
        {QStringLiteral("leader_elected"), QStringLiteral("crown")},
        {QStringLiteral("leader_followed"), QStringLiteral("flag")},
        {QStringLiteral("election_started"), QStringLiteral("vote")},
        {QStringLiteral("vote_granted"), QStringLiteral("vote")},
        {QStringLiteral("stepped_down"), QStringLiteral("log-out")},
        {QStringLiteral("transferring"), QStringLiteral("arrow-right-left")},
        {QStringLiteral("peer_lost"), QStringLiteral("unlink")},
        {QStringLiteral("peer_found"), QStringLiteral("link")},
        {QStringLiteral("fault_on"), QStringLiteral("zap")},
        {QStringLiteral("fault_off"), QStringLiteral("heart-pulse")},
        {QStringLiteral("disk_stall"), QStringLiteral("hard-drive")},
        {QStringLiteral("disk_full"), QStringLiteral("hard-drive")},
        {QStringLiteral("disk_recovered"), QStringLiteral("hard-drive")},
        {QStringLiteral("clock_jump"), QStringLiteral("clock-alert")},
        {QStringLiteral("time_synchronized"), QStringLiteral("clock")},
        {QStringLiteral("time_unsynchronized"), QStringLiteral("clock-alert")},
        {QStringLiteral("snapshot_sending"), QStringLiteral("camera")},
        {QStringLiteral("snapshot_installed"), QStringLiteral("camera")},
        {QStringLiteral("log_compacted"), QStringLiteral("scissors")},
        {QStringLiteral("storage_failed"), QStringLiteral("octagon-alert")},
        {QStringLiteral("contradiction"), QStringLiteral("octagon-alert")},
    };
    if (kind.startsWith(QLatin1String("member_")) || kind == QLatin1String("formed"))
        return QStringLiteral("users");
    return icons.value(kind, QStringLiteral("circle-dot"));
}

} // namespace dsmsg::monitor
