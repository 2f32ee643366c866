// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node remembers of its past, from /observe/history (docs/OBSERVE.md), as plain values. Read off the
// GUI thread. What the node does not know is NaN.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include <QByteArray>

namespace dsmsg::monitor {

struct HistoryRow
{
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

    double ts = 0;      ///< cluster time at the end of the row, seconds
    double seconds = 1; ///< how many it covers
    bool leads = false;
    double term = 0;
    double acknowledgedPerS = unknown;
    double p50Ms = unknown, p95Ms = unknown, p99Ms = unknown;
    double boundMs = unknown;
    double clockOffsetMs = unknown;
    double commit = unknown;
    double lag = unknown; ///< entries that the last follower lacks, where this node leads
};

struct HistoryPage
{
    std::vector<HistoryRow> rows;   ///< oldest first
    std::optional<double> nextFrom; ///< there is more, from here on
};

/// One answer's body; nullopt: it is none. Any thread. Columns are found by name, so others may be added.
std::optional<HistoryPage> readHistory(const QByteArray& json);

} // namespace dsmsg::monitor
