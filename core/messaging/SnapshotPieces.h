// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the codec of snapshots and their builder share.
#pragma once

#include <string>

#include "core/messaging/Store.h"

namespace dsmsg::messaging {

/// `what` is wrong with a piece of a snapshot, beginning with a verb.
Error invalidPiece(const std::string& what);

/// What holds for any chunk, whatever store it is for.
bool isOrdered(const StateChunk& chunk);

} // namespace dsmsg::messaging
