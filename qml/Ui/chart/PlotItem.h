// SPDX-License-Identifier: GPL-3.0-or-later
//
// An item whose picture is drawn on a worker thread and only copied in paint(), which runs while the GUI
// thread waits. It asks for a new picture at most ten times a second, only while it can be seen, and only
// after something has changed; one is drawn at a time, and the newest wish wins.
#pragma once

#include <memory>
#include <optional>

#include <QImage>
#include <QQuickPaintedItem>
#include <QTimer>

#include "qml/Ui/chart/PlotPicture.h"

namespace dsmsg::ui {

class PlotItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(int drawings READ drawings NOTIFY drawn) ///< how many pictures there were, for tests
    Q_PROPERTY(bool settled READ isSettled) ///< the newest wish is what is shown; for pictures of the window

public:
    static constexpr int leastIntervalMs = 100;

    explicit PlotItem(QQuickItem* parent = nullptr);
    ~PlotItem() override;

    void paint(QPainter* painter) override;
    int drawings() const { return drawings_; }
    bool isSettled() const { return !wanted_ && !drawing_; }

Q_SIGNALS:
    void drawn();

protected:
    /// What is to be drawn now; nullopt: nothing.
    virtual std::optional<PlotPicture> describe() = 0;
    /// Something has changed.
    void redraw();
    double ratio() const;

    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    void componentComplete() override;

private:
    bool canBeSeen() const;
    void start();
    void take(const QImage& image);

    QTimer pause_; ///< runs while the next picture has to wait
    QImage image_;
    bool wanted_ = false;
    bool drawing_ = false;
    int drawings_ = 0;
    /// Shared with the worker, which may outlive the item.
    std::shared_ptr<PlotItem*> self_;
};

} // namespace dsmsg::ui
