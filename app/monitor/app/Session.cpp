// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Session.h"

namespace dsmsg::monitor {

Session::Session(QObject* parent)
    : QObject(parent)
{
}

void Session::start()
{
    appearance_.portal().start();
}

} // namespace dsmsg::monitor
