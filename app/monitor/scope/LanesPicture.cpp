// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/LanesPicture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/monitor/scope/ScopePicture.h"
#include "qml/Ui/Format.h"

namespace dsmsg::monitor {

namespace {

/// Narrower entries are drawn as one bar.
constexpr double narrowestCell = 5;
/// Wider ones have their index written in them.
constexpr double wideCell = 30;
constexpr std::array<double, 12> spans{24, 36, 48, 72, 100, 200, 500, 1000, 2000, 5000, 10'000, 20'000};

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

void paintEntry(QPainter& painter, const ScopeStyle& style, EntryStage stage, QRectF box)
{
    QColor fill = style.series[0];
    if (stage == EntryStage::Committed)
        fill.setAlphaF(0.55F);
    else if (stage == EntryStage::Durable)
        fill.setAlphaF(0.2F);
    painter.setBrush(stage == EntryStage::Written ? QBrush(Qt::NoBrush) : QBrush(fill));
    if (stage == EntryStage::Applied) {
        painter.setPen(Qt::NoPen);
    } else {
        painter.setPen(QPen(style.series[0], 1, stage == EntryStage::Written ? Qt::DotLine : Qt::SolidLine));
        box.adjust(0.5, 0.5, -0.5, -0.5);
    }
    const double corner = std::min(3.0, box.width() / 3);
    painter.drawRoundedRect(box, corner, corner);
}

void paintMatchMark(QPainter& painter, const ScopeStyle& style, QPointF tip)
{
    painter.setPen(QPen(style.series[2], 1.2));
    painter.setBrush(style.series[2]);
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(-4, 6), tip + QPointF(4, 6)}));
}

void paintNextMark(QPainter& painter, const ScopeStyle& style, QPointF tip)
{
    painter.setPen(QPen(style.series[1], 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(-4, -6), tip + QPointF(4, -6)}));
}

QPen commitPen(const ScopeStyle& style)
{
    return {style.accent, 1.4, Qt::DashLine};
}

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
    const double room = metrics.horizontalAdvance(ui::Format::count(end)) + 28;
    double step = 1; // 1, 2, 5, 10, and so on
    for (int i = 0; step * cell() < room; ++i)
        step *= i % 3 == 1 ? 2.5 : 2;
    for (double index = std::ceil(std::max(1.0, begin) / step) * step; index < end; index += step) {
        const double at = x(index) + std::min(cell(), laneHeight) / 2;
        const QString text = ui::Format::count(index);
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
    painter.setPen(QPen(style.border, 1));
    painter.setBrush(style.sunken);
    painter.drawRoundedRect(lane.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
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
    paintEntries(painter, first, afterApplied, lane, EntryStage::Applied);
    paintEntries(painter, afterApplied, afterCommit, lane, EntryStage::Committed);
    paintEntries(painter, afterCommit, afterDurable, lane, EntryStage::Durable);
    paintEntries(painter, afterDurable, afterLast, lane, EntryStage::Written);
    painter.setOpacity(1);
    paintMarks(painter, node, lane);
}

void LanesPicture::paintEntries(QPainter& painter, double from, double to, QRectF lane,
                                EntryStage stage) const
{
    from = std::max(from, begin);
    to = std::min(to, end);
    if (to <= from)
        return;
    if (cell() < narrowestCell) {
        paintEntry(painter, style, stage,
                   QRectF(x(from), lane.top() + 1, std::max(1.0, x(to) - x(from)), lane.height() - 2));
        return;
    }
    painter.setFont(style.small);
    for (double index = std::floor(from); index < to; ++index) {
        const QRectF box = QRectF(x(index) + 1, lane.top() + 1, cell() - 2, lane.height() - 2);
        paintEntry(painter, style, stage, box);
        if (cell() < wideCell || box.left() < 0)
            continue;
        painter.setPen(stage == EntryStage::Applied ? style.background : style.text);
        painter.drawText(box, Qt::AlignCenter, ui::Format::count(index));
    }
}

void LanesPicture::paintMarks(QPainter& painter, const SceneNode& node, QRectF lane) const
{
    const auto inside = [&](double index) { return index >= begin && index <= end; };
    if (node.leads)
        return;
    if (node.match >= 0 && inside(double(node.match) + 1))
        paintMatchMark(painter, style, QPointF(x(double(node.match) + 1), lane.bottom() + 1));
    if (node.next >= 0 && inside(double(node.next)))
        paintNextMark(painter, style, QPointF(x(double(node.next)), lane.top() - 1));
}

void LanesPicture::paintCommit(QPainter& painter) const
{
    if (scene.leader < 0)
        return;
    const double at = x(double(scene.nodes[std::size_t(scene.leader)].commit) + 1);
    if (at < 0 || at > size.width())
        return;
    painter.setPen(commitPen(style));
    painter.drawLine(QPointF(at, axisHeight - 2),
                     QPointF(at, axisHeight + laneHeight * double(scene.nodes.size())));
}

} // namespace dsmsg::monitor
