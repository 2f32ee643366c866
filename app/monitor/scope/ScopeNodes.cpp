// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeNodes.h"
#include "qml/Ui/Format.h"

#include <algorithm>
#include <cmath>

#include <QLocale>

namespace dsmsg::monitor {

namespace {

bool looksTheSame(const SceneNode& a, const SceneNode& b)
{
    return a.known == b.known && a.alive == b.alive && a.role == b.role && a.leads == b.leads &&
           a.term == b.term && a.commit == b.commit && a.applied == b.applied && a.last == b.last &&
           a.match == b.match && a.lag == b.lag && a.faults == b.faults &&
           (a.boundMs == b.boundMs || (std::isnan(a.boundMs) && std::isnan(b.boundMs)));
}

double figure(const SceneNode& node, quint64 value)
{
    return node.known ? double(value) : unknown;
}

double figure(qint64 value)
{
    return value >= 0 ? double(value) : unknown;
}

} // namespace

void ScopeNodes::show(const ScopeScene& scene)
{
    const int before = count();
    for (std::size_t row = 0; row < scene.nodes.size(); ++row) {
        const SceneNode& node = scene.nodes[row];
        while (row < nodes_.size() && nodes_[row].id < node.id) {
            beginRemoveRows({}, int(row), int(row));
            nodes_.erase(nodes_.begin() + std::ptrdiff_t(row));
            endRemoveRows();
        }
        if (row == nodes_.size() || nodes_[row].id != node.id) {
            beginInsertRows({}, int(row), int(row));
            nodes_.insert(nodes_.begin() + std::ptrdiff_t(row), node);
            endInsertRows();
        } else if (!looksTheSame(nodes_[row], node)) {
            nodes_[row] = node;
            Q_EMIT dataChanged(index(int(row)), index(int(row)));
        }
    }
    if (nodes_.size() > scene.nodes.size()) {
        beginRemoveRows({}, int(scene.nodes.size()), count() - 1);
        nodes_.resize(scene.nodes.size());
        endRemoveRows();
    }
    if (count() != before)
        Q_EMIT countChanged();
}

QString ScopeNodes::stateText(const SceneNode& node)
{
    if (!node.known)
        return tr("Never heard");
    if (!node.alive)
        return tr("Silent");
    switch (node.role) {
    case Role::Follower:
        return tr("Follower");
    case Role::Candidate:
        return tr("Candidate");
    case Role::Leader:
        return node.leads ? tr("Leader") : tr("Old leader");
    case Role::Learner:
        return tr("Learner");
    case Role::Unknown:
        break;
    }
    return tr("Unknown");
}

QString ScopeNodes::description(const SceneNode& node)
{
    if (!node.known)
        return tr("%1: never heard of").arg(node.id);
    using ui::Format;
    QString text = tr("%1: %2, term %3, commit %4, applied %5")
                       .arg(node.id, stateText(node), Format::count(double(node.term)),
                            Format::count(double(node.commit)), Format::count(double(node.applied)));
    if (node.lag > 0)
        text += tr(", %1 entries behind").arg(Format::count(double(node.lag)));
    if (node.faults > 0)
        text += tr(", %n fault(s) injected", nullptr, node.faults);
    return text;
}

int ScopeNodes::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ScopeNodes::data(const QModelIndex& index, int role) const
{
    if (index.row() < 0 || index.row() >= count())
        return {};
    const SceneNode& node = nodes_[std::size_t(index.row())];
    switch (role) {
    case NodeIdRole:
        return node.id;
    case LeadsRole:
        return node.leads;
    case AliveRole:
        return node.alive;
    case StateTextRole:
        return stateText(node);
    case TermRole:
        return figure(node, node.term);
    case CommitRole:
        return figure(node, node.commit);
    case AppliedRole:
        return figure(node, node.applied);
    case LastRole:
        return figure(node, node.last);
    case MatchRole:
        return figure(node.match);
    case LagRole:
        return figure(node.lag);
    case BoundMsRole:
        return node.boundMs;
    case DescriptionRole:
        return description(node);
    default:
        return {};
    }
}

QHash<int, QByteArray> ScopeNodes::roleNames() const
{
    return {{NodeIdRole, "nodeId"},   {LeadsRole, "leads"},
            {AliveRole, "alive"},     {StateTextRole, "stateText"},
            {TermRole, "term"},       {CommitRole, "commit"},
            {AppliedRole, "applied"}, {LastRole, "last"},
            {MatchRole, "match"},     {LagRole, "lag"},
            {BoundMsRole, "boundMs"}, {DescriptionRole, "description"}};
}

} // namespace dsmsg::monitor
