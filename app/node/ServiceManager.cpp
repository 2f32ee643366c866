// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/node/ServiceManager.h"

#include <systemd/sd-daemon.h>

#include <chrono>

#include "core/http/NodeServer.h"

namespace dsmsg::app {

ServiceManager::ServiceManager(http::NodeServer& server)
    : server_(server)
{
    sd_notifyf(0, "READY=1\nSTATUS=Serving %s", server.url().c_str());
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0)
        return;
    connect(&feeding_, &QTimer::timeout, this, [this] { server_.ping([] { sd_notify(0, "WATCHDOG=1"); }); });
    // Three times in the span that systemd allows, so that one late answer is no death.
    feeding_.start(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds(microseconds / 3)));
}

ServiceManager::~ServiceManager() = default;

void ServiceManager::stopping()
{
    feeding_.stop();
    sd_notify(0, "STOPPING=1\nSTATUS=Handing over and stopping");
}

} // namespace dsmsg::app
