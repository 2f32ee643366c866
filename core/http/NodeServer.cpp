// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/NodeServer.h"

#include <QTcpServer>

#include "core/http/HttpFront.h"
#include "core/http/Joiner.h"
#include "core/net/Reset.h"
#include "core/node/Node.h"
#include "core/node/RunIn.h"
#include "core/storage/StateStore.h"

namespace dsmsg::http {

NodeServer::NodeServer(ServerOptions options, const Clock& clock)
    : options_(std::move(options))
    , clock_(clock)
{
    acceptThread_.setObjectName(QStringLiteral("dsmsg-accept"));
    httpThread_.setObjectName(QStringLiteral("dsmsg-http"));
    inAcceptThread_.moveToThread(&acceptThread_);
    inHttpThread_.moveToThread(&httpThread_);
}

Result<std::unique_ptr<NodeServer>> NodeServer::start(ServerOptions options, const Clock& clock)
{
    std::unique_ptr<NodeServer> server(new NodeServer(std::move(options), clock));
    if (auto started = server->startUp(); !started)
        return started.error();
    return server;
}

Result<void> NodeServer::startUp()
{
    acceptThread_.start();
    httpThread_.start();
    // The port first: a second node on it must not get as far as the data directory.
    if (auto listening = listen(); !listening)
        return listening.error();
    auto node = node::Node::start(options_.node, clock_);
    if (!node)
        return node.error();
    node_ = std::move(*node);
    connect(node_.get(), &node::Node::stoppedWriting, this, &NodeServer::stoppedWriting);
    if (auto opened = openFront(); !opened)
        return opened.error();
    node::runIn(&inAcceptThread_, [this] {
        acceptor_ = std::make_unique<net::Acceptor>(
            std::move(listener_), options_.acceptor,
            net::Acceptor::Destination{front_.get(), [this](QTcpSocket* socket) { front_->adopt(socket); }},
            node_->peerDestination(), net::Acceptor::Destination{front_.get(), [this](QTcpSocket* socket) {
                                                                     front_->adoptWebSocket(socket);
                                                                 }});
    });
    const std::size_t connectionsMax = options_.acceptor.connectionsMax > 0
                                           ? options_.acceptor.connectionsMax
                                           : net::connectionsForOpenFileLimit();
    node::runIn(&inHttpThread_, [&] { front_->setAcceptor(acceptor_->counters(), connectionsMax); });
    return {};
}

Result<void> NodeServer::listen()
{
    const QString host = QString::fromStdString(options_.node.host);
    auto listening =
        node::runIn(&inAcceptThread_, [&] { return net::Acceptor::listen(host, options_.node.port); });
    if (!listening)
        return listening.error();
    listener_ = std::move(*listening);
    options_.node.port = listener_->serverPort();
    if (options_.node.advertiseUrl.empty()) {
        const bool v6 = options_.node.host.find(':') != std::string::npos;
        options_.node.advertiseUrl = "http://" + (v6 ? "[" + options_.node.host + "]" : options_.node.host) +
                                     ":" + std::to_string(options_.node.port);
    }
    return {};
}

Result<void> NodeServer::openFront()
{
    return node::runIn(&inHttpThread_, [this]() -> Result<void> {
        auto reader = storage::openMessageReader(node_->directory());
        if (!reader)
            return reader.error();
        gateway_ = node_->makeGateway();
        front_ = std::make_unique<HttpFront>(HttpFront::Parts{*gateway_, std::move(*reader), node_->clock(),
                                                              options_.http, options_.allowedOrigins,
                                                              options_.node.id});
        if (!options_.node.joinUrl.empty())
            joiner_ = std::make_unique<Joiner>(
                *gateway_, Joiner::Self{options_.node.id, options_.node.advertiseUrl}, options_.node.joinUrl);
        return {};
    });
}

bool NodeServer::mayStartOver() const
{
    return node_ && node_->directory().damageNoted() && options_.node.hasOthers();
}

void NodeServer::ping(std::function<void()> answer)
{
    askGateway(
        [](node::Gateway& gateway, std::function<void()> back) {
            gateway.requestTime([back = std::move(back)](const node::TimeStatus&) { back(); });
        },
        std::move(answer));
}

void NodeServer::handOver(std::function<void()> done)
{
    askGateway(
        [](node::Gateway& gateway, std::function<void()> back) {
            gateway.transferLeadership({}, [back = std::move(back)](const node::Administered&) { back(); });
        },
        std::move(done));
}

void NodeServer::askGateway(std::function<void(node::Gateway&, std::function<void()>)> question,
                            std::function<void()> answer)
{
    // The HTTP thread has ended, and the gateway with what it owes, before this object is gone.
    std::function<void()> back = [this, answer = std::move(answer)] {
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(&inHttpThread_, [this, question = std::move(question), back = std::move(back)] {
        if (gateway_)
            question(*gateway_, back);
    });
}

NodeServer::~NodeServer()
{
    stop();
}

void NodeServer::kill()
{
    node::runIn(&inAcceptThread_, [this] {
        net::resetWhenClosed(*acceptor_);
        acceptor_.reset();
        listener_.reset();
    });
    node::runIn(&inHttpThread_, [this] { front_->resetAll(); });
    node_->kill();
    stop();
}

void NodeServer::stop()
{
    // From the outside in: no new connections, then no front, then no node.
    if (acceptThread_.isRunning()) {
        node::runIn(&inAcceptThread_, [this] {
            acceptor_.reset();
            listener_.reset();
        });
        acceptThread_.quit();
        acceptThread_.wait();
    }
    if (httpThread_.isRunning()) {
        node::runIn(&inHttpThread_, [this] {
            joiner_.reset();
            front_.reset();
            gateway_.reset();
        });
    }
    node_.reset();
    httpThread_.quit();
    httpThread_.wait();
}

} // namespace dsmsg::http
