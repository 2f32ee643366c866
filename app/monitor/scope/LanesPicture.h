// SPDX-License-Identifier: GPL-3.0-or-later
//
// The logs side by side, a lane a node, all on one axis of indexes that ends with the newest entry of all.
// Few entries are cells, many are bars. How far an entry has come is its fill: written, durable, committed,
// applied; marks below and above a lane are what the leader knows of it, match and next.
#pragma once

#include <QPainter>

#include "app/monitor/scope/ScopeScene.h"
#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

/// How far an entry has come on a node.
enum class EntryStage
{
    Written,
    Durable,
    Committed,
    Applied
};
void paintEntry(QPainter& painter, const ScopeStyle& style, EntryStage stage, QRectF box);
void paintMatchMark(QPainter& painter, const ScopeStyle& style, QPointF tip); ///< below the lane
void paintNextMark(QPainter& painter, const ScopeStyle& style, QPointF tip);  ///< above it
QPen commitPen(const ScopeStyle& style);

struct LanesPicture
{
    ScopeScene scene;
    ScopeStyle style;
    QSizeF size;
    double axisHeight = 0; ///< above the lanes
    double laneHeight = 0;
    double begin = 0, end = 1; ///< indexes, half open, fractions while it glides

    void paint(QPainter& painter) const;
    /// Which indexes to show: the newest entries, as many as the node that is farthest behind needs, so long
    /// as it is not hopelessly far.
    static double spanFor(const ScopeScene& scene);
    static double newest(const ScopeScene& scene); ///< one past the newest entry

private:
    double x(double index) const { return (index - begin) / (end - begin) * size.width(); }
    double cell() const { return size.width() / (end - begin); }
    void paintAxis(QPainter& painter) const;
    void paintLane(QPainter& painter, const SceneNode& node, double top) const;
    void paintEntries(QPainter& painter, double from, double to, QRectF lane, EntryStage stage) const;
    void paintMarks(QPainter& painter, const SceneNode& node, QRectF lane) const;
    void paintCommit(QPainter& painter) const;
};

} // namespace dsmsg::monitor
