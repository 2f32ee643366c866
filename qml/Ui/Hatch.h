// SPDX-License-Identifier: GPL-3.0-or-later
//
// Diagonal lines over something whose figures are old. Painted once; it only changes with size and colour.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class Hatch : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    Q_PROPERTY(qreal spacing READ spacing WRITE setSpacing NOTIFY spacingChanged)

public:
    explicit Hatch(QQuickItem* parent = nullptr);

    QColor color() const { return color_; }
    void setColor(const QColor& color);
    qreal spacing() const { return spacing_; }
    void setSpacing(qreal spacing);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void colorChanged();
    void spacingChanged();

private:
    QColor color_ = Qt::gray;
    qreal spacing_ = 7;
};

} // namespace dsmsg::ui
