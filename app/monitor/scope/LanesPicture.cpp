// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/LanesPicture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/monitor/scope/ScopePicture.h"

namespace dsmsg::monitor {

namespace {

/// Narrower entries are drawn as one bar.
constexpr double narrowestCell = 5;
/// Wider ones have their index written in them.
constexpr double wideCell = 30;
constexpr std::array<double, 12> spans{24, 36, 48, 72, 100, 200, 500, 1000, 2000, 5000, 10'000, 20'000};

enum Stage
{
    Written,
    Durable,
    Committed,
    Applied
};

double farthestBehind(const ScopeScene& scene)
{
    double oldest = LanesPicture::newest(scene);
    for (const SceneNode& node : scene.nodes) {
        if (node.known && node.alive)
            oldest = std::min(oldest, double(node.applied));
    }
    return LanesPicture::newest(scene) - oldest;
}

} // namespace

double LanesPicture::newest(const ScopeScene& scene)
{
    double last = 0;
    for (const SceneNode& node : scene.nodes)
        last = std::max(last, node.known ? double(node.last) : 0);
    return last + 1;
}

double LanesPicture::spanFor(const ScopeScene& scene)
{
    const double wanted = farthestBehind(scene) * 1.5 + 8;
    const auto* span = std::find_if(spans.begin(), spans.end(), [&](double s) { return s >= wanted; });
    return span == spans.end() ? spans.back() : *span;
}

void LanesPicture::paint(QPainter& painter) const
{
    if (scene.nodes.empty() || end <= begin)
        return;
    paintAxis(painter);
    double top = axisHeight;
    for (const SceneNode& node : scene.nodes) {
        paintLane(painter, node, top);
        top += laneHeight;
    }
    paintCommit(painter);
}

void LanesPicture::paintAxis(QPainter& painter) const
{
    painter.setFont(style.small);
    const QFontMetricsF metrics(style.small);
    const double room = metrics.horizontalAdvance(grouped(end)) + 28;
    double step = 1; // 1, 2, 5, 10, and so on
    for (int i = 0; step * cell() < room; ++i)
        step *= i % 3 == 1 ? 2.5 : 2;
    for (double index = std::ceil(std::max(1.0, begin) / step) * step; index < end; index += step) {
        const double at = x(index) + std::min(cell(), laneHeight) / 2;
        const QString text = grouped(index);
        if (at + metrics.horizontalAdvance(text) / 2 > size.width())
            break;
        painter.setPen(style.textFaint);
        painter.drawText(QPointF(std::max(0.0, at - metrics.horizontalAdvance(text) / 2), metrics.ascent()),
                         text);
        painter.setPen(QPen(style.border, 1));
        painter.drawLine(QPointF(at, axisHeight - 5), QPointF(at, axisHeight - 2));
    }
}

void LanesPicture::paintLane(QPainter& painter, const SceneNode& node, double top) const
{
    const double height = std::min(laneHeight - 16, 26.0);
    const QRectF lane(0, top + (laneHeight - height) / 2, size.width(), height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.raised);
    painter.drawRoundedRect(lane, 4, 4);
    if (!node.known)
        return;
    painter.setOpacity(node.alive ? 1 : 0.45);
    const double afterLast = double(node.last) + 1;
    const double afterDurable = std::min(afterLast, double(node.durable) + 1);
    const double afterCommit = std::min(afterDurable, double(node.commit) + 1);
    const double afterApplied = std::min(afterCommit, double(node.applied) + 1);
    // What only the snapshot holds has no entries here any more.
    const double first = std::max(1.0, double(node.first));
    if (first > begin) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(style.border, Qt::BDiagPattern));
        painter.drawRect(QRectF(0, lane.top(), x(first), lane.height()));
    }
    paintEntries(painter, first, afterApplied, lane, Applied);
    paintEntries(painter, afterApplied, afterCommit, lane, Committed);
    paintEntries(painter, afterCommit, afterDurable, lane, Durable);
    paintEntries(painter, afterDurable, afterLast, lane, Written);
    painter.setOpacity(1);
    paintMarks(painter, node, lane);
}

void LanesPicture::paintEntries(QPainter& painter, double from, double to, QRectF lane, int stage) const
{
    from = std::max(from, begin);
    to = std::min(to, end);
    if (to <= from)
        return;
    QColor fill = style.series[0];
    if (stage == Committed)
        fill.setAlphaF(0.55F);
    if (stage == Durable)
        fill.setAlphaF(0.2F);
    painter.setBrush(stage == Written ? QBrush(Qt::NoBrush) : QBrush(fill));
    painter.setPen(stage == Applied
                       ? QPen(Qt::NoPen)
                       : QPen(style.series[0], 1, stage == Written ? Qt::DotLine : Qt::SolidLine));
    if (cell() < narrowestCell) {
        painter.drawRect(QRectF(x(from), lane.top(), std::max(1.0, x(to) - x(from)), lane.height()));
        return;
    }
    painter.setFont(style.small);
    const QPen outline = painter.pen();
    for (double index = std::floor(from); index < to; ++index) {
        const QRectF box =
            QRectF(x(index) + 1, lane.top(), cell() - 2, lane.height()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRoundedRect(box, 3, 3);
        if (cell() < wideCell || box.left() < 0)
            continue;
        painter.setPen(stage == Applied ? style.background : style.text);
        painter.drawText(box, Qt::AlignCenter, grouped(index));
        painter.setPen(outline);
    }
}

void LanesPicture::paintMarks(QPainter& painter, const SceneNode& node, QRectF lane) const
{
    const auto mark = [&](double index, bool below, const QColor& colour, bool filled) {
        const double at = x(index);
        if (at < 0 || at > size.width())
            return;
        const double edge = below ? lane.bottom() + 1 : lane.top() - 1, away = below ? 6 : -6;
        painter.setPen(QPen(colour, 1.2));
        painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
        painter.drawPolygon(QPolygonF({{at, edge}, {at - 4, edge + away}, {at + 4, edge + away}}));
    };
    if (node.leads)
        return;
    if (node.match >= 0)
        mark(double(node.match) + 1, true, style.series[2], true);
    if (node.next >= 0)
        mark(double(node.next), false, style.series[1], false);
}

void LanesPicture::paintCommit(QPainter& painter) const
{
    if (scene.leader < 0)
        return;
    const double at = x(double(scene.nodes[std::size_t(scene.leader)].commit) + 1);
    if (at < 0 || at > size.width())
        return;
    painter.setPen(QPen(style.accent, 1.4, Qt::DashLine));
    painter.drawLine(QPointF(at, axisHeight - 2),
                     QPointF(at, axisHeight + laneHeight * double(scene.nodes.size())));
}

} // namespace dsmsg::monitor
