// SPDX-License-Identifier: GPL-3.0-or-later
//
// What systemd is told of a node (sd_notify(3), Type=notify): that it serves, that it still lives, that it
// stops. The watchdog is fed only when the Raft thread has answered: a node that stands still is to be
// restarted, however well its event loop turns. Without systemd all of it does nothing.
#pragma once

#include <QObject>
#include <QTimer>

namespace dsmsg::http {
class NodeServer;
} // namespace dsmsg::http

namespace dsmsg::app {

class ServiceManager : public QObject
{
    Q_OBJECT

public:
    /// Says that the node is ready, and feeds the watchdog from now on. `server` outlives it.
    explicit ServiceManager(http::NodeServer& server);
    ~ServiceManager() override;

    void stopping(); ///< no more is promised; the time to stop begins

private:
    http::NodeServer& server_;
    QTimer feeding_;
};

} // namespace dsmsg::app
