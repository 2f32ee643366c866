// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a machine can tell is wrong with a picture of the window: a region without anything in it where
// something should be, a painted item that painted nothing, a title that is cut off, words that run into each
// other.
#pragma once

#include <QImage>
#include <QQuickItem>
#include <QStringList>

namespace dsmsg::monitor {

/// The greatest rectangle of one colour within `area`, found on a grid of 8 pixels. Pixels of the picture.
QRect greatestBlank(const QImage& picture, const QRect& area);
/// A rectangle of one colour that takes more than `share` of `area`, in words; empty: none.
QStringList blankRegions(const QImage& picture, const QRect& area, double share = 0.5);
/// Charts and drawings below `root`, at least 96 x 24 large, in which every pixel is the same.
QStringList blankDrawings(const QImage& picture, QQuickItem* root);
/// Titles below `root` that are cut off: text that is bold or at least `Theme.heading` in size, or a heading.
QStringList elidedTitles(QQuickItem* root);
/// Texts below `root` that are drawn over each other.
QStringList collidingTexts(QQuickItem* root);

/// Texts below `root` that reach over the edge of the Panel that they stand in.
QStringList textsOutOfPanels(QQuickItem* root);

/// Every visible item below `root` and `root` itself, from the back to the front; what is clipped away
/// entirely is left out.
QList<QQuickItem*> visibleItems(QQuickItem* root);
/// Where an item can be seen in its window; empty: nowhere.
QRectF visibleRect(const QQuickItem* item);

} // namespace dsmsg::monitor
