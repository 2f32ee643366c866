// SPDX-License-Identifier: GPL-3.0-or-later
//
// An item whose picture is drawn by another thread and only shown by the scene graph: as a texture, with no
// copy of it on the way, which the software renderer too blits as it is. While a picture is being drawn the
// newest wish waits; what was wished in between is never drawn. The picture is opaque, so that nothing
// below it is painted.
#pragma once

#include <functional>
#include <optional>

#include <QImage>
#include <QPainter>
#include <QQuickItem>
#include <QThreadPool>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class PaintedOffThread : public QQuickItem
{
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(bool settled READ isSettled) ///< the newest wish is what is shown; for pictures of the window

public:
    explicit PaintedOffThread(QQuickItem* parent = nullptr);
    ~PaintedOffThread() override;

    const QImage& picture() const { return front_; }
    bool isSettled() const;

protected:
    /// Draws in logical pixels; runs elsewhere, so it must own all it uses.
    using Paint = std::function<void(QPainter&)>;
    void draw(const QColor& background, Paint paint);

    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    struct Wish
    {
        QSize pixels;
        double ratio = 1;
        QColor background;
        Paint paint;
    };
    void start(Wish wish);
    void finished(QImage picture);

    QThreadPool pool_; ///< of one
    bool drawing_ = false;
    std::optional<Wish> next_;
    QImage front_; ///< shown
    QImage spare_; ///< the one shown before, to be drawn into
    bool changed_ = false;
};

} // namespace dsmsg::monitor
