// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads back everything from every node and compares it with what the clients were promised (PROOF.md, 4):
// each acknowledged message once, under its seq, with its own payload, on every node; no gap from 1; no id
// twice; the same bytes from all nodes; equal state hashes. Knows nothing of what was done to the nodes.
#pragma once

#include <QStringList>
#include <vector>

#include "tests/support/process/LoadClients.h"
#include "tests/support/process/ProcessCluster.h"

namespace dsmsg::test {

/// What does not hold, in words; the first few of each kind. Empty: all is well. All members must be awake.
QStringList verify(ProcessCluster& cluster, const std::vector<Sent>& sent);

} // namespace dsmsg::test
