// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTTP side of a node: takes sockets from the acceptor, reads requests, routes them to resources and
// writes the answers. Everything here lives in the HTTP thread and never blocks; the node is asked through
// node::Gateway and messages are read through this thread's own MessageReader.
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/Clock.h"
#include "core/http/Feed.h"
#include "core/http/FrontFigures.h"
#include "core/http/HttpConnection.h"
#include "core/http/HttpLimits.h"
#include "core/http/LongPolls.h"
#include "core/http/NodeQueries.h"
#include "core/http/QtRequestParser.h"
#include "core/http/Resource.h"
#include "core/http/Router.h"
#include "core/messaging/Store.h"
#include "core/net/Acceptor.h"
#include "core/node/Gateway.h"

class QTcpSocket;

namespace dsmsg::http {

class ObserveResource;
class SubmissionQueue;
class WebSocketFront;

class HttpFront final : public QObject, private ConnectionOwner, private AnswerSink
{
    Q_OBJECT

public:
    struct Parts
    {
        node::Gateway& gateway; ///< must outlive the front; its answers come in this thread
        std::unique_ptr<messaging::MessageReader> reader;
        const Clock& clock; ///< same
        HttpLimits limits;
        std::vector<std::string> allowedOrigins; ///< empty: every origin
        std::string nodeId;                      ///< for /heartbeat, which does not ask the Raft thread
    };
    /// In the HTTP thread, which needs an event loop.
    explicit HttpFront(Parts parts);
    ~HttpFront() override;

    /// Takes a connected socket that was moved to this thread; it may hold bytes already.
    void adopt(QTcpSocket* socket);
    /// Same, of a socket whose request asks for an upgrade of /ws.
    void adoptWebSocket(QTcpSocket* socket);
    /// Closes every connection at once; pending answers are dropped.
    void closeAll();
    /// The same as the end of a killed process does it: by resets.
    void resetAll();

    /// For fronts beside this one in the same thread. Valid while this lives.
    Feed& feed() { return feed_; }
    const WebSocketFront& webSockets() const { return *webSockets_; }
    LongPolls& polls() { return polls_; }
    std::size_t connectionCount() const { return connections_.size(); }
    const HttpCounters& counters() const { return counters_; }
    /// Whose sockets come here, and how many there may be: for the figures of the whole node.
    void setAcceptor(std::shared_ptr<const net::AcceptorCounters> counters, std::size_t connectionsMax);
    FrontFigures figures() const;

private:
    void requested(HttpConnection& connection, std::uint64_t number, std::string_view head,
                   std::string_view body) override;
    void format(std::string& out, const Response& response, const Framing& framing) override;
    void closed(HttpConnection& connection) override;
    void answer(ReplyTo to, Response response) override;
    void addRoutes();
    void sweep();

    node::Gateway& gateway_;
    const Clock& clock_;
    const HttpLimits limits_;
    const std::string nodeId_;
    const std::vector<std::string> allowedOrigins_;
    CorsPolicy cors_;
    QtRequestParser parser_;
    std::unique_ptr<SubmissionQueue> submissions_;
    NodeQueries queries_;
    std::unique_ptr<messaging::MessageReader> reader_;
    Feed feed_;
    std::unique_ptr<WebSocketFront> webSockets_;
    std::shared_ptr<const net::AcceptorCounters> accepting_; ///< null until setAcceptor()
    std::size_t connectionsMax_ = 0;
    const FiguresSource figuresSource_ = [this] { return figures(); };
    LongPolls polls_;
    Router router_;
    ObserveResource* observing_ = nullptr;                           ///< owned by router_
    std::unordered_map<std::uint64_t, HttpConnection*> connections_; ///< children of this object
    std::uint64_t lastConnection_ = 0;
    HttpCounters counters_;
    std::string date_; ///< the Date header's value, refreshed by sweep()
    QTimer sweeper_;
};

} // namespace dsmsg::http
