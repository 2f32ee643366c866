// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/clocks/ClockRows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "qml/Ui/chart/Ticks.h"

namespace dsmsg::monitor {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double leastReachMs = 0.05;

QVariantMap mapAt(const QVariantMap& map, const QString& key)
{
    return map.value(key).toMap();
}

double numberAt(const QVariantMap& map, const QString& key)
{
    bool ok = false;
    const double number = map.value(key).toDouble(&ok);
    return ok ? number : unknown;
}

} // namespace

ClockRows::ClockRows(QObject* parent)
    : QAbstractListModel(parent)
{
    refresh_.setInterval(500);
    connect(&refresh_, &QTimer::timeout, this, &ClockRows::update);
    connect(this, &ClockRows::sourceChanged, this, &ClockRows::update);
}

void ClockRows::setCluster(ClusterMonitor* cluster)
{
    if (cluster_ == cluster)
        return;
    cluster_ = cluster;
    Q_EMIT sourceChanged();
}

void ClockRows::setObserver(NodeState* observer)
{
    if (observer_ == observer)
        return;
    observer_ = observer;
    details_.clear(); // of another
    Q_EMIT sourceChanged();
}

void ClockRows::setActive(bool active)
{
    if (active == refresh_.isActive())
        return;
    if (active) {
        refresh_.start();
        update();
    } else {
        refresh_.stop();
    }
    Q_EMIT activeChanged();
}

double ClockRows::reachFor(double greatest, double reach)
{
    const double wanted = ui::niceStep(std::max(greatest * 1.15, leastReachMs), 1);
    return wanted > reach || greatest < reach / 3.5 ? wanted : reach;
}

ClockRows::Row ClockRows::ofNode(NodeState* node) const
{
    const QVariantMap sync = mapAt(node->status(), QStringLiteral("time_sync"));
    const double last = numberAt(sync, QStringLiteral("last_sync_time"));
    return {.name = node->name(),
            .clock = node,
            .offsetMs = -node->clockOffsetMs(),
            .boundMs = node->boundMs(),
            .drift = node->driftPpm() / 1e6,
            .delayMs = numberAt(sync, QStringLiteral("network_delay")) * 1000,
            .agoS = last > 0 ? std::max(0.0, node->clusterTs() - last) : unknown,
            .exchanges = {},
            .freshness = static_cast<int>(node->freshness())};
}

ClockRows::Row ClockRows::ofPeer(PeerState* peer) const
{
    const QVariantMap sync = mapAt(details_, QStringLiteral("time_synchronization"));
    const QVariantMap known = mapAt(mapAt(sync, QStringLiteral("peers")), peer->url());
    const QVariantMap drift = mapAt(
        mapAt(mapAt(details_, QStringLiteral("clock_skew_analysis")), QStringLiteral("peer_statistics")),
        peer->url());
    const QVariantMap exchanges = mapAt(known, QStringLiteral("exchanges"));
    return {.name = peer->id(),
            .clock = peer,
            .offsetMs = peer->offsetMs(),
            .boundMs = peer->boundMs(),
            .drift = numberAt(drift, QStringLiteral("drift_rate")),
            .delayMs = peer->rttMs(),
            .agoS = numberAt(known, QStringLiteral("since_exchange")),
            .exchanges = exchanges.isEmpty() ? QString()
                                             : tr("%1 of %2")
                                                   .arg(exchanges.value(QStringLiteral("accepted")).toInt())
                                                   .arg(exchanges.value(QStringLiteral("attempts")).toInt()),
            .freshness = observer_ ? static_cast<int>(observer_->freshness()) : 0};
}

void ClockRows::update()
{
    if (!refresh_.isActive())
        return;
    std::vector<Row> wanted;
    if (observer_) {
        for (PeerState* peer : observer_->peers())
            wanted.push_back(ofPeer(peer));
    } else if (cluster_) {
        for (NodeState* node : cluster_->nodes()->nodes())
            wanted.push_back(ofNode(node));
    }
    const auto before = rows_.size();
    const bool same = std::equal(rows_.begin(), rows_.end(), wanted.begin(), wanted.end(),
                                 [](const Row& a, const Row& b) { return a.clock == b.clock; });
    if (same) {
        rows_ = std::move(wanted);
        if (!rows_.empty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
    } else {
        // Other clocks, not other figures.
        beginResetModel();
        rows_ = std::move(wanted);
        endResetModel();
    }
    if (before != rows_.size())
        Q_EMIT countChanged();
    double greatest = 0;
    for (const Row& row : rows_)
        greatest =
            std::fmax(greatest, std::fmax(std::abs(row.offsetMs), std::abs(row.offsetMs) + row.boundMs));
    if (const double reach = reachFor(greatest, reachMs_); reach != reachMs_) {
        reachMs_ = reach;
        Q_EMIT reachChanged();
    }
}

int ClockRows::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ClockRows::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole:
        return row.name;
    case ClockRole:
        return QVariant::fromValue(row.clock.data());
    case OffsetRole:
        return row.offsetMs;
    case BoundRole:
        return row.boundMs;
    case DriftRole:
        return row.drift;
    case DelayRole:
        return row.delayMs;
    case AgoRole:
        return row.agoS;
    case ExchangesRole:
        return row.exchanges;
    case FreshRole:
        return row.freshness;
    }
    return {};
}

QHash<int, QByteArray> ClockRows::roleNames() const
{
    return {{NameRole, "name"},     {ClockRole, "clock"},         {OffsetRole, "offsetMs"},
            {BoundRole, "boundMs"}, {DriftRole, "drift"},         {DelayRole, "delayMs"},
            {AgoRole, "agoS"},      {ExchangesRole, "exchanges"}, {FreshRole, "freshness"}};
}

} // namespace dsmsg::monitor
