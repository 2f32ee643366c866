// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopePicture.h"

#include <algorithm>
#include <cmath>

#include <QPainterPath>

#include "app/monitor/scope/ScopeGlyphs.h"
#include "app/monitor/scope/ScopeNodes.h"
#include "qml/Ui/Format.h"

namespace dsmsg::monitor {

namespace {

/// Traffic keeps to the right of the line, so that the two directions do not collide.
constexpr double laneOffset = 6;
constexpr double tailLength = 26;
/// Of the election timeout: from here on the arc warns.
constexpr double timerLow = 0.35;

QColor faded(QColor colour, double alpha)
{
    colour.setAlphaF(float(colour.alphaF() * std::clamp(alpha, 0.0, 1.0)));
    return colour;
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [&](int x, int y) { return int(std::lround(x + (y - x) * share)); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

QPen roundPen(const QColor& colour, double width, Qt::PenStyle style = Qt::SolidLine)
{
    return {colour, width, style, Qt::RoundCap, Qt::RoundJoin};
}

/// Leaves and arrives softly.
double eased(double progress)
{
    return progress * progress * (3 - 2 * progress);
}

double pulseSize(const ScenePulse& pulse)
{
    return 3.6 + std::min(3.2, std::log10(double(pulse.count)) * 1.6);
}

void centred(QPainter& painter, QPointF at, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QPointF(at.x() - metrics.horizontalAdvance(text) / 2, at.y() + metrics.capHeight() / 2),
                     text);
}

} // namespace

void ScopePicture::paint(QPainter& painter) const
{
    if (scene.nodes.empty() || layout.centres.size() != scene.nodes.size())
        return;
    paintRing(painter);
    for (std::size_t i = 0; i < scene.edges.size(); ++i)
        paintEdge(painter, scene.edges[i], int(i) == hotEdge);
    paintCentre(painter);
    paintPulses(painter);
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        if (layout.card.isEmpty())
            paintNode(painter, i);
        else
            paintAroundCard(painter, scene.nodes[i], layout.centres[i]);
    }
}

void ScopePicture::paintRing(QPainter& painter) const
{
    if (layout.centres.size() < 3 || !layout.card.isEmpty())
        return;
    double rx = 0, ry = 0;
    for (QPointF centre : layout.centres) {
        rx = std::max(rx, std::abs(centre.x() - layout.middle.x()));
        ry = std::max(ry, std::abs(centre.y() - layout.middle.y()));
    }
    // The first node is on top: its distance is the height; the width follows from the angle of the
    // outermost.
    const double turn = 2 * M_PI / double(layout.centres.size());
    double widestSine = 0;
    for (std::size_t i = 0; i < layout.centres.size(); ++i)
        widestSine = std::max(widestSine, std::abs(std::sin(turn * double(i))));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(mixed(style.border, style.borderStrong, 0.3), 1, Qt::CustomDashLine));
    QPen pen = painter.pen();
    pen.setDashPattern({1, 5});
    painter.setPen(pen);
    painter.drawEllipse(layout.middle, rx / widestSine, ry);
}

void ScopePicture::paintEdge(QPainter& painter, const SceneEdge& edge, bool hot) const
{
    const QLineF line = layout.link(edge.a, edge.b);
    if (line.length() < 1)
        return;
    const bool led = edge.a == scene.leader || edge.b == scene.leader;
    const QPen normal = hot   ? roundPen(style.accent, 2.5)
                        : led ? roundPen(mixed(style.borderStrong, style.textDim, 0.25), 2)
                              : roundPen(mixed(style.border, style.borderStrong, 0.45), 1.2);
    // Each half is the direction that begins there.
    paintHalf(painter, QLineF(line.p1(), line.center()), edge.ab, normal);
    paintHalf(painter, QLineF(line.p2(), line.center()), edge.ba, normal);
}

