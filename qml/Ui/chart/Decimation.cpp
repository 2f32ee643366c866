// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/Decimation.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::ui {

namespace {

/// Adds to `run` what stands for `column`: points of one column of pixels, without a gap.
void addColumn(ChartRun& run, std::span<const ChartPoint> column)
{
    if (column.size() <= 4) {
        run.insert(run.end(), column.begin(), column.end());
        return;
    }
    const auto byValue = [](const ChartPoint& a, const ChartPoint& b) { return a.value < b.value; };
    const auto [least, most] = std::minmax_element(column.begin(), column.end(), byValue);
    double low = column.front().low;
    double high = column.front().high;
    for (const ChartPoint& point : column) {
        low = std::isnan(low) ? point.low : std::min(low, point.low);
        high = std::isnan(high) ? point.high : std::max(high, point.high);
    }
    std::vector<decltype(column.begin())> kept{column.begin(), least, most, column.end() - 1};
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    for (const auto& point : kept) {
        run.push_back(*point);
        run.back().low = low;
        run.back().high = high;
    }
}

} // namespace

std::vector<ChartRun> decimate(std::span<const ChartPoint> points, double from, double to, int columns,
                               double gap)
{
    std::vector<ChartRun> runs;
    const double perColumn = (to - from) / std::max(1, columns);
    const auto columnOf = [&](const ChartPoint& point) {
        return std::floor((point.time - from) / perColumn);
    };
    bool open = false;
    for (std::size_t at = 0; at < points.size();) {
        if (std::isnan(points[at].value)) {
            open = false;
            ++at;
            continue;
        }
        if (open && points[at].time - runs.back().back().time > gap)
            open = false;
        if (!open) {
            runs.emplace_back();
            open = true;
        }
        std::size_t end = at + 1;
        while (end < points.size() && !std::isnan(points[end].value) &&
               points[end].time - points[end - 1].time <= gap &&
               columnOf(points[end]) == columnOf(points[at]))
            ++end;
        addColumn(runs.back(), points.subspan(at, end - at));
        at = end;
    }
    return runs;
}

} // namespace dsmsg::ui
