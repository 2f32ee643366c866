// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/Await.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

namespace dsmsg::monitor {

bool await(const std::function<bool()>& condition, Milliseconds patience)
{
    constexpr unsigned long pauseMs = 4;
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > patience.count())
            return false;
        handleEvents();
        QThread::msleep(pauseMs);
    }
    return true;
}

void handleEvents()
{
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace dsmsg::monitor
