// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/Hatch.h"

#include <QPainter>

namespace dsmsg::ui {

Hatch::Hatch(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
}

void Hatch::setColor(const QColor& color)
{
    if (color_ == color)
        return;
    color_ = color;
    Q_EMIT colorChanged();
    update();
}

void Hatch::setSpacing(qreal spacing)
{
    if (qFuzzyCompare(spacing_, spacing) || spacing < 2)
        return;
    spacing_ = spacing;
    Q_EMIT spacingChanged();
    update();
}

void Hatch::paint(QPainter* painter)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color_, 1));
    for (qreal x = -height(); x < width(); x += spacing_)
        painter->drawLine(QPointF(x, height()), QPointF(x + height(), 0));
}

} // namespace dsmsg::ui
