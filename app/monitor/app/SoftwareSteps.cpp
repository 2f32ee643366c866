// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/SoftwareSteps.h"

#include <QTimerEvent>

namespace dsmsg::monitor {

namespace {

constexpr int stepMs = 12;

} // namespace

SoftwareSteps::~SoftwareSteps()
{
    // Else Qt's own one goes on from here, which it cannot when the application ends.
    stop();
}

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
