// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/PlotItem.h"

#include <QCoreApplication>
#include <QPainter>
#include <QQuickWindow>
#include <QThreadPool>

namespace dsmsg::ui {

PlotItem::PlotItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
    , self_(std::make_shared<PlotItem*>(this))
{
    pause_.setSingleShot(true);
    pause_.setInterval(leastIntervalMs);
    connect(&pause_, &QTimer::timeout, this, &PlotItem::start);
}

PlotItem::~PlotItem()
{
    *self_ = nullptr; // read in this thread only
}

void PlotItem::paint(QPainter* painter)
{
    if (!image_.isNull())
        painter->drawImage(QPointF(0, 0), image_);
}

void PlotItem::redraw()
{
    wanted_ = true;
    if (!drawing_ && !pause_.isActive())
        start();
}

double PlotItem::ratio() const
{
    return window() ? window()->effectiveDevicePixelRatio() : 1;
}

bool PlotItem::canBeSeen() const
{
    return isComponentComplete() && isVisible() && window() && window()->isVisible() &&
           window()->visibility() != QWindow::Minimized && width() >= 1 && height() >= 1;
}

void PlotItem::start()
{
    if (!wanted_ || drawing_ || !canBeSeen())
        return;
    wanted_ = false;
    const std::optional<PlotPicture> picture = describe();
    if (!picture) {
        take({});
        return;
    }
    drawing_ = true;
    pause_.start();
    QThreadPool::globalInstance()->start([self = self_, picture = *picture] {
        const QImage image = draw(picture);
        // The application is the one receiver that is certainly there; the item may be gone.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, image] {
                if (*self)
                    (*self)->take(image);
            },
            Qt::QueuedConnection);
    });
}

void PlotItem::take(const QImage& image)
{
    drawing_ = false;
    image_ = image;
    ++drawings_;
    update();
    Q_EMIT drawn();
    if (wanted_ && !pause_.isActive())
        start();
}

void PlotItem::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() != before.size())
        redraw();
}

void PlotItem::itemChange(ItemChange change, const ItemChangeData& data)
{
    QQuickPaintedItem::itemChange(change, data);
    if (change == ItemSceneChange && data.window) {
        connect(data.window, &QWindow::visibilityChanged, this, &PlotItem::redraw, Qt::UniqueConnection);
        redraw();
    }
    if ((change == ItemVisibleHasChanged && data.boolValue) || change == ItemDevicePixelRatioHasChanged)
        redraw();
}

void PlotItem::componentComplete()
{
    QQuickPaintedItem::componentComplete();
    redraw();
}

} // namespace dsmsg::ui
