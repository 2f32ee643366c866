// SPDX-License-Identifier: GPL-3.0-or-later
//
// One client: its socket, the request being read, and the answers it still waits for, kept in the order of
// the requests whatever order they come in. Everything a client could make grow or last is bounded by
// HttpLimits.
#pragma once

#include <QObject>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "core/http/HttpLimits.h"
#include "core/http/InputBuffer.h"
#include "core/http/Request.h"
#include "core/http/RequestFramer.h"
#include "core/http/Response.h"
#include "core/http/ResponseStream.h"

class QTcpSocket;

namespace dsmsg::http {

class HttpConnection;

/// What a connection asks of the front. Outlives its connections.
class ConnectionOwner
{
public:
    virtual ~ConnectionOwner() = default;
    /// A complete request; may answer within the call. `head` and `body` are valid during the call.
    virtual void requested(HttpConnection& connection, std::uint64_t number, std::string_view head,
                           std::string_view body) = 0;
    /// Appends the bytes of an answer.
    virtual void format(std::string& out, const Response& response, const Framing& framing) = 0;
    /// The client is gone; the connection is to be deleted, but not within the call.
    virtual void closed(HttpConnection& connection) = 0;
};

class HttpConnection final : public QObject, private StreamWriter
{
    Q_OBJECT

public:
    using Now = std::chrono::steady_clock::time_point;

    /// Takes `socket`, which already lives in this thread and may hold bytes.
    /// `clock` is the node's, and outlives this: requests are stamped by it, deadlines are not.
    HttpConnection(std::uint64_t id, QTcpSocket* socket, const HttpLimits& limits, ConnectionOwner& owner,
                   const Clock& clock, Now now);

    std::uint64_t id() const { return id_; }
    /// When the last bytes were read, on the node's boot-time clock: those that completed the request that
    /// requested() hands over.
    Instant arrived() const { return arrived_; }
    /// Reads what is there; to be called once after construction.
    void start();
    /// Ignored when the request is unknown or answered already.
    void answer(std::uint64_t number, const Response& response);
    /// Ends what has lasted too long.
    void expire(Now now);
    /// Closes now, whatever is pending.
    void abort();
    /// The same for the end of the node: a stream whose client has everything ends as if by itself.
    void shutDown();
    /// A request was malformed, too large or too slow: it is the last one.
    bool refused() const { return refused_; }
    std::size_t pendingAnswers() const { return exchanges_.size(); }

private:
    /// A request whose answer is not yet written.
    struct Exchange
    {
        Framing framing;
        std::optional<std::string> answer;      ///< complete bytes, waiting for the answers before it
        std::shared_ptr<ResponseStream> stream; ///< what follows the answer
    };
    enum class State : std::uint8_t
    {
        Open,
        Finishing, ///< no more requests; closes after the last answer
        Streaming, ///< stream_ writes until it ends or the client leaves
        Lingering, ///< everything is written and our side is shut down; reads and drops until the client
                   ///< closes
        Closed,
    };

    void read();
    bool readSome();
    void process();
    bool full() const;
    void noteHeadProgress();
    std::uint64_t open(Framing framing);
    void refuse(const Fault& fault);
    void writeReady();
    bool writeFirst();
    void beginStream(std::shared_ptr<ResponseStream> stream);
    void write(std::string_view bytes) override;
    std::size_t unsent() const override;
    void finish() override;
    void continueIfExpected();
    void finishIfDone();
    void linger();
    void dropInput();
    void resumeLater();
    void disconnected();
    Framing framingOfRequest() const;

    const std::uint64_t id_;
    QTcpSocket* const socket_; ///< a child of this object
    const HttpLimits& limits_;
    ConnectionOwner& owner_;
    const Clock& clock_;
    Instant arrived_;
    InputBuffer input_;
    RequestFramer framer_;
    std::deque<Exchange> exchanges_;
    std::shared_ptr<ResponseStream> stream_; ///< begun, perhaps ended
    std::uint64_t firstNumber_ = 1;          ///< of exchanges_.front()
    State state_ = State::Open;
    std::size_t heldBytes_ = 0; ///< of answers that wait for the ones before them
    bool paused_ = false;       ///< full() stopped the reading
    bool refused_ = false;      ///< the client may still be sending what nobody will read
    bool resumePosted_ = false;
    bool continueSent_ = false;
    bool inBody_ = false;
    Now lastActivity_;
    std::optional<Now> requestSince_; ///< when the head, later the body, of the current request began
};

} // namespace dsmsg::http
