// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pieces that frames are made of, written and read in one way by Frame.cpp and RaftCodec.cpp, and by
// nobody else.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "core/base/Cbor.h"
#include "core/base/Ids.h"

namespace dsmsg::net {

/// The array of a frame: its kind, then its fields.
template <class Kind>
void begin(CborWriter& out, Kind kind, std::size_t fields)
{
    out.array(fields + 1);
    out.unsignedInteger(static_cast<std::uint64_t>(kind));
}

template <class Tag>
void put(CborWriter& out, Counter<Tag> counter)
{
    out.unsignedInteger(counter.value);
}

template <class CounterType>
CounterType get(CborReader& in)
{
    return CounterType(in.unsignedInteger());
}

inline void getBits(CborReader& in, Bits128& bits)
{
    const std::string_view bytes = in.bytes();
    if (bytes.size() == bits.bytes.size())
        std::ranges::copy(bytes, reinterpret_cast<char*>(bits.bytes.data()));
    else
        in.fail();
}

} // namespace dsmsg::net
