// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the scope's nodes are: on a ring, the first on top, wider than high where there is room. With a card
// size, the ring is the largest on which cards of that size fit; else nodes are discs.
#pragma once

#include <vector>

#include <QLineF>
#include <QPointF>
#include <QSizeF>

namespace dsmsg::monitor {

struct ScopeLayout
{
    std::vector<QPointF> centres;
    QPointF middle;
    double radius = 0; ///< of a disc; 0 with cards
    QSizeF card;       ///< empty with discs

    static ScopeLayout discs(int count, QSizeF size);
    static ScopeLayout cards(int count, QSizeF size, QSizeF card);

    /// The visible part of the link from one node to another.
    QLineF link(int from, int to) const;
};

/// Of a point to the segment, and how far along it is, 0 to 1.
struct Nearness
{
    double distance = 0;
    double along = 0;
};
Nearness nearness(QPointF point, const QLineF& segment);

} // namespace dsmsg::monitor
