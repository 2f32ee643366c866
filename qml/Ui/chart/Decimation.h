// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fewer points that draw the same picture: of all points that fall into one column of pixels, the first, the
// lowest, the highest and the last stay. A spike of one point in ten thousand is still there.
#pragma once

#include <span>
#include <vector>

#include "qml/Ui/chart/ChartSeries.h"

namespace dsmsg::ui {

/// Points without a gap between them.
using ChartRun = std::vector<ChartPoint>;

/// `points` in the order of time, cut where a value is NaN or where more than `gap` seconds are missing, and
/// thinned so that at most four remain in each of the `columns` of [from, to). Edges of a band keep their
/// extremes: the lowest `low` and the highest `high` of a column are on the points that remain.
std::vector<ChartRun> decimate(std::span<const ChartPoint> points, double from, double to, int columns,
                               double gap);

} // namespace dsmsg::ui
