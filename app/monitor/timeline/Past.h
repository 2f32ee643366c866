// SPDX-License-Identifier: GPL-3.0-or-later
//
// The memories of several nodes put together as the past of one cluster. What concerns the whole cluster is
// taken, for each moment, from the node that led in the highest term then; where nobody led, there is a gap.
#pragma once

#include <vector>

#include <QHash>
#include <QString>

#include "app/monitor/timeline/HistoryRow.h"
#include "qml/Ui/chart/ChartSeries.h"

namespace dsmsg::monitor {

using Points = std::vector<ui::ChartPoint>;

struct Past
{
    Points acknowledged;
    Points p50, p95, p99;
    Points worstLag;
    Points worstBound;
    QHash<QString, Points> offsets; ///< by node, with the bound as a band
};

/// `rows` of each node, by its id, oldest first.
Past pastOf(const QHash<QString, std::vector<HistoryRow>>& rows);

/// `value` with a band of `bound` to both sides; without one where it is not known.
ui::ChartPoint withBound(double time, double value, double bound);

} // namespace dsmsg::monitor
