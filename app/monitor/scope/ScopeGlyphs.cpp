// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeGlyphs.h"

#include <QPainterPath>

namespace dsmsg::monitor {

namespace {

QPolygonF diamond(double size)
{
    return QPolygonF({{0, -size}, {size, 0}, {0, size}, {-size, 0}});
}

QPen line(const QColor& colour, double width)
{
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

} // namespace

void drawPulseGlyph(QPainter& painter, PulseKind kind, const QColor& colour, double size)
{
    switch (kind) {
    case PulseKind::Append:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(-size * 1.35, -size * 0.85, size * 2.7, size * 1.7), size * 0.5,
                                size * 0.5);
        break;
    case PulseKind::Heartbeat:
        painter.setPen(line(colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(), size * 0.7, size * 0.7);
        break;
    case PulseKind::Vote:
        painter.setPen(line(colour, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolygon(diamond(size * 1.25));
        break;
    case PulseKind::Granted:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(diamond(size * 1.5));
        break;
    case PulseKind::Reply:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF({{size, 0}, {-size * 0.8, -size * 0.9}, {-size * 0.8, size * 0.9}}));
        break;
    case PulseKind::Rejected:
        painter.setPen(line(colour, 2));
        painter.drawLine(QPointF(-size, -size) * 0.8, QPointF(size, size) * 0.8);
        painter.drawLine(QPointF(-size, size) * 0.8, QPointF(size, -size) * 0.8);
        break;
    case PulseKind::Snapshot:
        painter.setPen(line(colour, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(-size * 1.3, -size * 1.3, size * 2.6, size * 2.6));
        painter.fillRect(QRectF(-size * 0.6, -size * 0.6, size * 1.2, size * 1.2), colour);
        break;
    }
}

void drawCrown(QPainter& painter, QPointF centre, double width, const QColor& colour)
{
    const double w = width / 2, h = width * 0.36;
    QPainterPath path;
    path.moveTo(-w, -h);
    path.lineTo(-w * 0.45, h * 0.05);
    path.lineTo(0, -h * 1.25);
    path.lineTo(w * 0.45, h * 0.05);
    path.lineTo(w, -h);
    path.lineTo(w * 0.78, h);
    path.lineTo(-w * 0.78, h);
    path.closeSubpath();
    painter.save();
    painter.translate(centre);
    painter.setPen(line(colour, 1));
    painter.setBrush(colour);
    painter.drawPath(path);
    painter.restore();
}

void drawScissors(QPainter& painter, QPointF centre, double size, const QColor& colour)
{
    painter.save();
    painter.translate(centre);
    painter.setPen(line(colour, 1.7));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(QPointF(-size * 0.35, -size * 0.3), QPointF(size * 0.95, size * 0.7));
    painter.drawLine(QPointF(-size * 0.35, size * 0.3), QPointF(size * 0.95, -size * 0.7));
    painter.drawEllipse(QPointF(-size * 0.62, -size * 0.5), size * 0.33, size * 0.33);
    painter.drawEllipse(QPointF(-size * 0.62, size * 0.5), size * 0.33, size * 0.33);
    painter.restore();
}

void drawRoleGlyph(QPainter& painter, QPointF centre, double size, const SceneNode& node,
                   const QColor& colour)
{
    if (node.leads) {
        drawCrown(painter, centre, size * 2.2, colour);
        return;
    }
    painter.save();
    painter.translate(centre);
    painter.setPen(line(colour, 1.8));
    painter.setBrush(Qt::NoBrush);
    if (!node.alive) {
        const QRectF circle(-size * 0.8, -size * 0.8, size * 1.6, size * 1.6);
        painter.drawArc(circle, 130 * 16, 280 * 16);
        painter.drawLine(QPointF(0, -size), QPointF(0, -size * 0.15));
    } else if (node.role == Role::Candidate) {
        painter.drawPolygon(diamond(size * 0.95));
    } else if (node.role == Role::Learner) {
        QPainterPath eye;
        eye.moveTo(-size, 0);
        eye.quadTo(0, -size * 1.1, size, 0);
        eye.quadTo(0, size * 1.1, -size, 0);
        painter.drawPath(eye);
        painter.drawEllipse(QPointF(), size * 0.28, size * 0.28);
    } else {
        painter.drawEllipse(QPointF(), size * 0.75, size * 0.75);
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(), size * 0.28, size * 0.28);
    }
    painter.restore();
}

} // namespace dsmsg::monitor
