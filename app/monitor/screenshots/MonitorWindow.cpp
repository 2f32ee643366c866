// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/MonitorWindow.h"

#include "app/monitor/screenshots/Await.h"
#include "app/monitor/screenshots/PictureCheck.h"

namespace dsmsg::monitor {

MonitorWindow::MonitorWindow(QSize size, bool moves)
{
    session_.settings()->setMotion(moves ? Settings::FullMotion : Settings::ReducedMotion);
    session_.settings()->overrideTheme(Settings::LightTheme);
    session_.settings()->overrideLanguage(QStringLiteral("en"));
    session_.setGraphics(QStringLiteral("in software, without OpenGL"));
    engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine_.setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(&session_)},
                                  {QStringLiteral("firstPage"), QStringLiteral("overview")},
                                  {QStringLiteral("wantedSize"), size}});
    engine_.load(QUrl(QStringLiteral("qrc:/qt/qml/Dsmsg/Monitor/Main.qml")));
    if (engine_.rootObjects().isEmpty())
        return;
    window_ = qobject_cast<QQuickWindow*>(engine_.rootObjects().constFirst());
    shell_ = window_->property("shell").value<QObject*>();
}

MonitorWindow::~MonitorWindow()
{
    delete window_;
}

QQuickItem* MonitorWindow::shownPage() const
{
    return window_->property("shownPage").value<QQuickItem*>();
}

QRect MonitorWindow::shownRect() const
{
    const QQuickItem* page = shownPage();
    return page == nullptr ? QRect() : visibleRect(page).toRect();
}

void MonitorWindow::goTo(const QString& page, const QVariant& arguments)
{
    QMetaObject::invokeMethod(shell_, "goTo", Q_ARG(QString, page), Q_ARG(QVariant, arguments));
}

void MonitorWindow::select(const QString& kind, const QVariant& thing)
{
    QMetaObject::invokeMethod(shell_, "select", Q_ARG(QString, kind), Q_ARG(QVariant, thing));
}

void MonitorWindow::deselect()
{
    QMetaObject::invokeMethod(shell_, "deselect");
}

void MonitorWindow::resize(QSize size)
{
    window_->resize(size);
    handleEvents();
}

void MonitorWindow::wear(Settings::Theme theme)
{
    session_.settings()->overrideTheme(theme);
    handleEvents();
}

bool MonitorWindow::isSettled() const
{
    const QQuickItem* page = shownPage();
    if (page == nullptr || page->width() <= 0)
        return false;
    const QList<QQuickItem*> items = visibleItems(window_->contentItem());
    return std::ranges::all_of(items, [](const QQuickItem* item) {
        const QVariant settled = item->property("settled");
        return !settled.isValid() || settled.toBool();
    });
}

bool MonitorWindow::settle(Milliseconds patience)
{
    handleEvents();
    // A page that has just been laid out may order its drawings in the next turn only.
    window_->grabWindow();
    handleEvents();
    return await([this] { return isSettled(); }, patience);
}

QImage MonitorWindow::picture()
{
    return window_->grabWindow().convertToFormat(QImage::Format_RGB32);
}

} // namespace dsmsg::monitor
