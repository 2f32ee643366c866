// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ring as it is painted: links, what flies on them, and the nodes (which QML draws itself when the layout
// has cards). A value and a function of it, so that any thread can draw it and a test can look at it.
#pragma once

#include <QPainter>

#include "app/monitor/scope/ScopeLayout.h"
#include "app/monitor/scope/ScopeScene.h"
#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

struct ScopePicture
{
    ScopeScene scene;
    ScopeLayout layout; ///< of scene.nodes
    ScopeStyle style;
    unsigned kinds = ~0U; ///< bits of the pulses that are drawn
    int hotEdge = -1;     ///< under the pointer
    QString centreTitle, centreText;

    void paint(QPainter& painter) const;

private:
    void paintRing(QPainter& painter) const;
    void paintEdge(QPainter& painter, const SceneEdge& edge, bool hot) const;
    void paintHalf(QPainter& painter, const QLineF& half, const SceneLink& link, const QPen& normal) const;
    void paintPulses(QPainter& painter) const;
    void paintCentre(QPainter& painter) const;
    void paintNode(QPainter& painter, std::size_t index) const;
    void paintTimer(QPainter& painter, const SceneNode& node, QPointF at) const;
    void paintFlash(QPainter& painter, const SceneNode& node, QPointF at) const;
    void paintAroundCard(QPainter& painter, const SceneNode& node, QPointF at) const;
    QColor flashColour(const SceneFlash& flash) const;
    void paintWords(QPainter& painter, const SceneNode& node, QPointF at) const;
};

} // namespace dsmsg::monitor
