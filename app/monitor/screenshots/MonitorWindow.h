// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole application in one object, driven from outside: its session, its window, what is shown in it, and
// whether that is ready to be looked at. Used by --screenshots and by tests; needs an application object.
#pragma once

#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include "app/monitor/app/Session.h"
#include "core/base/Clock.h"

namespace dsmsg::monitor {

class MonitorWindow
{
public:
    /// With reduced motion unless `moves`: pictures are of rest, not of the way there.
    explicit MonitorWindow(QSize size, bool moves = false);
    ~MonitorWindow();

    bool isOpen() const { return window_ != nullptr; }
    Session& session() { return session_; }
    QQuickWindow& window() { return *window_; }
    QObject& shell() { return *shell_; }
    /// What stands in the middle: a page, the welcome, or what is wrong. Null while it is made.
    QQuickItem* shownPage() const;
    QRect shownRect() const; ///< of shownPage(), in pixels of the picture

    void goTo(const QString& page, const QVariant& arguments = {});
    void select(const QString& kind, const QVariant& thing);
    void deselect();
    void resize(QSize size);
    void wear(Settings::Theme theme);

    /// The page is made and every item in it that has a property `settled` says so.
    bool isSettled() const;
    bool settle(Milliseconds patience = Milliseconds(5000));
    QImage picture();

private:
    Session session_;
    QQmlApplicationEngine engine_; ///< ends before what its items show
    QQuickWindow* window_ = nullptr;
    QObject* shell_ = nullptr;
};

} // namespace dsmsg::monitor
