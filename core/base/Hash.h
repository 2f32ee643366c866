// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two hashes of the project. BLAKE2s-128 (RFC 7693) where an adversary may choose the input (message ids)
// and for the running state hash; CRC-32 (zlib) against disks, where only accidents count.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/base/Ids.h"

namespace dsmsg {

/// BLAKE2s with a 16-byte digest over the parts, one after another.
Bits128 blake2s128(std::initializer_list<std::string_view> parts);

std::uint32_t crc32(std::string_view data, std::uint32_t seed = 0);

} // namespace dsmsg
