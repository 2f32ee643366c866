// SPDX-License-Identifier: GPL-3.0-or-later
//
// One client of /ws: its window of unanswered messages, its subscriptions, and what is gathered for it in
// this turn. Everything a client could make grow is bounded by HttpLimits; who does not read what it asked
// for is cut off.
#pragma once

#include <QObject>
#include <QWebSocket>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/http/HttpLimits.h"
#include "core/http/SubmissionQueue.h"
#include "core/http/ws/ClientFrame.h"
#include "core/http/ws/ServerFrames.h"
#include "core/http/ws/Subscription.h"

namespace dsmsg::http {

class WebSocketConnection;

/// What a connection asks of its front. Outlives its connections.
class WebSocketOwner
{
public:
    virtual ~WebSocketOwner() = default;
    /// Answered by WebSocketConnection::settled(), perhaps within the call.
    virtual void publish(WebSocketConnection& connection, std::uint64_t ref, node::Draft draft,
                         node::AckLevel ack) = 0;
    /// The client is gone; the connection is to be deleted, but not within the call.
    virtual void closed(WebSocketConnection& connection) = 0;
};

class WebSocketConnection final : public QObject, private Subscription::Wire
{
    Q_OBJECT

public:
    using Now = std::chrono::steady_clock::time_point;
    struct Parts
    {
        WebSocketOwner& owner;
        Feed& feed;
        const HttpLimits& limits;
    };

    /// Takes `socket`, whose handshake is done and which lives in this thread. All parts outlive this.
    WebSocketConnection(std::uint64_t id, std::unique_ptr<QWebSocket> socket, const HelloFrame& hello,
                        Parts parts, Now now);
    ~WebSocketConnection() override;

    std::uint64_t id() const { return id_; }
    /// One message has its outcome.
    void settled(const Settled& one);
    /// Pings who is quiet, ends who has been quiet for too long.
    void keepAlive(Now now);
    /// Says goodbye and closes at once.
    void goAway();
    void reset();
    std::size_t unanswered() const { return unanswered_; }

private:
    void arrived(std::string_view frame, bool binary);
    void take(PubFrame& frame);
    void take(SubFrame& frame);
    void take(const UnsubFrame& frame);
    void take(const CreditFrame& frame);
    void take(const BadFrame& frame);
    void publish(std::uint64_t ref, node::Draft draft, node::AckLevel ack);
    void resultAdded();
    void flushResults();
    void transmit(const std::string& frame);
    void bytesTaken();
    void close(QWebSocketProtocol::CloseCode code, const std::string& reason);
    void disconnected();

    bool takesMore(std::size_t gathered) const override;
    void send(const std::string& frame) override;
    void ended(std::uint64_t sub, const std::string& why) override;

    const std::uint64_t id_;
    const std::unique_ptr<QWebSocket> socket_;
    const Parts parts_;
    const std::unique_ptr<ServerFrames> frames_;
    std::map<std::uint64_t, std::unique_ptr<Subscription>> subscriptions_; ///< by the client's number
    std::string results_;                                                  ///< of this turn
    std::size_t unanswered_ = 0;
    std::size_t unansweredBytes_ = 0; ///< of payload
    bool flushPosted_ = false;
    mutable bool full_ = false; ///< takesMore() said no since the last bytes were taken
    bool gone_ = false;         ///< the owner knows
    Now heard_;
    Now pinged_;
    std::optional<Now> closing_; ///< since when the client's part of the goodbye is awaited
};

} // namespace dsmsg::http
