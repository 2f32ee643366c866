// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run of `dsmsg bench` says at its end, to a program and to a person.
#pragma once

#include <optional>

#include <QJsonObject>
#include <QStringList>

#include "app/cli/bench/Tally.h"
#include "core/client/Types.h"

namespace dsmsg::bench {

struct NodeFigures
{
    QUrl url;
    std::optional<client::NodeStatus> before, after; ///< none: it did not answer
    std::optional<Duration> cpu;                     ///< while it was measured; none when it is not known
};

struct Report
{
    QJsonObject settings; ///< as they were given
    QString headline;     ///< the same in words
    QString run;          ///< what all message ids begin with
    const Tally& tally;
    double measuredSeconds = 0;
    bool interrupted = false;
    std::vector<NodeFigures> nodes;
    Duration clientCpu{}; ///< while it was measured
    QString lastProblem;

    /// Every message is acknowledged, or was never sent.
    bool clean() const;
    /// How many messages the cluster has more than before; none when no node tells.
    std::optional<quint64> stored() const;
    QJsonObject json() const;
    QStringList lines() const;

private:
    QString cpuInWords() const;
};

} // namespace dsmsg::bench
