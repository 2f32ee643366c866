// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/NodeTable.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::monitor {

namespace {

constexpr int refreshMs = 500;
/// Entries that two nodes may be apart because their samples are not of one moment.
constexpr double closeAtLeast = 8;

bool known(const QVariant& value)
{
    return value.isValid() && !value.isNull() &&
           !(value.userType() == QMetaType::Double && std::isnan(value.toDouble()));
}

/// What most say; of equally many the first.
QVariant usual(const QVariantList& cells)
{
    QVariant best;
    qsizetype most = 0;
    for (const QVariant& cell : cells) {
        const auto same = cells.count(cell);
        if (known(cell) && same > most) {
            best = cell;
            most = same;
        }
    }
    return best;
}

/// The middle one: a node far behind or ahead does not move it.
double middle(const QVariantList& cells)
{
    std::vector<double> values;
    for (const QVariant& cell : cells) {
        if (known(cell))
            values.push_back(cell.toDouble());
    }
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

QVariantList differing(const QVariantList& cells, NodeField::Compare compare, double close)
{
    QVariantList odd;
    const QVariant reference = compare == NodeField::Compare::Equal ? usual(cells) : QVariant(middle(cells));
    for (const QVariant& cell : cells) {
        bool differs = false;
        if (known(cell) && compare == NodeField::Compare::Equal)
            differs = cell != reference;
        else if (known(cell) && compare == NodeField::Compare::Closely)
            differs = std::abs(cell.toDouble() - reference.toDouble()) > close;
        odd.append(differs);
    }
    return odd;
}

NodeTable::NodeTable(QObject* parent)
    : QAbstractListModel(parent)
{
    timer_.setInterval(refreshMs);
    connect(&timer_, &QTimer::timeout, this, &NodeTable::refresh);
}

void NodeTable::setCluster(ClusterMonitor* cluster)
{
    if (cluster == cluster_)
        return;
    if (cluster_)
        cluster_->disconnect(this);
    cluster_ = cluster;
    if (cluster_)
        connect(cluster_, &ClusterMonitor::retranslated, this, [this] {
            names_.clear(); // the labels are made with the rows
            refresh();
        });
    Q_EMIT clusterChanged();
    refresh();
}

void NodeTable::setActive(bool active)
{
    if (active == active_)
        return;
    active_ = active;
    Q_EMIT activeChanged();
    if (!active) {
        timer_.stop();
        return;
    }
    timer_.start();
    refresh();
}

void NodeTable::setOnlyDifferences(bool on)
{
    if (on == onlyDifferences_)
        return;
    onlyDifferences_ = on;
    Q_EMIT onlyDifferencesChanged();
    showRows();
}

void NodeTable::setFilter(const QString& filter)
{
    if (filter == filter_)
        return;
    filter_ = filter;
    Q_EMIT filterChanged();
    showRows();
}

void NodeTable::refresh()
{
    if (!cluster_)
        return;
    QStringList names;
    for (const NodeState* node : cluster_->nodes()->nodes())
        names.append(node->name());
    if (names != names_) {
        names_ = names;
        makeRows();
        return;
    }
    int differences = 0;
    bool sameRows = true;
    for (int i = 0; i < int(rows_.size()); ++i) {
        Row& row = rows_[std::size_t(i)];
        const bool changed = read(row);
        differences += row.differs ? 1 : 0;
        const auto place = shown_.indexOf(i);
        sameRows = sameRows && isShown(row) == (place >= 0);
        if (changed && place >= 0)
            Q_EMIT dataChanged(index(int(place)), index(int(place)), {CellsRole, OddRole, DiffersRole});
    }
    if (!sameRows)
        showRows();
    if (differences != differences_) {
        differences_ = differences;
        Q_EMIT differencesChanged();
    }
}

void NodeTable::makeRows()
{
    beginResetModel();
    QStringList ids;
    for (const NodeState* node : cluster_->nodes()->nodes()) {
        if (!node->id().isEmpty())
            ids.append(node->id());
    }
    rows_.clear();
    shown_.clear();
    for (const NodeField& field : nodeFields(ids)) {
        Row row{field, {}, {}, false};
        read(row);
        rows_.push_back(std::move(row));
    }
    for (int i = 0; i < int(rows_.size()); ++i) {
        if (isShown(rows_[std::size_t(i)]))
            shown_.append(i);
    }
    differences_ = int(std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.differs; }));
    endResetModel();
    Q_EMIT differencesChanged();
    Q_EMIT countChanged();
}

