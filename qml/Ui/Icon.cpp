// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/Icon.h"

#include <cmath>

#include <QBuffer>
#include <QCache>
#include <QFile>
#include <QImageReader>
#include <QLoggingCategory>
#include <QMutex>
#include <QPainter>
#include <QQuickWindow>

namespace dsmsg::ui {

namespace {

QByteArray sourceOf(const QString& name, const QColor& color, qreal stroke)
{
    QFile file(QStringLiteral(":/qt/qml/Dsmsg/Ui/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("There is no icon '%s' in qml/Ui/icons.", qUtf8Printable(name));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name().toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"" + QByteArray::number(stroke) + '"');
    return svg;
}

} // namespace

Icon::Icon(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    setImplicitSize(size_, size_);
}

void Icon::setName(const QString& name)
{
    if (name_ == name)
        return;
    name_ = name;
    Q_EMIT nameChanged();
    update();
}

void Icon::setColor(const QColor& color)
{
    if (color_ == color)
        return;
    color_ = color;
    Q_EMIT colorChanged();
    update();
}

void Icon::setSize(qreal size)
{
    if (qFuzzyCompare(size_, size))
        return;
    size_ = size;
    setImplicitSize(size, size);
    Q_EMIT sizeChanged();
    update();
}

void Icon::setStroke(qreal stroke)
{
    if (qFuzzyCompare(stroke_, stroke))
        return;
    stroke_ = stroke;
    Q_EMIT strokeChanged();
    update();
}

void Icon::paint(QPainter* painter)
{
    if (name_.isEmpty())
        return;
    const qreal ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
    const qreal side = std::min(width(), height());
    const QImage image = picture(name_, color_, stroke_, static_cast<int>(std::ceil(side * ratio)));
    if (image.isNull())
        return;
    painter->setOpacity(color_.alphaF());
    painter->drawImage(QRectF((width() - side) / 2, (height() - side) / 2, side, side), image);
}

QImage Icon::picture(const QString& name, const QColor& color, qreal stroke, int pixels)
{
    // Items paint in the thread of the renderer, of which there may be one for each window.
    static QMutex mutex;
    static QCache<QString, QImage> cache(600);
    const QString key = QStringLiteral("%1 %2 %3 %4").arg(name, color.name()).arg(stroke).arg(pixels);
    const QMutexLocker lock(&mutex);
    if (const QImage* known = cache.object(key))
        return *known;
    QByteArray svg = sourceOf(name, color, stroke);
    QImage image;
    if (!svg.isEmpty() && pixels > 0) {
        QBuffer buffer(&svg);
        QImageReader reader(&buffer, "svg");
        reader.setScaledSize({pixels, pixels});
        image = reader.read();
    }
    cache.insert(key, new QImage(image));
    return image;
}

} // namespace dsmsg::ui
