// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/SparkPlot.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::ui {

SparkPlot::SparkPlot(QQuickItem* parent)
    : PlotItem(parent)
{
    connect(this, &SparkPlot::looksChanged, this, [this] { redraw(); });
}

void SparkPlot::setSeries(ChartSeries* series)
{
    if (series == series_)
        return;
    if (series_)
        series_->disconnect(this);
    series_ = series;
    if (series_)
        connect(series_, &ChartSeries::changed, this, [this] { redraw(); });
    Q_EMIT looksChanged();
}

std::vector<ChartPoint> SparkPlot::pointsShown() const
{
    if (series_) {
        if (series_->points().empty())
            return {};
        const double to = series_->points().back().time;
        const auto points = series_->between(to - span_, to);
        return {points.begin(), points.end()};
    }
    std::vector<ChartPoint> points;
    for (qsizetype at = 0; at < values_.size(); ++at)
        points.push_back({.time = static_cast<double>(at), .value = values_.at(at)});
    return points;
}

std::optional<PlotPicture> SparkPlot::describe()
{
    std::vector<ChartPoint> points = pointsShown();
    least_ = most_ = std::numeric_limits<double>::quiet_NaN();
    for (ChartPoint& point : points) {
        // A band would only smear at this size.
        point.low = point.high = std::numeric_limits<double>::quiet_NaN();
        least_ = std::fmin(least_, point.value);
        most_ = std::fmax(most_, point.value);
    }
    if (points.size() < 2 || std::isnan(most_))
        return std::nullopt;
    PlotPicture picture;
    picture.size = size();
    picture.ratio = ratio();
    picture.plot = QRectF(0, lineWidth_, width(), std::max(1.0, height() - 2 * lineWidth_));
    picture.to = points.back().time;
    picture.from = series_ ? picture.to - span_ : points.front().time;
    picture.low = fromZero_ ? std::min(0.0, least_) : least_;
    picture.high = std::max({most_, picture.low + atLeast_, picture.low + 1e-9});
    picture.lines.push_back(
        {.points = std::move(points), .color = color_, .width = lineWidth_, .fill = fill_});
    return picture;
}

} // namespace dsmsg::ui
