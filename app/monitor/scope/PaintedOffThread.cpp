// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/PaintedOffThread.h"

#include <QQuickWindow>
#include <QSGImageNode>

namespace dsmsg::monitor {

PaintedOffThread::PaintedOffThread(QQuickItem* parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    pool_.setMaxThreadCount(1);
}

PaintedOffThread::~PaintedOffThread()
{
    pool_.waitForDone();
}

bool PaintedOffThread::isSettled() const
{
    const double ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
    return !drawing_ && !next_ && front_.size() == (size() * ratio).toSize();
}

void PaintedOffThread::draw(const QColor& background, Paint paint)
{
    const double ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
    Wish wish{(size() * ratio).toSize(), ratio, background, std::move(paint)};
    if (wish.pixels.isEmpty())
        return;
    if (drawing_)
        next_ = std::move(wish);
    else
        start(std::move(wish));
}

void PaintedOffThread::start(Wish wish)
{
    drawing_ = true;
    pool_.start([this, wish = std::move(wish), picture = std::move(spare_)]() mutable {
        if (picture.size() != wish.pixels)
            picture = QImage(wish.pixels, QImage::Format_RGB32);
        picture.setDevicePixelRatio(wish.ratio);
        picture.fill(wish.background);
        {
            QPainter painter(&picture);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
            wish.paint(painter);
        }
        QMetaObject::invokeMethod(
            this, [this, picture = std::move(picture)]() mutable { finished(std::move(picture)); },
            Qt::QueuedConnection);
    });
    spare_ = QImage();
}

void PaintedOffThread::finished(QImage picture)
{
    spare_ = std::move(front_);
    front_ = std::move(picture);
    changed_ = true;
    drawing_ = false;
    update();
    if (next_) {
        Wish wish = std::move(*next_);
        next_.reset();
        start(std::move(wish));
    }
}

QSGNode* PaintedOffThread::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    auto* node = static_cast<QSGImageNode*>(old);
    if (front_.isNull()) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        changed_ = true;
    }
    if (changed_) {
        node->setTexture(window()->createTextureFromImage(front_, QQuickWindow::TextureIsOpaque));
        changed_ = false;
    }
    node->setRect(boundingRect());
    return node;
}

} // namespace dsmsg::monitor
