// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's life inside this process. It lives in a thread of its own, because starting and stopping a node
// waits for its disk; its orders are queued there and done one after another.
#pragma once

#include <memory>

#include <QObject>
#include <QStringList>

#include "core/base/Clock.h"
#include "core/http/NodeServer.h"

namespace dsmsg::monitor {

class NodeHost : public QObject
{
    Q_OBJECT

public:
    explicit NodeHost(http::ServerOptions options);
    ~NodeHost() override;

    // In this object's thread.
    void start();
    void stop();
    void kill();

Q_SIGNALS:
    void started();
    void failed(const QString& why);
    void ended();
    /// Its storage failed: it serves reads until it is started anew.
    void stoppedWriting(const QString& why);
    /// What it had stored is damaged and was set aside; it catches up from the others.
    void startedOver(const QString& why);

private:
    void brokeDown(const QString& why);

    const http::ServerOptions options_;
    const SystemClock clock_;
    std::unique_ptr<http::NodeServer> server_;
};

} // namespace dsmsg::monitor
