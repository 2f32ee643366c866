// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compares what the clients were told with what all nodes hold in the end. Knows nothing of the faults.
#pragma once

#include <QHash>
#include <QStringList>
#include <vector>

#include "tests/support/process/LoadClients.h"
#include "tests/support/process/ProcessCluster.h"

namespace dsmsg::torture {

/// Linearizability of the append-only log in real time: a message that was sent after another one had been
/// acknowledged has the greater seq. `stored`: every id with its seq, acknowledged or not.
QStringList checkRealTime(const std::vector<test::Sent>& sent, const QHash<QString, quint64>& stored);

/// All of it: test::verify(), nothing stored that nobody sent, and the order in real time. All nodes must be
/// awake and have nothing more to do.
QStringList judge(test::ProcessCluster& cluster, const std::vector<test::Sent>& sent);

} // namespace dsmsg::torture
