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
    return front_.wish >= settledFrom_ && front_.picture.size() == (size() * ratio).toSize();
}

void PaintedOffThread::draw(const QColor& background, Show show, Paint paint)
{
    showDrawn();
    const double ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
    Wish wish{wishes_ + 1, (size() * ratio).toSize(), ratio, background, std::move(paint)};
    if (wish.pixels.isEmpty())
        return;
    ++wishes_;
    if (show == Show::WhenDrawn)
        settledFrom_ = wishes_;
    if (drawing_)
        next_ = std::move(wish);
    else
        start(std::move(wish));
}

void PaintedOffThread::start(Wish wish)
{
    drawing_ = true;
    QImage spare = takeSpare(wish.pixels);
    pool_.start([this, wish = std::move(wish), picture = std::move(spare)]() mutable {
        if (picture.isNull())
            picture = QImage(wish.pixels, QImage::Format_RGB32);
        picture.setDevicePixelRatio(wish.ratio);
        picture.fill(wish.background);
        {
            QPainter painter(&picture);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
            wish.paint(painter);
        }
        QMetaObject::invokeMethod(
            this,
            [this, drawn = Drawn{std::move(picture), wish.number}]() mutable { finished(std::move(drawn)); },
            Qt::QueuedConnection);
    });
}

/// One that nothing else holds; null: there is none.
QImage PaintedOffThread::takeSpare(QSize pixels)
{
    for (QImage& spare : spares_) {
        if (spare.size() == pixels && spare.isDetached())
            return std::exchange(spare, QImage());
    }
    return {};
}

void PaintedOffThread::finished(Drawn drawn)
{
    drawing_ = false;
    drawn_ = std::move(drawn);
    if (next_ || front_.wish < settledFrom_)
        showDrawn();
    if (next_) {
        Wish wish = std::move(*next_);
        next_.reset();
        start(std::move(wish));
    }
}

void PaintedOffThread::showDrawn()
{
    if (!drawn_)
        return;
    spares_[1] = std::exchange(spares_[0], std::move(front_.picture));
    front_ = *std::exchange(drawn_, std::nullopt);
    changed_ = true;
    update();
}

QSGNode* PaintedOffThread::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    auto* node = static_cast<QSGImageNode*>(old);
    if (front_.picture.isNull()) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        changed_ = true;
    }
    if (changed_) {
        node->setTexture(window()->createTextureFromImage(front_.picture, QQuickWindow::TextureIsOpaque));
        changed_ = false;
    }
    node->setRect(boundingRect());
    return node;
}

} // namespace dsmsg::monitor
