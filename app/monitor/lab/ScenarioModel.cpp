// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/ScenarioModel.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>

namespace dsmsg::monitor {

namespace {

constexpr qint64 fileBytesMax = 100'000;
const QString ownPrefix = QStringLiteral("own-");

/// A file's name out of a person's words.
QString idFrom(const QString& name)
{
    QString id = name.toLower();
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
    id.replace(others, QStringLiteral("-"));
    return ownPrefix + id.left(40);
}

} // namespace

ScenarioModel::ScenarioModel(QString folder, QObject* parent)
    : QAbstractListModel(parent)
    , folder_(std::move(folder))
    , scenarios_(bundledScenarios())
{
}

QString ScenarioModel::ownFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/dsmsg/scenarios");
}

QString ScenarioModel::fileOf(const QString& id) const
{
    return folder_ + QLatin1Char('/') + id + QStringLiteral(".json");
}

void ScenarioModel::reload()
{
    QList<Scenario> own;
    const QStringList names =
        QDir(folder_).entryList({ownPrefix + QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString& name : names.mid(0, ownMax)) {
        QFile file(folder_ + QLatin1Char('/') + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto scenario = readScenario(file.read(fileBytesMax));
        if (!scenario)
            continue;
        scenario->id = name.chopped(5);
        scenario->own = true;
        own.append(*scenario);
    }
    const auto firstOwn = std::ranges::find(scenarios_, true, &Scenario::own);
    const int bundled = static_cast<int>(firstOwn - scenarios_.begin());
    if (count() > bundled) {
        beginRemoveRows({}, bundled, count() - 1);
        scenarios_.erase(firstOwn, scenarios_.end());
        endRemoveRows();
    }
    if (!own.isEmpty()) {
        beginInsertRows({}, bundled, bundled + static_cast<int>(own.size()) - 1);
        scenarios_.append(own);
        endInsertRows();
    }
    Q_EMIT countChanged();
}

QString ScenarioModel::save(const QString& id, const QString& json)
{
    const auto scenario = readScenario(json.toUtf8());
    if (!scenario)
        return QString::fromStdString(scenario.error().text);
    if (id.isEmpty() && count() - bundledScenarios().size() >= ownMax)
        return tr("There are %1 own scenarios already. Delete one first.").arg(ownMax);
    QDir().mkpath(folder_);
    QSaveFile file(fileOf(id.startsWith(ownPrefix) ? id : idFrom(scenario->name)));
    const QByteArray text = scenario->json();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return tr("Cannot write %1: %2").arg(file.fileName(), file.errorString());
    lastSaved_ = QFileInfo(file.fileName()).completeBaseName();
    reload();
    return {};
}

void ScenarioModel::remove(const QString& id)
{
    if (id.startsWith(ownPrefix))
        QFile::remove(fileOf(id));
    reload();
}

QString ScenarioModel::json(const QString& id) const
{
    const Scenario* scenario = find(id);
    return scenario != nullptr ? QString::fromUtf8(scenario->json()) : QString();
}

const Scenario* ScenarioModel::find(const QString& id) const
{
    const auto found = std::ranges::find(scenarios_, id, &Scenario::id);
    return found == scenarios_.end() ? nullptr : &*found;
}

QVariantMap ScenarioModel::get(const QString& id) const
{
    const auto found = std::ranges::find(scenarios_, id, &Scenario::id);
    QVariantMap values;
    if (found == scenarios_.end())
        return values;
    const QHash<int, QByteArray> names = roleNames();
    const QModelIndex at = index(static_cast<int>(found - scenarios_.begin()));
    for (auto name = names.begin(); name != names.end(); ++name)
        values.insert(QString::fromLatin1(name.value()), data(at, name.key()));
    return values;
}

int ScenarioModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ScenarioModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Scenario& scenario = scenarios_[index.row()];
    switch (role) {
    case ScenarioIdRole:
        return scenario.id;
    case NameRole:
        return scenario.own ? scenario.name
                            : QCoreApplication::translate("Scenarios", scenario.name.toUtf8());
    case AboutRole:
        return scenario.own ? scenario.about
                            : QCoreApplication::translate("Scenarios", scenario.about.toUtf8());
    case IconNameRole:
        return scenario.iconName;
    case SecondsRole:
        return scenario.seconds;
    case PerSecondRole:
        return scenario.perSecond;
    case StepsRole: {
        QVariantList steps;
        for (qsizetype i = 0; i < scenario.steps.size(); ++i)
            steps.append(QVariantMap{{QStringLiteral("atS"), scenario.steps[i].atS},
                                     {QStringLiteral("lastsS"), scenario.lastsS(i)},
                                     {QStringLiteral("title"), scenario.steps[i].title()}});
        return steps;
    }
    case KillsRole:
        return scenario.kills();
    case OwnRole:
        return scenario.own;
    default:
        return {};
    }
}

QHash<int, QByteArray> ScenarioModel::roleNames() const
{
    return {{ScenarioIdRole, "scenarioId"}, {NameRole, "name"},       {AboutRole, "about"},
            {IconNameRole, "iconName"},     {SecondsRole, "seconds"}, {PerSecondRole, "perSecond"},
            {StepsRole, "steps"},           {KillsRole, "kills"},     {OwnRole, "own"}};
}

} // namespace dsmsg::monitor
