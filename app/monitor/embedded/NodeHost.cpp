// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/embedded/NodeHost.h"

namespace dsmsg::monitor {

NodeHost::NodeHost(http::ServerOptions options)
    : options_(std::move(options))
{
}

NodeHost::~NodeHost() = default;

void NodeHost::start()
{
    if (server_)
        return Q_EMIT started();
    auto server = http::NodeServer::start(options_, clock_);
    if (!server)
        return Q_EMIT failed(QString::fromStdString(server.error().text));
    server_ = std::move(*server);
    // Queued: a node is not to be destroyed in the middle of its own signal.
    connect(server_.get(), &http::NodeServer::stoppedWriting, this, &NodeHost::brokeDown,
            Qt::QueuedConnection);
    Q_EMIT started();
}

void NodeHost::stop()
{
    server_.reset();
    Q_EMIT ended();
}

void NodeHost::kill()
{
    if (server_)
        server_->kill();
    stop();
}

void NodeHost::brokeDown(const QString& why)
{
    if (!server_)
        return;
    if (!server_->mayStartOver())
        return Q_EMIT stoppedWriting(why);
    server_.reset();
    start();
    if (server_)
        Q_EMIT startedOver(why);
}

} // namespace dsmsg::monitor
