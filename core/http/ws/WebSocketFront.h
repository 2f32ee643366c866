// SPDX-License-Identifier: GPL-3.0-or-later
//
// The WebSocket side of a node, beside HttpFront and in its thread: takes sockets whose first bytes ask for
// an upgrade of /ws, checks them, and keeps the connections. Publishing goes through the same SubmissionQueue
// as /send, subscribing through the same Feed as /events.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocketServer>
#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/http/Fault.h"
#include "core/http/Response.h"
#include "core/http/SubmissionQueue.h"
#include "core/http/ws/WebSocketConnection.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

class WebSocketFront final : public QObject, private WebSocketOwner, private OutcomeReceiver
{
    Q_OBJECT

public:
    /// All outlive the front, which must live as long as the queue has outcomes to give.
    struct Parts
    {
        node::Gateway& gateway;
        SubmissionQueue& submissions;
        Feed& feed;
        const HttpLimits& limits;
        const CorsPolicy& cors;
        const std::string& date; ///< of the Date header
    };
    explicit WebSocketFront(Parts parts);
    ~WebSocketFront() override;

    /// Takes a socket that was moved to this thread and holds the beginning of its request, unread.
    void adopt(QTcpSocket* socket);
    /// Says goodbye to everybody and closes.
    void closeAll();
    /// Resets every connection.
    void resetAll();
    std::size_t connectionCount() const { return connections_.size(); }

private:
    using Now = std::chrono::steady_clock::time_point;
    /// A socket that is no WebSocket yet.
    struct Newcomer
    {
        QPointer<QTcpSocket> socket;
        Now since;
    };

    void look(QTcpSocket* socket);
    void refuse(QTcpSocket* socket, const Fault& fault);
    void learnHello();
    void upgradeReady();
    void takeUpgraded();
    void sweep();

    void publish(WebSocketConnection& connection, std::uint64_t ref, node::Draft draft,
                 node::AckLevel ack) override;
    void closed(WebSocketConnection& connection) override;
    void settled(const Settled& one) override;

    const Parts parts_;
    QWebSocketServer upgrader_;
    std::vector<Newcomer> newcomers_;
    std::vector<QPointer<QTcpSocket>> ready_; ///< of those: checked, waiting for what hello says
    HelloFrame hello_;
    bool learning_ = false;
    std::unordered_map<std::uint64_t, WebSocketConnection*> connections_; ///< children of this object
    std::uint64_t lastConnection_ = 0;
    QTimer sweeper_;
};

} // namespace dsmsg::http
