// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every test of the whole window shares: a process prepared as for pictures (offscreen, software
// rendering, settings and data in a folder of its own), and the window.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "app/monitor/screenshots/Await.h"
#include "app/monitor/screenshots/MonitorWindow.h"
#include "app/monitor/screenshots/PictureCheck.h"
#include "app/monitor/screenshots/WarningCatcher.h"

namespace dsmsg::test {

using monitor::await;
using monitor::handleEvents;
using monitor::MonitorWindow;

/// main() of such a test.
int runWindowTest(int argc, char** argv, const std::function<std::unique_ptr<QObject>()>& make);

/// Every page, by its name in Pages.qml.
const QStringList& pageNames();
/// Starts the embedded cluster of the window and waits until it has a leader.
bool startEmbedded(MonitorWindow& window, int nodes);

} // namespace dsmsg::test

#define DSMSG_WINDOW_TEST(Class)                                                                             \
    int main(int argc, char** argv)                                                                          \
    {                                                                                                        \
        return dsmsg::test::runWindowTest(argc, argv, [] { return std::make_unique<Class>(); });             \
    }
