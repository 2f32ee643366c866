// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Graphics.h"

#include <QCoreApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QQuickWindow>

#include "app/monitor/app/SoftwareSteps.h"

namespace dsmsg::monitor {

namespace {

/// The name of the OpenGL implementation; "" when there is none that works.
QString openGlRenderer()
{
    QOpenGLContext context;
    if (!context.create())
        return {};
    QOffscreenSurface surface;
    surface.setFormat(context.format());
    surface.create();
    if (!surface.isValid() || !context.makeCurrent(&surface))
        return {};
    const auto* name = reinterpret_cast<const char*>(context.functions()->glGetString(GL_RENDERER));
    const QString renderer = name != nullptr ? QString::fromLatin1(name) : QString();
    context.doneCurrent();
    return renderer;
}

bool isComputed(const QString& renderer)
{
    return renderer.isEmpty() || renderer.contains(QStringLiteral("llvmpipe"), Qt::CaseInsensitive) ||
           renderer.contains(QStringLiteral("softpipe"), Qt::CaseInsensitive) ||
           renderer.contains(QStringLiteral("swrast"), Qt::CaseInsensitive);
}

/// In software nothing waits for the screen. Qt still waits 5 ms from the wish for a frame until it draws it,
/// and moves what moves each 16 ms: a picture would come to 44 frames a second instead of 60.
void setThePace()
{
    const char* const name = "QT_QPA_UPDATE_IDLE_TIME";
    if (!qEnvironmentVariableIsSet(name))
        qputenv(name, "0");
    (new SoftwareSteps(QCoreApplication::instance()))->install();
}

} // namespace

QString chooseGraphics()
{
    if (qEnvironmentVariableIsSet("QT_QUICK_BACKEND")) {
        const QString wanted = qEnvironmentVariable("QT_QUICK_BACKEND");
        if (wanted == QLatin1String("software"))
            setThePace();
        return wanted;
    }
    const QString renderer = openGlRenderer();
    if (!isComputed(renderer))
        return renderer;
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    setThePace();
    return QCoreApplication::translate("dsmsg::monitor::Graphics", "in software, without OpenGL");
}

} // namespace dsmsg::monitor
