// SPDX-License-Identifier: GPL-3.0-or-later
//
// The small shapes of the scope. Every role and every kind of message has its own, so that none is told by
// colour alone; the legend draws the same.
#pragma once

#include <QPainter>

#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

/// Around (0, 0), looking to the right, where a pulse flies to. `size` is half its height, about.
void drawPulseGlyph(QPainter& painter, PulseKind kind, const QColor& colour, double size);

void drawCrown(QPainter& painter, QPointF centre, double width, const QColor& colour);
void drawScissors(QPainter& painter, QPointF centre, double size, const QColor& colour);

/// The role's sign in a node: crown, dot, diamond, eye, or a power sign for a silent one.
void drawRoleGlyph(QPainter& painter, QPointF centre, double size, const SceneNode& node,
                   const QColor& colour);

} // namespace dsmsg::monitor
