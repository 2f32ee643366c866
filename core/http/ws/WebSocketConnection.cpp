// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ws/WebSocketConnection.h"

#include "core/http/ws/Upgrade.h"
#include "core/net/Reset.h"

namespace dsmsg::http {

namespace {

constexpr std::size_t resultBytesPerFrame = 256 * 1024; ///< gathered longer, a client would wait too long
constexpr std::size_t reasonBytesMax = 120;             ///< of a close frame (RFC 6455 section 5.5)

std::unique_ptr<ServerFrames> framesFor(const QWebSocket& socket)
{
    const bool cbor = socket.subprotocol() == QLatin1String(cborSubprotocol);
    return cbor ? ServerFrames::cbor() : ServerFrames::json();
}

node::Unavailable windowFull()
{
    return {node::Unavailable::Fate::Rejected,
            "more messages are unanswered on this connection than its window allows",
            false,
            {},
            {}};
}

std::chrono::steady_clock::time_point clockNow()
{
    return std::chrono::steady_clock::now();
}

} // namespace

WebSocketConnection::WebSocketConnection(std::uint64_t id, std::unique_ptr<QWebSocket> socket,
                                         const HelloFrame& hello, Parts parts, Now now)
    : id_(id)
    , socket_(std::move(socket))
    , parts_(parts)
    , frames_(framesFor(*socket_))
    , heard_(now)
    , pinged_(now)
{
    const HttpLimits& limits = parts_.limits;
    socket_->setParent(nullptr);
    socket_->setMaxAllowedIncomingFrameSize(limits.wsFrameBytesMax);
    socket_->setMaxAllowedIncomingMessageSize(limits.wsFrameBytesMax);
    // A whole frame must fit, or Qt waits for the rest of it for ever.
    socket_->setReadBufferSize(static_cast<qint64>(limits.wsFrameBytesMax + limits.headerBytesMax));
    connect(socket_.get(), &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        const QByteArray utf8 = text.toUtf8();
        arrived({utf8.constData(), static_cast<std::size_t>(utf8.size())}, false);
    });
    connect(socket_.get(), &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& bytes) {
        arrived({bytes.constData(), static_cast<std::size_t>(bytes.size())}, true);
    });
    connect(socket_.get(), &QWebSocket::pong, this, [this] { heard_ = clockNow(); });
    connect(socket_.get(), &QWebSocket::bytesWritten, this, &WebSocketConnection::bytesTaken);
    // Queued: a write that fails closes the socket at once, in the middle of whoever wrote.
    connect(socket_.get(), &QWebSocket::disconnected, this, &WebSocketConnection::disconnected,
            Qt::QueuedConnection);
    transmit(frames_->hello(hello));
}

WebSocketConnection::~WebSocketConnection()
{
    socket_->disconnect(this);
}

// --- from the client ---

void WebSocketConnection::arrived(std::string_view frame, bool binary)
{
    heard_ = clockNow();
    if (closing_)
        return;
    if (binary != frames_->binary())
        return close(QWebSocketProtocol::CloseCodeDatatypeNotSupported,
                     binary ? "binary frames belong to the subprotocol dsmsg.cbor"
                            : "dsmsg.cbor was negotiated, whose frames are binary");
    ClientFrame read = binary ? readCborFrame(frame, parts_.limits) : readJsonFrame(frame, parts_.limits);
    std::visit([this](auto& one) { take(one); }, read);
}

void WebSocketConnection::take(PubFrame& frame)
{
    std::uint64_t ref = frame.ref;
    for (DraftOrFault& message : frame.messages) {
        if (auto* draft = std::get_if<node::Draft>(&message)) {
            publish(ref, std::move(*draft), frame.ack);
        } else {
            frames_->addBadRequest(results_, ref, std::get<Fault>(message));
            resultAdded();
        }
        ++ref;
    }
}

void WebSocketConnection::publish(std::uint64_t ref, node::Draft draft, node::AckLevel ack)
{
    const std::size_t bytes = draft.payload.size();
    if (unanswered_ >= parts_.limits.wsWindow ||
        (unanswered_ != 0 && unansweredBytes_ + bytes > parts_.limits.wsWindowBytesMax)) {
        frames_->addResult(results_, ref, Verdict(windowFull()));
        return resultAdded();
    }
    ++unanswered_;
    unansweredBytes_ += bytes;
    parts_.owner.publish(*this, ref, std::move(draft), ack);
}

