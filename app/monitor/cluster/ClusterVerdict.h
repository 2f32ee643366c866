// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a cluster is, in one sentence, from plain values: a pure function, so that every sentence has its row
// in a test. What counts as a voter that is up: the leader hears it; without a leader, the monitor does.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "app/monitor/cluster/NodeState.h"
#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

enum class VerdictSeverity
{
    Neutral,
    Good,
    Warning,
    Critical
};

/// One node, as far as the verdict goes.
struct NodeView
{
    QString name; ///< its id, else its address
    NodeState::Link link = NodeState::Link::Connecting;
    QString problem;
    bool fresh = false; ///< its sample is under 2 s old, or the newest a poll can have
    SamplePtr sample;   ///< null: none yet
    int effectiveQuorum = 0;
    bool async = false;
};

struct ClusterView
{
    QList<NodeView> nodes;
    double leaderlessS = 0; ///< since when no leader is seen
};

struct ClusterVerdict
{
    QString text;
    VerdictSeverity severity = VerdictSeverity::Neutral;
    int leader = -1; ///< place in ClusterView::nodes; -1: none that can be watched
    QString leaderName;
    QString whyNoLeader;
    double term = 0; ///< the highest seen
    int voters = 0;
    int up = 0;
    int quorum = 0;
    int mayFail = 0;
    QStringList upIds;   ///< voters
    QStringList downIds; ///< same
    bool quorumLost() const { return voters > 0 && up < quorum; }
};

ClusterVerdict judge(const ClusterView& view);

/// What would remain without this node, for who is about to stop or remove it.
QString ifStopped(const ClusterVerdict& verdict, const QString& id);
QString ifRemoved(const ClusterVerdict& verdict, const QString& id);

} // namespace dsmsg::monitor
