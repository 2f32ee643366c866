// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Lucide icon of icons/ in any colour and size. Painted rather than an Image, so that it is sharp at every
// device pixel ratio, takes its colour from the theme and works with the software renderer.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class Icon : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged) ///< "crown"; empty: nothing
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    Q_PROPERTY(qreal size READ size WRITE setSize NOTIFY sizeChanged)
    Q_PROPERTY(
        qreal stroke READ stroke WRITE setStroke NOTIFY strokeChanged) ///< in units of 1/24 of the size

public:
    explicit Icon(QQuickItem* parent = nullptr);

    QString name() const { return name_; }
    void setName(const QString& name);
    QColor color() const { return color_; }
    void setColor(const QColor& color);
    qreal size() const { return size_; }
    void setSize(qreal size);
    qreal stroke() const { return stroke_; }
    void setStroke(qreal stroke);

    void paint(QPainter* painter) override;

    /// The picture of an icon, from a small cache; null with a warning when there is none of that name.
    static QImage picture(const QString& name, const QColor& color, qreal stroke, int pixels);

Q_SIGNALS:
    void nameChanged();
    void colorChanged();
    void sizeChanged();
    void strokeChanged();

private:
    QString name_;
    QColor color_ = Qt::gray;
    qreal size_ = 18;
    qreal stroke_ = 1.75;
};

} // namespace dsmsg::ui