void ScopePicture::paintHalf(QPainter& painter, const QLineF& half, const SceneLink& link,
                             const QPen& normal) const
{
    switch (link.state) {
    case SceneLink::Up:
        painter.setPen(normal);
        painter.drawLine(half);
        return;
    case SceneLink::Unknown:
    case SceneLink::Dead: {
        QPen pen = roundPen(faded(style.textFaint, 0.55), 1.2, Qt::CustomDashLine);
        pen.setDashPattern({1, 4});
        painter.setPen(pen);
        painter.drawLine(half);
        return;
    }
    case SceneLink::Cut: {
        const QPointF at = half.pointAt(0.62);
        QPen pen = roundPen(style.critical, 1.8, Qt::CustomDashLine);
        pen.setDashPattern({2.5, 3.5});
        painter.setPen(pen);
        painter.drawLine(QLineF(half.p1(), half.pointAt(0.62 - std::min(0.5, 14 / half.length()))));
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.background);
        painter.drawEllipse(at, 12, 12);
        drawScissors(painter, at, 8, style.critical);
        return;
    }
    }
}

void ScopePicture::paintPulses(QPainter& painter) const
{
    for (const ScenePulse& pulse : scene.pulses) {
        if (!(kinds & bit(pulse.kind)))
            continue;
        const QLineF line = layout.link(pulse.from, pulse.to);
        if (line.length() < 8)
            continue;
        const QPointF along(line.dx() / line.length(), line.dy() / line.length());
        const QPointF aside(-along.y() * laneOffset, along.x() * laneOffset);
        const double way = eased(pulse.progress);
        const QPointF at = line.p1() + QPointF(line.dx(), line.dy()) * way + aside;
        const double seen = std::min({1.0, pulse.progress * 8, (1 - pulse.progress) * 8});
        const QColor colour = faded(style.pulse(pulse.kind), seen);
        const double size = pulseSize(pulse);
        if (pulse.kind == PulseKind::Append || pulse.kind == PulseKind::Granted) {
            const double tail = std::min(tailLength, line.length() * way);
            QLinearGradient gradient(at, at - along * tail);
            gradient.setColorAt(0, faded(colour, 0.5));
            gradient.setColorAt(1, faded(colour, 0));
            painter.setPen(QPen(QBrush(gradient), size * 0.9, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QLineF(at, at - along * tail));
        }
        painter.save();
        painter.translate(at);
        painter.rotate(std::atan2(along.y(), along.x()) * 180 / M_PI);
        drawPulseGlyph(painter, pulse.kind, colour, size);
        painter.restore();
    }
}

void ScopePicture::paintCentre(QPainter& painter) const
{
    if (centreTitle.isEmpty() || layout.centres.size() < 2)
        return;
    const QFontMetricsF title(style.figure), text(style.small);
    const double width =
        std::max(title.horizontalAdvance(centreTitle), text.horizontalAdvance(centreText)) + 32;
    const double height = title.height() + text.height() + 16;
    const QRectF box(layout.middle.x() - width / 2, layout.middle.y() - height / 2, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.background);
    painter.drawRoundedRect(box, 10, 10);
    painter.setFont(style.figure);
    painter.setPen(style.text);
    centred(painter, QPointF(box.center().x(), box.top() + 8 + title.height() / 2), centreTitle);
    painter.setFont(style.small);
    painter.setPen(scene.leader < 0 ? style.warning : style.textDim);
    centred(painter, QPointF(box.center().x(), box.bottom() - 8 - text.height() / 2), centreText);
}

void ScopePicture::paintNode(QPainter& painter, std::size_t index) const
{
    const SceneNode& node = scene.nodes[index];
    const QPointF at = layout.centres[index];
    const double radius = layout.radius;
    paintFlash(painter, node, at);
    const QColor edge = !node.alive                    ? style.textFaint
                        : node.leads                   ? style.accent
                        : node.role == Role::Candidate ? style.warning
                                                       : style.borderStrong;
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.background); // the link ends and the ring behind it
    painter.drawEllipse(at, radius + 9, radius + 9);
    QPen pen = roundPen(edge, node.leads ? 2.4 : 1.6);
    if (!node.alive) {
        pen.setStyle(Qt::CustomDashLine);
        pen.setDashPattern({3, 4});
    }
    painter.setPen(pen);
    painter.setBrush(!node.alive  ? QBrush(Qt::NoBrush)
                     : node.leads ? QBrush(style.accentSoft)
                                  : QBrush(style.raised));
    painter.drawEllipse(at, radius, radius);
    paintTimer(painter, node, at);
    paintWords(painter, node, at);
}