void WebSocketConnection::take(SubFrame& frame)
{
    const auto refuse = [&](std::string_view reason) {
        transmit(frames_->error({reason, std::nullopt, frame.sub}));
    };
    if (subscriptions_.contains(frame.sub))
        return refuse("this sub is in use; unsub it first or choose another number");
    if (subscriptions_.size() >= parts_.limits.wsSubscriptionsMax)
        return refuse("this connection has as many subscriptions as it may");
    auto subscription = std::make_unique<Subscription>(frame.sub, parts_.feed,
                                                       static_cast<Subscription::Wire&>(*this), *frames_);
    if (!subscription->start(std::move(frame.wish), std::min(frame.credit, parts_.limits.wsCreditMax)))
        return refuse("this node has as many subscribers as it takes; try another");
    transmit(frames_->subscribed(frame.sub, subscription->position()));
    subscriptions_.emplace(frame.sub, std::move(subscription));
}

void WebSocketConnection::take(const UnsubFrame& frame)
{
    if (subscriptions_.erase(frame.sub) == 0)
        transmit(frames_->error({"there is no such sub", std::nullopt, frame.sub}));
    else
        transmit(frames_->unsubscribed(frame.sub));
}

void WebSocketConnection::take(const CreditFrame& frame)
{
    const auto found = subscriptions_.find(frame.sub);
    if (found == subscriptions_.end())
        transmit(frames_->error({"there is no such sub", std::nullopt, frame.sub}));
    else
        found->second->give(frame.more, parts_.limits.wsCreditMax);
}

void WebSocketConnection::take(const BadFrame& frame)
{
    if (frame.garbage)
        close(QWebSocketProtocol::CloseCodeWrongDatatype, frame.reason);
    else
        transmit(frames_->error({frame.reason, frame.ref, frame.sub}));
}

// --- to the client ---

void WebSocketConnection::settled(const Settled& one)
{
    --unanswered_;
    unansweredBytes_ -= one.bytes;
    frames_->addResult(results_, one.ticket.number, one.verdict);
    resultAdded();
}

/// What comes in one turn leaves in one frame, at its end.
void WebSocketConnection::resultAdded()
{
    if (results_.size() >= resultBytesPerFrame)
        return flushResults();
    if (!std::exchange(flushPosted_, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                flushPosted_ = false;
                flushResults();
            },
            Qt::QueuedConnection);
    }
}

void WebSocketConnection::flushResults()
{
    if (!results_.empty())
        transmit(frames_->ack(std::exchange(results_, {})));
}

void WebSocketConnection::transmit(const std::string& frame)
{
    if (closing_ || gone_)
        return;
    const auto size = static_cast<qsizetype>(frame.size());
    if (frames_->binary())
        socket_->sendBinaryMessage(QByteArray::fromRawData(frame.data(), size));
    else
        socket_->sendTextMessage(QString::fromUtf8(frame.data(), size));
    // Sent at once: waiting for the write notifier costs another turn of the event loop.
    socket_->flush();
    if (static_cast<std::size_t>(socket_->bytesToWrite()) > parts_.limits.wsWriteBufferBytesMax)
        socket_->abort(); // it asks and does not read; a close frame would wait behind all that
}

bool WebSocketConnection::takesMore(std::size_t gathered) const
{
    full_ =
        gathered + static_cast<std::size_t>(socket_->bytesToWrite()) >= parts_.limits.streamBufferBytesMax;
    return !full_;
}

void WebSocketConnection::bytesTaken()
{
    if (!full_ || !takesMore(0))
        return;
    for (const auto& [sub, subscription] : subscriptions_)
        subscription->resume();
}

void WebSocketConnection::send(const std::string& frame)
{
    transmit(frame);
}

void WebSocketConnection::ended(std::uint64_t sub, const std::string& why)
{
    transmit(frames_->error({why, std::nullopt, sub}));
    subscriptions_.erase(sub);
}

// --- the end ---

void WebSocketConnection::keepAlive(Now now)
{
    const HttpLimits& limits = parts_.limits;
    if (closing_ ? now - *closing_ > limits.lingerTimeMax : now - heard_ > limits.wsSilenceMax) {
        socket_->abort();
    } else if (!closing_ && now - std::max(heard_, pinged_) >= limits.wsPingInterval) {
        pinged_ = now;
        socket_->ping();
    }
}

void WebSocketConnection::close(QWebSocketProtocol::CloseCode code, const std::string& reason)
{
    flushResults();
    closing_ = clockNow();
    subscriptions_.clear();
    socket_->close(code, QString::fromStdString(reason).left(reasonBytesMax));
}

void WebSocketConnection::goAway()
{
    close(QWebSocketProtocol::CloseCodeGoingAway, "the node is shutting down");
    socket_->flush();
    socket_->abort();
}

void WebSocketConnection::reset()
{
    net::resetWhenClosed(*socket_);
    subscriptions_.clear();
    socket_->abort();
}

void WebSocketConnection::disconnected()
{
    if (std::exchange(gone_, true))
        return;
    subscriptions_.clear();
    parts_.owner.closed(*this);
}

} // namespace dsmsg::http
