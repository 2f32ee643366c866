// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/ChartCursor.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::ui {

void ChartCursor::setNow(double now)
{
    if (!std::isfinite(now) || now == now_)
        return;
    now_ = now;
    if (live_) {
        // Two pixels of a chart of a thousand: less is not worth drawing all of it again.
        if (now > to_ && now - to_ < width_ / 500)
            return;
        to_ = now;
    }
    Q_EMIT rangeChanged();
}

void ChartCursor::setSpan(double span)
{
    span_ = std::clamp(span, leastSpan, greatestSpan);
    reset();
}

void ChartCursor::setLive(bool live)
{
    if (live == live_)
        return;
    live_ = live;
    if (live)
        to_ = now_;
    Q_EMIT liveChanged();
    Q_EMIT rangeChanged();
}

bool ChartCursor::zoomed() const
{
    return !live_ || width_ != span_;
}

void ChartCursor::setHover(double time)
{
    if (time == hover_ || (std::isnan(time) && std::isnan(hover_)))
        return;
    hover_ = time;
    Q_EMIT hoverChanged();
}

bool ChartCursor::hovering() const
{
    return !std::isnan(hover_);
}

void ChartCursor::zoom(double time, double factor)
{
    const double width = std::clamp(width_ * factor, leastSpan, greatestSpan);
    const double share = std::clamp((to_ - time) / width_, 0.0, 1.0);
    setRange(time + share * width, width);
}

void ChartCursor::show(double from, double to)
{
    if (to < from)
        std::swap(from, to);
    const double width = std::clamp(to - from, leastSpan, greatestSpan);
    setRange((from + to) / 2 + width / 2, width);
}

void ChartCursor::pan(double seconds)
{
    setRange(to_ + seconds, width_);
}

void ChartCursor::reset()
{
    width_ = span_;
    to_ = now_;
    const bool was = live_;
    live_ = true;
    if (!was)
        Q_EMIT liveChanged();
    Q_EMIT rangeChanged();
}

void ChartCursor::moveHover(int steps)
{
    const double start = hovering() ? hover_ : to_ - width_ / 2;
    setHover(std::clamp(start + steps * width_ / 100, from(), to_));
}

void ChartCursor::clearHover()
{
    setHover(std::numeric_limits<double>::quiet_NaN());
}

void ChartCursor::setRange(double to, double width)
{
    width_ = width;
    // Whoever comes back to the right edge is live again.
    const bool atEdge = to >= now_ - width * 0.005;
    to_ = atEdge ? now_ : to;
    if (atEdge != live_) {
        live_ = atEdge;
        Q_EMIT liveChanged();
    }
    Q_EMIT rangeChanged();
}

} // namespace dsmsg::ui
