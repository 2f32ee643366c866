// SPDX-License-Identifier: GPL-3.0-or-later
//
// An item whose picture is drawn by another thread and only shown by the scene graph: as a texture, with no
// copy of it on the way, which the software renderer too blits as it is. While a picture is being drawn the
// newest wish waits; what was wished in between is never drawn. The picture is opaque, so that nothing
// below it is painted.
//
// What moves is shown a step late: each picture when the next is wished. Else the time between two frames
// would be that between two wishes and what one picture took longer than the other.
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
    /// The newest wish to be shown when drawn is, or a later one; for pictures of the window.
    Q_PROPERTY(bool settled READ isSettled)

public:
    explicit PaintedOffThread(QQuickItem* parent = nullptr);
    ~PaintedOffThread() override;

    const QImage& picture() const { return front_.picture; }
    bool isSettled() const;

protected:
    /// Draws in logical pixels; runs elsewhere, so it must own all it uses.
    using Paint = std::function<void(QPainter&)>;
    enum class Show
    {
        WhenDrawn,
        WithTheNextWish, ///< or when it is drawn, if the next was wished before
    };
    void draw(const QColor& background, Show show, Paint paint);
    /// There was a step at which nothing had to be drawn.
    void showDrawn();

    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    struct Wish
    {
        quint64 number = 0; ///< from 1
        QSize pixels;
        double ratio = 1;
        QColor background;
        Paint paint;
    };
    struct Drawn
    {
        QImage picture;
        quint64 wish = 0; ///< its number
    };
    void start(Wish wish);
    void finished(Drawn drawn);
    QImage takeSpare(QSize pixels);

    QThreadPool pool_; ///< of one
    bool drawing_ = false;
    std::optional<Wish> next_;
    quint64 wishes_ = 0;         ///< so far
    quint64 settledFrom_ = 0;    ///< the newest wish to be shown when drawn
    std::optional<Drawn> drawn_; ///< waits for the next wish
    Drawn front_;                ///< shown
    QImage spares_[2];           ///< shown before, to be drawn into; the scene graph may still hold the newer
    bool changed_ = false;
};

} // namespace dsmsg::monitor
