// SPDX-License-Identifier: GPL-3.0-or-later
//
// A script that breaks a cluster: steps at their times, with nodes named by what they are ("leader") and not
// who, so that it fits any cluster. Bundled ones and a person's own are the same JSON:
//
//     {"name": "...", "about": "...", "seconds": 12, "per_s": 200,
//      "steps": [{"at": 2, "do": "kill", "node": "leader", "as": "victim"}, {"at": 7, "do": "restart",
//      "node": "victim"}]}
//
// `do` is a kind of fault (with value, for_s, peers, direction), "kill", "restart" or "heal" (everything).
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include "app/monitor/lab/FaultKinds.h"
#include "core/base/Result.h"

namespace dsmsg::monitor {

struct ScenarioStep
{
    double atS = 0;
    QString what;  ///< "kill", "restart", "heal" or a kind of fault
    QString node;  ///< "leader", "follower", "other follower", "minority", "everybody", an earlier `as`, or a
                   ///< node's id
    QString as;    ///< how later steps call the node
    QString peers; ///< same names; empty: every peer
    Fault fault;   ///< of a fault; its peers are filled in when the step runs

    bool isFault() const { return !what.isEmpty() && faultKind(what) != nullptr; }
    QString title() const; ///< "Kill the leader", translated
};

struct Scenario
{
    QString id; ///< of the file
    QString name;
    QString about;
    QString iconName;
    double seconds = 12; ///< of load
    int perSecond = 200; ///< messages
    QList<ScenarioStep> steps;
    bool own = false; ///< a person's, not bundled

    /// How long step `number` is felt: a fault until it heals, a kill until its node is started again.
    double lastsS(qsizetype number) const;
    bool kills() const; ///< needs an embedded cluster
    QByteArray json() const;
};

/// The error says which step is wrong and why.
Result<Scenario> readScenario(const QByteArray& json);
QList<Scenario> bundledScenarios();

/// Whom a step means. "minority" is as many followers as may fail; names that nobody has give none.
struct ScenarioCast
{
    QStringList everybody; ///< in the order of their names
    QString leader;        ///< empty: none
    QHash<QString, QStringList> aliases;

    QStringList find(const QString& who) const;
};

} // namespace dsmsg::monitor
