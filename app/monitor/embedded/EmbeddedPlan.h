// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where an embedded cluster lives: a folder of its own with a data directory for each node, and the ports
// that its nodes were made with, because a node's data belongs to the address it had. A folder whose ports
// somebody else has taken is left alone and another one is made, so that two monitors can run side by side.
#pragma once

#include <cstdint>

#include <QList>
#include <QString>

#include "core/base/Result.h"

namespace dsmsg::monitor {

struct EmbeddedPlan
{
    QString folder;
    QList<std::uint16_t> ports; ///< of n1, n2, ...
    bool kept = false;          ///< it was there before, with its messages

    QString nameOf(int node) const { return QStringLiteral("n%1").arg(node + 1); }
    QString urlOf(int node) const { return QStringLiteral("http://127.0.0.1:%1").arg(ports[node]); }
    QString directoryOf(int node) const { return folder + QLatin1Char('/') + nameOf(node); }
};

/// $XDG_STATE_HOME/dsmsg/embedded.
QString embeddedRoot();
/// The folder below `root` for a cluster of `nodes`, made when there is none that can be used. Any thread;
/// touches the disk.
Result<EmbeddedPlan> planEmbedded(const QString& root, int nodes);

} // namespace dsmsg::monitor
