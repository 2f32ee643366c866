// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/WarningCatcher.h"

#include <QCoreApplication>
#include <utility>

namespace dsmsg::monitor {

namespace {

WarningCatcher* catcher = nullptr; // a message handler has no argument of its own

/// What the offscreen platform says of every window and is no fault of ours.
bool isNoise(const QString& text)
{
    return text.startsWith(QStringLiteral("This plugin does not support"));
}

} // namespace

WarningCatcher::WarningCatcher()
{
    catcher = this;
    before_ = qInstallMessageHandler(handle);
}

WarningCatcher::~WarningCatcher()
{
    qInstallMessageHandler(before_);
    catcher = nullptr;
}

QStringList WarningCatcher::take()
{
    const std::scoped_lock lock(mutex_);
    return std::exchange(warnings_, {});
}

void WarningCatcher::handle(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtDebugMsg || type == QtInfoMsg || isNoise(text))
        return;
    const std::scoped_lock lock(catcher->mutex_);
    if (!catcher->warnings_.contains(text))
        catcher->warnings_.append(text);
    if (catcher->before_ != nullptr)
        catcher->before_(type, context, text);
}

} // namespace dsmsg::monitor
