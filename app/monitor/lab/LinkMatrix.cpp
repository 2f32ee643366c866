// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/LinkMatrix.h"

#include <algorithm>

#include <QLocale>

namespace dsmsg::monitor {

void LinkMatrix::update(const QList<Node>& nodes)
{
    QStringList names;
    for (const Node& node : nodes)
        names.append(node.name);
    const bool reshaped = names != names_;
    if (reshaped) {
        beginResetModel(); // members came or went: another grid
        names_ = names;
        cells_.assign(static_cast<std::size_t>(nodes.size() * nodes.size()), {});
    }
    bool changed = reshaped;
    for (int from = 0; from < size(); ++from) {
        for (int to = 0; to < size(); ++to) {
            Cell next = from == to ? Cell{Self, 0, 0, {}} : work(nodes[from], nodes[to]);
            Cell& cell = cells_[at(from, to)];
            if (next == cell)
                continue;
            cell = std::move(next);
            changed = true;
            const QModelIndex where = index(static_cast<int>(at(from, to)));
            if (!reshaped)
                Q_EMIT dataChanged(where, where);
        }
    }
    if (reshaped) {
        endResetModel();
        Q_EMIT shapeChanged();
    }
    if (changed)
        Q_EMIT cellsChanged();
}

LinkMatrix::Cell LinkMatrix::work(const Node& speaker, const Node& listener)
{
    Cell cell;
    const auto suffer = [&cell](const Node& node, const Fault& fault) {
        if (fault.kind == QStringLiteral("partition"))
            cell.cutBy.append(node.name);
        else if (fault.kind == QStringLiteral("delay"))
            cell.delayMs += fault.value.value_or(0);
        else
            cell.loss = 1 - (1 - cell.loss) * (1 - fault.value.value_or(0));
    };
    for (const Fault& fault : speaker.faults) {
        if (fault.outgoing() && fault.concerns(listener.name, listener.url))
            suffer(speaker, fault);
    }
    for (const Fault& fault : listener.faults) {
        if (fault.incoming() && fault.concerns(speaker.name, speaker.url))
            suffer(listener, fault);
    }
    cell.cutBy.removeDuplicates();
    if (!cell.cutBy.isEmpty())
        cell.state = Cut;
    else if (!listener.heardFrom)
        cell.state = Unknown;
    else if (!listener.hears.contains(speaker.name))
        cell.state = Silent;
    else if (cell.loss > 0)
        cell.state = Lossy;
    else
        cell.state = cell.delayMs > 0 ? Slow : Open;
    return cell;
}

bool LinkMatrix::isCut(const QString& from, const QString& to) const
{
    const qsizetype row = names_.indexOf(from);
    const qsizetype column = names_.indexOf(to);
    return row >= 0 && column >= 0 && cell(static_cast<int>(row), static_cast<int>(column)).state == Cut;
}

int LinkMatrix::cutCount() const
{
    return static_cast<int>(std::ranges::count(cells_, Cut, &Cell::state));
}

QString LinkMatrix::textOf(int from, int to) const
{
    const Cell& cell = cells_[at(from, to)];
    const QString& speaker = names_[from];
    const QString& listener = names_[to];
    switch (cell.state) {
    case Self:
        return tr("%1 itself").arg(speaker);
    case Open:
        return tr("%1 reaches %2.").arg(speaker, listener);
    case Cut:
        return tr("%1 does not reach %2: cut by a fault of %3.")
            .arg(speaker, listener, cell.cutBy.join(QStringLiteral(", ")));
    case Lossy:
        return tr("%1 reaches %2, but %3 % of what it says is lost.")
            .arg(speaker, listener, QLocale().toString(cell.loss * 100, 'f', 0));
    case Slow:
        return tr("%1 reaches %2, %3 ms late.")
            .arg(speaker, listener, QLocale().toString(cell.delayMs, 'f', 0));
    case Silent:
        return tr("%1 hears nothing of %2, and no fault of a link is the reason.").arg(listener, speaker);
    case Unknown:
        break;
    }
    return tr("%1 does not answer, so nobody knows whether it hears %2.").arg(listener, speaker);
}

int LinkMatrix::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(cells_.size());
}

QVariant LinkMatrix::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Cell& cell = cells_[static_cast<std::size_t>(index.row())];
    const int from = index.row() / size();
    const int to = index.row() % size();
    switch (role) {
    case FromRole:
        return names_[from];
    case ToRole:
        return names_[to];
    case StateRole:
        return cell.state;
    case TextRole:
        return textOf(from, to);
    case DelayMsRole:
        return cell.delayMs;
    case LossRole:
        return cell.loss;
    case CutByRole:
        return cell.cutBy;
    default:
        return {};
    }
}

QHash<int, QByteArray> LinkMatrix::roleNames() const
{
    return {{FromRole, "from"},       {ToRole, "to"},     {StateRole, "linkState"}, {TextRole, "linkText"},
            {DelayMsRole, "delayMs"}, {LossRole, "loss"}, {CutByRole, "cutBy"}};
}

} // namespace dsmsg::monitor
