// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeLayout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dsmsg::monitor {

namespace {

constexpr double widest = 1.5;    ///< of the ring, against its height
constexpr double timerSpace = 16; ///< around a disc

std::vector<QPointF> ring(int count, QPointF middle, double rx, double ry)
{
    std::vector<QPointF> points;
    if (count == 1)
        return {middle};
    for (int i = 0; i < count; ++i) {
        // Two side by side, else the first on top.
        const double angle =
            2 * std::numbers::pi * i / count - (count == 2 ? std::numbers::pi : std::numbers::pi / 2);
        points.emplace_back(middle.x() + rx * std::cos(angle), middle.y() + ry * std::sin(angle));
    }
    return points;
}

/// Moves the ring so that what it covers is in the middle: three nodes leave room below the ring.
void balance(ScopeLayout& layout, double top, double bottom)
{
    if (layout.centres.empty())
        return;
    const auto [high, low] = std::minmax_element(layout.centres.begin(), layout.centres.end(),
                                                 [](QPointF a, QPointF b) { return a.y() < b.y(); });
    const double shift = (top + bottom) / 2 - (high->y() + low->y()) / 2;
    for (QPointF& point : layout.centres)
        point.ry() += shift;
    layout.middle.ry() += shift;
}

double lowest(int count)
{
    // How far the lowest node of a ring of radius 1 is below its middle.
    double low = count <= 2 ? 0 : -1;
    for (int i = 0; i < count && count > 2; ++i)
        low = std::max(low, -std::cos(2 * std::numbers::pi * i / count));
    return low;
}

} // namespace

ScopeLayout ScopeLayout::discs(int count, QSizeF size)
{
    ScopeLayout layout;
    const double least = std::min(size.width(), size.height());
    const double crowded = count > 7 ? 7.0 / count : 1;
    layout.radius = std::clamp(least * 0.13 * std::sqrt(crowded), 18.0, 76.0);
    const double marginY = layout.radius + timerSpace;
    const double marginX = layout.radius + timerSpace;
    const double heightShare = count > 2 ? 1 + lowest(count) : 1;
    const double ry = std::max(10.0, (size.height() - 2 * marginY) / heightShare);
    const double rx = std::max(10.0, std::min(size.width() / 2 - marginX, ry * widest));
    layout.middle = QPointF(size.width() / 2, size.height() / 2);
    layout.centres = ring(count, layout.middle, rx, std::min(ry, rx * widest));
    balance(layout, 0, size.height());
    for (std::size_t i = 1; i < layout.centres.size(); ++i) {
        const double apart = QLineF(layout.centres[i - 1], layout.centres[i]).length();
        layout.radius = std::min(layout.radius, std::max(8.0, apart / 2 - 8));
    }
    return layout;
}

ScopeLayout ScopeLayout::cards(int count, QSizeF size, QSizeF card)
{
    ScopeLayout layout;
    layout.card = card;
    const double heightShare = count > 2 ? 1 + lowest(count) : 1;
    const double ry = std::max(10.0, (size.height() - card.height() - 16) / heightShare);
    const double rx = std::max(10.0, std::min((size.width() - card.width() - 16) / 2, ry * widest * 1.4));
    layout.middle = QPointF(size.width() / 2, size.height() / 2);
    layout.centres = ring(count, layout.middle, rx, ry);
    balance(layout, 0, size.height());
    return layout;
}

QLineF ScopeLayout::link(int from, int to) const
{
    QLineF line(centres[std::size_t(from)], centres[std::size_t(to)]);
    if (line.length() < 1)
        return line;
    double trim = radius + 9;
    double trimEnd = trim;
    if (!card.isEmpty()) {
        const double dx = std::abs(line.dx() / line.length()), dy = std::abs(line.dy() / line.length());
        trim = std::min(dx > 0 ? card.width() / 2 / dx : 1e9, dy > 0 ? card.height() / 2 / dy : 1e9) + 6;
        trimEnd = trim;
    }
    if (line.length() <= trim + trimEnd + 4)
        return QLineF(line.center(), line.center());
    const QPointF unit(line.dx() / line.length(), line.dy() / line.length());
    return QLineF(line.p1() + unit * trim, line.p2() - unit * trimEnd);
}

Nearness nearness(QPointF point, const QLineF& segment)
{
    const QPointF way = segment.p2() - segment.p1();
    const double square = QPointF::dotProduct(way, way);
    const double along =
        square > 0 ? std::clamp(QPointF::dotProduct(point - segment.p1(), way) / square, 0.0, 1.0) : 0;
    return {QLineF(point, segment.p1() + way * along).length(), along};
}

} // namespace dsmsg::monitor
