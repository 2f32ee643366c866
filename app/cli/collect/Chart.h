// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line chart as inline SVG: axes with round ticks and units, a line a series, a band where a value has a
// bound, marks where something happened. Colours are the page's (classes s0, s1, ...), so that one chart
// serves light and dark; series also differ in their dashes, because lines of nodes that agree lie on each
// other, and because not everybody sees colours.
#pragma once

#include <optional>
#include <vector>

#include <QString>

namespace dsmsg::collect {

struct ChartPoint
{
    double x = 0; ///< seconds
    double y = 0;
    std::optional<double> bound; ///< the band is y - bound to y + bound
};

struct ChartSeries
{
    QString name;
    std::vector<ChartPoint> points; ///< ascending x
};

struct Chart
{
    QString title;      ///< with the unit of y
    QString unit;       ///< of y, for tool tips
    double seconds = 0; ///< of the x axis
    std::vector<ChartSeries> series;
    std::vector<double> marks; ///< moments, each a numbered vertical line

    QString svg() const;
};

/// A step of 1, 2 or 5 times a power of ten that cuts `range` into at most `most` parts.
double roundStep(double range, int most);

} // namespace dsmsg::collect