void ScopePicture::paintTimer(QPainter& painter, const SceneNode& node, QPointF at) const
{
    if (!std::isfinite(node.timer))
        return;
    const double radius = layout.radius + 6;
    const QRectF circle(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.border, 3, Qt::SolidLine, Qt::FlatCap));
    painter.drawEllipse(circle);
    painter.setPen(
        QPen(node.timer < timerLow ? style.warning : style.good, 3.4, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(circle, 90 * 16, int(-node.timer * 360 * 16));
}

QColor ScopePicture::flashColour(const SceneFlash& flash) const
{
    return flash.kind == SceneFlash::Elected    ? style.accent
           : flash.kind == SceneFlash::Election ? style.warning
                                                : style.textDim;
}

void ScopePicture::paintFlash(QPainter& painter, const SceneNode& node, QPointF at) const
{
    if (node.flash.kind == SceneFlash::None)
        return;
    const QColor colour = flashColour(node.flash);
    const double grown = layout.radius + 8 + 34 * (1 - node.flash.strength);
    painter.setPen(roundPen(faded(colour, node.flash.strength * 0.9), 2 + 4 * node.flash.strength));
    painter.setBrush(faded(colour, node.flash.strength * 0.18));
    painter.drawEllipse(at, grown, grown);
}

void ScopePicture::paintAroundCard(QPainter& painter, const SceneNode& node, QPointF at) const
{
    const QRectF card(at - QPointF(layout.card.width(), layout.card.height()) / 2, layout.card);
    painter.setPen(Qt::NoPen);
    if (node.flash.kind != SceneFlash::None) {
        const double grown = 4 + 14 * (1 - node.flash.strength);
        painter.setBrush(faded(flashColour(node.flash), node.flash.strength * 0.35));
        painter.drawRoundedRect(card.adjusted(-grown, -grown, grown, grown), 8 + grown, 8 + grown);
    }
    if (!std::isfinite(node.timer))
        return;
    const QRectF track(card.left() + 8, card.bottom() + 4, card.width() - 16, 3);
    painter.setBrush(style.border);
    painter.drawRoundedRect(track, 1.5, 1.5);
    painter.setBrush(node.timer < timerLow ? style.warning : style.good);
    painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * node.timer, track.height())), 1.5,
                            1.5);
}

void ScopePicture::paintWords(QPainter& painter, const SceneNode& node, QPointF at) const
{
    // How many lines of words a disc has room for, below its sign.
    const double radius = layout.radius;
    const int lines = radius >= 44 ? 3 : radius >= 34 ? 2 : 1;
    const double sign[] = {0.42, 0.5, 0.54}, name[] = {0.3, 0.06, -0.1}, word[] = {0, 0.48, 0.27};
    const QColor ink = !node.alive                    ? style.textDim
                       : node.leads                   ? style.accent
                       : node.role == Role::Candidate ? style.warning
                                                      : style.textDim;
    drawRoleGlyph(painter, at - QPointF(0, radius * sign[lines - 1]), radius * (lines > 2 ? 0.17 : 0.2), node,
                  ink);
    painter.setFont(style.name);
    painter.setPen(node.alive ? style.text : style.textDim);
    centred(painter, at + QPointF(0, radius * name[lines - 1]), node.id);
    painter.setFont(style.small);
    painter.setPen(ink);
    if (lines > 1)
        centred(painter, at + QPointF(0, radius * word[lines - 1]), ScopeNodes::stateText(node));
    painter.setPen(style.textDim);
    if (lines > 2 && node.known)
        centred(painter, at + QPointF(0, radius * 0.6),
                ScopeNodes::tr("term %1").arg(ui::Format::count(double(node.term))));
}

} // namespace dsmsg::monitor
