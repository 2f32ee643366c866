// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/NodeStatus.h"

namespace dsmsg::node {

const char* toString(ReplicationMode mode)
{
    return mode == ReplicationMode::Async ? "async" : "sync_quorum";
}

} // namespace dsmsg::node
