// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/Scenario.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dsmsg::monitor {

namespace {

constexpr qsizetype stepsMax = 100;
constexpr double secondsMax = 600;
constexpr int perSecondMax = 5000;

/// Where translators find the words of steps.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Scenario)
};

Error wrong(qsizetype step, const QString& why)
{
    return {Error::Kind::Invalid, QStringLiteral("Step %1: %2").arg(step + 1).arg(why).toStdString()};
}

/// Files hold the values as a person types them, in the unit that the page shows.
Result<ScenarioStep> readStep(const QJsonObject& object, qsizetype number, double seconds)
{
    ScenarioStep step;
    step.atS = object.value(QLatin1String("at")).toDouble(-1);
    step.what = object.value(QLatin1String("do")).toString();
    step.node = object.value(QLatin1String("node")).toString();
    step.as = object.value(QLatin1String("as")).toString();
    step.peers = object.value(QLatin1String("peers")).toString();
    if (step.atS < 0 || step.atS > seconds)
        return wrong(number, QStringLiteral("\"at\" must be from 0 to \"seconds\""));
    const bool known = step.isFault() || step.what == QStringLiteral("kill") ||
                       step.what == QStringLiteral("restart") || step.what == QStringLiteral("heal");
    if (!known)
        return wrong(
            number, QStringLiteral("\"do\" is \"%1\"; known are kill, restart, heal, pause, partition, "
                                   "delay, loss, clock_offset, clock_drift, disk_full, disk_slow, fsync_fail")
                        .arg(step.what));
    if (step.node.isEmpty() && step.what != QStringLiteral("heal"))
        return wrong(number, QStringLiteral("it names no node: \"leader\", \"follower\", \"other follower\", "
                                            "\"minority\", \"everybody\", an earlier \"as\", or an id"));
    if (step.isFault()) {
        QVariantMap fault = object.toVariantMap();
        fault.remove(QStringLiteral("peers"));
        fault.insert(QStringLiteral("kind"), step.what);
        step.fault = Fault::fromMap(fault);
    }
    return step;
}

} // namespace

QString ScenarioStep::title() const
{
    if (what == QStringLiteral("heal"))
        return Text::tr("Heal everything");
    const QString who = node == QStringLiteral("leader")           ? Text::tr("the leader")
                        : node == QStringLiteral("follower")       ? Text::tr("a follower")
                        : node == QStringLiteral("other follower") ? Text::tr("another follower")
                        : node == QStringLiteral("minority")       ? Text::tr("a minority")
                        : node == QStringLiteral("everybody")      ? Text::tr("every node")
                        : node == QStringLiteral("victim")         ? Text::tr("the same node")
                                                                   : node;
    if (what == QStringLiteral("kill"))
        return Text::tr("Kill %1").arg(who);
    if (what == QStringLiteral("restart"))
        return Text::tr("Start %1 again").arg(who);
    Fault shown = fault;
    if (!peers.isEmpty())
        shown.peers = {peers};
    return QStringLiteral("%1: %2").arg(who.left(1).toUpper() + who.mid(1), shown.text());
}

double Scenario::lastsS(qsizetype number) const
{
    const ScenarioStep& step = steps[number];
    if (step.isFault())
        return std::min(step.fault.forS, seconds - step.atS);
    if (step.what != QStringLiteral("kill"))
        return 0;
    for (const ScenarioStep& later : steps) {
        const bool ends =
            later.what == QStringLiteral("restart") && (later.node == step.as || later.node == step.node);
        if (later.atS >= step.atS && ends)
            return later.atS - step.atS;
    }
    return seconds - step.atS;
}

bool Scenario::kills() const
{
    return std::ranges::any_of(steps, [](const ScenarioStep& step) {
        return step.what == QStringLiteral("kill") || step.what == QStringLiteral("restart");
    });
}

