// SPDX-License-Identifier: GPL-3.0-or-later
//
// Waiting for something another process does. It can only be asked again and again; the deadline makes the
// test fail with words of its own instead of hanging.
#pragma once

#include <QDeadlineTimer>
#include <QThread>

#include "core/base/Clock.h"

namespace dsmsg::test {

/// Asks `condition` until it holds (true) or `patience` is over (false).
template <class Condition>
bool await(Milliseconds patience, Condition condition)
{
    constexpr unsigned long pauseMs = 3;
    const QDeadlineTimer deadline(patience);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QThread::msleep(pauseMs);
    }
    return true;
}

} // namespace dsmsg::test
