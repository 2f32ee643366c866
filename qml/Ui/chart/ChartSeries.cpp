// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/ChartSeries.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::ui {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool earlier(const ChartPoint& point, double time)
{
    return point.time < time;
}

double smaller(double a, double b)
{
    return std::isnan(a) ? b : std::isnan(b) ? a : std::min(a, b);
}

double greater(double a, double b)
{
    return std::isnan(a) ? b : std::isnan(b) ? a : std::max(a, b);
}

} // namespace

ChartSeries::ChartSeries(QObject* parent)
    : QObject(parent)
{
}

void ChartSeries::append(const ChartPoint& point)
{
    if (!std::isfinite(point.time) || (!points_.empty() && point.time <= points_.back().time))
        return;
    points_.push_back(point);
    liveSince_ = std::min(liveSince_, point.time);
    if (points_.size() > capacity)
        compact();
    touched();
}

void ChartSeries::append(double time, double value)
{
    append(ChartPoint{.time = time, .value = value});
}

void ChartSeries::setPast(std::vector<ChartPoint> past)
{
    std::erase_if(past, [this](const ChartPoint& point) { return point.time >= liveSince_; });
    const auto live = std::lower_bound(points_.begin(), points_.end(), liveSince_, earlier);
    past.insert(past.end(), live, points_.end());
    points_ = std::move(past);
    if (points_.size() > capacity)
        compact();
    touched();
}

void ChartSeries::clear()
{
    if (points_.empty())
        return;
    points_.clear();
    liveSince_ = std::numeric_limits<double>::infinity();
    touched();
}

std::span<const ChartPoint> ChartSeries::between(double from, double to) const
{
    auto begin = std::lower_bound(points_.begin(), points_.end(), from, earlier);
    auto end = std::lower_bound(begin, points_.end(), to, earlier);
    if (begin != points_.begin())
        --begin;
    if (end != points_.end())
        ++end;
    return {begin, end};
}

const ChartPoint* ChartSeries::nearest(double time, double reach) const
{
    if (points_.empty() || !std::isfinite(time))
        return nullptr;
    auto at = std::lower_bound(points_.begin(), points_.end(), time, earlier);
    if (at == points_.end() || (at != points_.begin() && time - (at - 1)->time < at->time - time))
        --at;
    return std::abs(at->time - time) <= reach ? &*at : nullptr;
}

double ChartSeries::valueAt(double time) const
{
    const ChartPoint* point = nearest(time, coarseSeconds);
    return point ? point->value : nan;
}

double ChartSeries::boundAt(double time) const
{
    const ChartPoint* point = nearest(time, coarseSeconds);
    return point ? (point->high - point->low) / 2 : nan;
}

void ChartSeries::setTone(int tone)
{
    if (tone_ == tone)
        return;
    tone_ = tone;
    Q_EMIT looksChanged();
}

void ChartSeries::setFill(double fill)
{
    if (fill_ == fill)
        return;
    fill_ = fill;
    Q_EMIT looksChanged();
}

void ChartSeries::setDashed(bool dashed)
{
    if (dashed_ == dashed)
        return;
    dashed_ = dashed;
    Q_EMIT looksChanged();
}

void ChartSeries::setName(const QString& name)
{
    if (name_ == name)
        return;
    name_ = name;
    Q_EMIT looksChanged();
}

double ChartSeries::latest() const
{
    return points_.empty() ? nan : points_.back().value;
}

void ChartSeries::touched()
{
    ++revision_;
    Q_EMIT changed();
}

ChartPoint ChartSeries::joined(std::span<const ChartPoint> points) const
{
    ChartPoint all{.time = points.back().time};
    double sum = 0;
    int known = 0;
    for (const ChartPoint& point : points) {
        all.low = smaller(all.low, point.low);
        all.high = greater(all.high, point.high);
        if (std::isnan(point.value))
            continue;
        sum += point.value;
        ++known;
        if (merge_ == Greatest)
            all.value = greater(all.value, point.value);
        else if (merge_ == Farthest && (std::isnan(all.value) || std::abs(point.value) > std::abs(all.value)))
            all.value = point.value;
    }
    if (merge_ == Mean && known > 0)
        all.value = sum / known;
    return all;
}

void ChartSeries::compact()
{
    const std::size_t old = points_.size() - fine;
    std::vector<ChartPoint> kept;
    kept.reserve(points_.size());
    for (std::size_t begin = 0; begin < old;) {
        const double bucket = std::floor(points_[begin].time / coarseSeconds);
        std::size_t end = begin + 1;
        while (end < old && std::floor(points_[end].time / coarseSeconds) == bucket)
            ++end;
        kept.push_back(joined(std::span(points_).subspan(begin, end - begin)));
        begin = end;
    }
    kept.insert(kept.end(), points_.begin() + static_cast<std::ptrdiff_t>(old), points_.end());
    // Room for a while, or the next point would begin again.
    constexpr std::size_t goal = capacity - fine / 2;
    if (kept.size() > goal)
        kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(goal));
    points_ = std::move(kept);
}

} // namespace dsmsg::ui
