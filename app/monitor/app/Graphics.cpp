// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Graphics.h"

#include <QCoreApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QQuickWindow>

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

} // namespace

QString chooseGraphics()
{
    if (qEnvironmentVariableIsSet("QT_QUICK_BACKEND"))
        return qEnvironmentVariable("QT_QUICK_BACKEND");
    const QString renderer = openGlRenderer();
    if (!isComputed(renderer))
        return renderer;
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    return QCoreApplication::translate("dsmsg::monitor::Graphics", "in software, without OpenGL");
}

} // namespace dsmsg::monitor