bool NodeTable::read(Row& row) const
{
    QVariantList cells;
    for (const NodeState* node : cluster_->nodes()->nodes())
        cells.append(row.field.read(*node));
    // NaN differs from itself: two unknown figures are the same here.
    const bool changed =
        cells.size() != row.cells.size() ||
        !std::equal(cells.begin(), cells.end(), row.cells.begin(),
                    [](const QVariant& a, const QVariant& b) { return a == b || (!known(a) && !known(b)); });
    row.cells = std::move(cells);
    const QVariantList odd = oddOnes(row);
    const bool other = changed || odd != row.odd;
    row.odd = odd;
    row.differs = odd.contains(true);
    return other;
}

QVariantList NodeTable::oddOnes(const Row& row) const
{
    // A figure that nobody has heard for seconds is old, not different.
    QVariantList fresh = row.cells;
    const QList<NodeState*>& nodes = cluster_->nodes()->nodes();
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        if (nodes[i]->freshness() > NodeState::Freshness::Aging &&
            row.field.compare == NodeField::Compare::Closely)
            fresh[i] = QVariant();
    }
    const double rate = cluster_->acknowledgedPerS();
    return differing(fresh, row.field.compare, std::max(closeAtLeast, std::isnan(rate) ? 0 : 2 * rate));
}

bool NodeTable::isShown(const Row& row) const
{
    return (!onlyDifferences_ || row.differs) &&
           (filter_.isEmpty() || row.field.label.contains(filter_, Qt::CaseInsensitive) ||
            row.field.group.contains(filter_, Qt::CaseInsensitive));
}

void NodeTable::showRows()
{
    const auto before = shown_.size();
    qsizetype place = 0;
    for (int i = 0; i < int(rows_.size()); ++i) {
        const bool wanted = isShown(rows_[std::size_t(i)]);
        const bool there = place < shown_.size() && shown_[place] == i;
        if (there && !wanted) {
            beginRemoveRows({}, int(place), int(place));
            shown_.removeAt(place);
            endRemoveRows();
        } else if (!there && wanted) {
            beginInsertRows({}, int(place), int(place));
            shown_.insert(place, i);
            endInsertRows();
        }
        place += wanted ? 1 : 0;
    }
    if (shown_.size() != before)
        Q_EMIT countChanged();
}

QString NodeTable::rowAsText(int row) const
{
    if (row < 0 || row >= count())
        return {};
    const Row& shown = rows_[std::size_t(shown_[row])];
    QStringList lines{shown.field.label};
    for (qsizetype i = 0; i < shown.cells.size(); ++i)
        lines.append(names_.value(i) + QLatin1Char('\t') + shown.cells[i].toString());
    return lines.join(QLatin1Char('\n'));
}

int NodeTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant NodeTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = rows_[std::size_t(shown_[index.row()])];
    switch (role) {
    case GroupRole:
        return row.field.group;
    case LabelRole:
    case Qt::DisplayRole:
        return row.field.label;
    case TipRole:
        return row.field.tip;
    case FormatRole:
        return row.field.format;
    case CellsRole:
        return row.cells;
    case OddRole:
        return row.odd;
    case DiffersRole:
        return row.differs;
    default:
        return {};
    }
}

QHash<int, QByteArray> NodeTable::roleNames() const
{
    return {{GroupRole, "group"}, {LabelRole, "label"}, {TipRole, "tip"},        {FormatRole, "format"},
            {CellsRole, "cells"}, {OddRole, "odd"},     {DiffersRole, "differs"}};
}

} // namespace dsmsg::monitor
