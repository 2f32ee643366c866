// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/SoftwareSteps.h"

#include <QTimerEvent>

namespace dsmsg::monitor {

namespace {

constexpr int stepMs = 12;

} // namespace

void SoftwareSteps::start()
{
    timer_.start(stepMs, Qt::PreciseTimer, this);
    QAnimationDriver::start();
}

void SoftwareSteps::stop()
{
    timer_.stop();
    QAnimationDriver::stop();
}

void SoftwareSteps::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == timer_.timerId())
        advance();
    else
        QAnimationDriver::timerEvent(event);
}

} // namespace dsmsg::monitor
