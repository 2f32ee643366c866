// SPDX-License-Identifier: GPL-3.0-or-later
//
// Joins words and numbers into a trace line. Streams are several times slower and every event of every seed
// writes a line, because the hash of the trace is what proves that a seed replays.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "core/base/Ids.h"

namespace dsmsg::sim {

inline void append(std::string& out, std::string_view text)
{
    out += text;
}
inline void append(std::string& out, char c)
{
    out += c;
}
template <std::integral T>
void append(std::string& out, T number)
{
    out += std::to_string(number);
}
template <class Tag>
void append(std::string& out, Counter<Tag> counter)
{
    out += std::to_string(counter.value);
}

template <class... Parts>
std::string text(const Parts&... parts)
{
    std::string out;
    out.reserve(96);
    (append(out, parts), ...);
    return out;
}

} // namespace dsmsg::sim
