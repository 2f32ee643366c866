// SPDX-License-Identifier: GPL-3.0-or-later
//
// FNV-1a (Fowler, Noll, Vo): nobody attacks a trace, and it costs nothing beside making the line.
#include "tests/support/sim/Trace.h"

#include <ostream>

namespace dsmsg::sim {

void Trace::add(std::string what)
{
    const auto now = events_.now().count();
    std::string stamp = std::to_string(now % 1000000);
    std::string line = text(now / 1000000, '.', std::string(6 - stamp.size(), '0'), stamp, "  ", what);
    for (const char c : line)
        hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    if (sink_)
        *sink_ << line << '\n';
    tail_.push_back(std::move(line));
    if (tail_.size() > keptLines)
        tail_.pop_front();
}

} // namespace dsmsg::sim
