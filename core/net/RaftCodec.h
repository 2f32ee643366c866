// SPDX-License-Identifier: GPL-3.0-or-later
//
// Raft's messages as CBOR, for the frames of the peer link. The kinds continue those of Frame.cpp. Reading
// trusts nothing: what is malformed or out of range fails the reader.
#pragma once

#include <cstdint>

#include "core/base/Cbor.h"
#include "core/raft/Message.h"

namespace dsmsg::net {

/// Begins the frame's array and writes its kind and fields.
void writeMessage(CborWriter& out, const raft::Message& message);
/// Reads the fields of `kind`; the array's head and the kind are consumed already. Fails `in` for an unknown
/// kind.
raft::Message readMessage(std::uint64_t kind, CborReader& in);
/// Bytes that writeMessage will roughly need.
std::size_t messageSizeHint(const raft::Message& message);

} // namespace dsmsg::net
