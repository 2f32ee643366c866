// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/CommandModel.h"

#include <algorithm>

#include "app/monitor/app/FuzzyMatch.h"

namespace dsmsg::monitor {

namespace {

QString field(const QVariant& command, const char* name)
{
    return command.toMap().value(QLatin1String(name)).toString();
}

QString marked(const QString& title, const QList<int>& positions)
{
    QString result;
    for (int at = 0; at < title.size(); ++at) {
        const QString letter = QString(title[at]).toHtmlEscaped();
        result += positions.contains(at) ? QStringLiteral("<b>%1</b>").arg(letter) : letter;
    }
    return result;
}

} // namespace

void CommandModel::setCommands(const QVariantList& commands)
{
    commands_ = commands;
    filter();
    Q_EMIT commandsChanged();
}

void CommandModel::setQuery(const QString& query)
{
    if (query == query_)
        return;
    query_ = query;
    filter();
    Q_EMIT queryChanged();
}

void CommandModel::filter()
{
    std::vector<Shown> shown;
    for (int row = 0; row < commands_.size(); ++row) {
        const QString title = field(commands_[row], "title");
        if (const auto hit = fuzzyMatch(query_, title)) {
            shown.push_back({row, hit->score, hit->positions});
        } else if (fuzzyMatch(query_, title + QLatin1Char(' ') + field(commands_[row], "group") +
                                          QLatin1Char(' ') + field(commands_[row], "hint"))) {
            shown.push_back({row, 0, {}}); // by its group or hint only: after those by title
        }
    }
    // Equal ones stay as QML ordered them.
    std::ranges::stable_sort(shown, std::ranges::greater(), &Shown::score);
    if (shown.size() > mostShown)
        shown.resize(mostShown);
    // What is typed changes everything at once: here a reset is the difference.
    beginResetModel();
    shown_ = std::move(shown);
    endResetModel();
    Q_EMIT countChanged();
}

int CommandModel::sourceOf(int row) const
{
    return row >= 0 && row < count() ? shown_[static_cast<std::size_t>(row)].source : -1;
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Shown& shown = shown_[static_cast<std::size_t>(index.row())];
    const QVariant& command = commands_[shown.source];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return field(command, "title");
    case MarkedRole:
        return marked(field(command, "title"), shown.positions);
    case GroupRole:
        return field(command, "group");
    case IconRole:
        return field(command, "iconName");
    case KeysRole:
        return field(command, "keys");
    case HintRole:
        return field(command, "hint");
    case SourceRole:
        return shown.source;
    default:
        return {};
    }
}

QHash<int, QByteArray> CommandModel::roleNames() const
{
    return {{TitleRole, "title"}, {MarkedRole, "marked"}, {GroupRole, "group"},  {IconRole, "iconName"},
            {KeysRole, "keys"},   {HintRole, "hint"},     {SourceRole, "source"}};
}

} // namespace dsmsg::monitor
