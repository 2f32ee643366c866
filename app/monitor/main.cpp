// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-monitor: the desktop application.
#include <QApplication>
#include <QCommandLineParser>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTimer>

#include "app/monitor/app/Session.h"

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    QCommandLineParser parser;
    parser.addOptions({
        {QStringLiteral("connect"), QStringLiteral("Base URLs, comma separated."), QStringLiteral("urls")},
        {QStringLiteral("page"), QStringLiteral("Which page is open first."), QStringLiteral("name"),
         QStringLiteral("overview")},
        {QStringLiteral("size"), QStringLiteral("Of the window."), QStringLiteral("WxH"),
         QStringLiteral("1280x800")},
        {QStringLiteral("grab"), QStringLiteral("Writes a picture of the window and ends."),
         QStringLiteral("file")},
        {QStringLiteral("after"), QStringLiteral("... after so many seconds."), QStringLiteral("s"),
         QStringLiteral("2")},
    });
    parser.process(application);
    dsmsg::monitor::Session session;
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    engine.setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(&session)},
                                 {QStringLiteral("page"), parser.value(QStringLiteral("page"))},
                                 {QStringLiteral("width"), size.value(0).toInt()},
                                 {QStringLiteral("height"), size.value(1).toInt()}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Dsmsg/Monitor/Main.qml")));
    if (engine.rootObjects().isEmpty())
        return 1;
    if (parser.isSet(QStringLiteral("grab")))
        QTimer::singleShot(int(parser.value(QStringLiteral("after")).toDouble() * 1000), &application, [&] {
            auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
            window->grabWindow().save(parser.value(QStringLiteral("grab")));
            QCoreApplication::quit();
        });
    return QApplication::exec();
}