QByteArray Scenario::json() const
{
    QJsonArray list;
    for (const ScenarioStep& step : steps) {
        QJsonObject object{{QStringLiteral("at"), step.atS}, {QStringLiteral("do"), step.what}};
        if (!step.node.isEmpty())
            object.insert(QStringLiteral("node"), step.node);
        if (!step.as.isEmpty())
            object.insert(QStringLiteral("as"), step.as);
        if (!step.peers.isEmpty())
            object.insert(QStringLiteral("peers"), step.peers);
        if (step.isFault()) {
            object.insert(QStringLiteral("for_s"), step.fault.forS);
            if (step.fault.value)
                object.insert(QStringLiteral("value"), *step.fault.value / faultKind(step.what)->perUnit);
            if (!step.fault.direction.isEmpty())
                object.insert(QStringLiteral("direction"), step.fault.direction);
        }
        list.append(object);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("name"), name},
                                     {QStringLiteral("about"), about},
                                     {QStringLiteral("icon"), iconName},
                                     {QStringLiteral("seconds"), seconds},
                                     {QStringLiteral("per_s"), perSecond},
                                     {QStringLiteral("steps"), list}})
        .toJson();
}

Result<Scenario> readScenario(const QByteArray& json)
{
    QJsonParseError problem;
    const QJsonObject object = QJsonDocument::fromJson(json, &problem).object();
    if (object.isEmpty())
        return Error{Error::Kind::Invalid, "This is no scenario: " + problem.errorString().toStdString()};
    Scenario scenario;
    scenario.name = object.value(QLatin1String("name")).toString();
    scenario.about = object.value(QLatin1String("about")).toString();
    scenario.iconName = object.value(QLatin1String("icon")).toString(QStringLiteral("zap"));
    scenario.seconds = object.value(QLatin1String("seconds")).toDouble(scenario.seconds);
    scenario.perSecond = object.value(QLatin1String("per_s")).toInt(scenario.perSecond);
    const QJsonArray steps = object.value(QLatin1String("steps")).toArray();
    if (scenario.name.isEmpty() || steps.isEmpty())
        return Error{Error::Kind::Invalid, "A scenario needs a \"name\" and \"steps\""};
    if (scenario.seconds < 1 || scenario.seconds > secondsMax)
        return Error{Error::Kind::Invalid, "\"seconds\" must be from 1 to 600"};
    if (scenario.perSecond < 1 || scenario.perSecond > perSecondMax)
        return Error{Error::Kind::Invalid, "\"per_s\" must be from 1 to 5000"};
    if (steps.size() > stepsMax)
        return Error{Error::Kind::Invalid, "more than 100 steps"};
    for (qsizetype i = 0; i < steps.size(); ++i) {
        auto step = readStep(steps[i].toObject(), i, scenario.seconds);
        if (!step)
            return step.error();
        scenario.steps.append(*step);
    }
    std::ranges::stable_sort(scenario.steps, {}, &ScenarioStep::atS);
    return scenario;
}

QList<Scenario> bundledScenarios()
{
    QList<Scenario> all;
    const QDir folder(QStringLiteral(":/qt/qml/Dsmsg/Model/lab/scenarios"));
    for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto scenario = readScenario(file.readAll());
        if (!scenario)
            continue;
        scenario->id = name.chopped(5).mid(3); // "10-kill-leader.json"
        all.append(*scenario);
    }
    return all;
}

QStringList ScenarioCast::find(const QString& who) const
{
    if (aliases.contains(who))
        return aliases.value(who);
    if (who == QStringLiteral("everybody"))
        return everybody;
    if (who == QStringLiteral("leader"))
        return leader.isEmpty() ? QStringList() : QStringList{leader};
    QStringList followers = everybody;
    followers.removeAll(leader);
    if (who == QStringLiteral("follower"))
        return followers.mid(0, 1);
    if (who == QStringLiteral("other follower"))
        return followers.mid(1, 1);
    if (who == QStringLiteral("minority"))
        return followers.mid(0, (everybody.size() - 1) / 2);
    return everybody.contains(who) ? QStringList{who} : QStringList();
}

} // namespace dsmsg::monitor
