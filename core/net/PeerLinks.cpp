// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/PeerLinks.h"

#include <algorithm>

#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUrl>
#include <QWebSocket>

Q_DECLARE_LOGGING_CATEGORY(lcPeers)

namespace dsmsg::net {

namespace {

/// A frame is at most the in-flight window of Raft or one message of the largest size, with room for their
/// framing.
constexpr quint64 frameBytesMax = 32u << 20;
/// Beyond this the peer does not read: frames are dropped, and Raft sends again when it does.
constexpr qint64 backlogBytesMax = 8 << 20;
constexpr Milliseconds refusalTime{1'000}; ///< to read why
constexpr std::uint64_t unansweredPingsMax = 5;

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
constexpr auto failureSignal = &QWebSocket::errorOccurred;
#else
constexpr auto failureSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif

QByteArray view(const std::string& bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void transmit(QWebSocket& socket, const Frame& frame)
{
    const std::string bytes = encode(frame);
    socket.sendBinaryMessage(view(bytes));
    socket.flush();
}

} // namespace

void setLowDelay(QWebSocket& socket)
{
    if (auto* tcp = socket.findChild<QTcpSocket*>())
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

// --- OutgoingLink ---

OutgoingLink::OutgoingLink(PeerHub& hub, std::string url)
    : hub_(hub)
    , url_(std::move(url))
    , backoff_(hub.timings_.backoffMin)
{
    problem_ = "not connected yet";
    retryTimer_.setSingleShot(true);
    connect(&retryTimer_, &QTimer::timeout, this, &OutgoingLink::dial);
    connect(&pingTimer_, &QTimer::timeout, this, &OutgoingLink::heartbeat);
    pingTimer_.start(hub_.timings_.ping);
    retryTimer_.start(0);
}

OutgoingLink::~OutgoingLink()
{
    discardSocket();
}

void OutgoingLink::dial()
{
    discardSocket();
    state_ = State::Connecting;
    socket_ = std::make_unique<QWebSocket>();
    socket_->setProxy(QNetworkProxy::NoProxy);
    socket_->setMaxAllowedIncomingFrameSize(frameBytesMax);
    socket_->setMaxAllowedIncomingMessageSize(frameBytesMax);
    connect(socket_.get(), &QWebSocket::connected, this, &OutgoingLink::connected);
    connect(socket_.get(), &QWebSocket::binaryMessageReceived, this, &OutgoingLink::frameArrived);
    // Of a dial that fails Qt tells this first and the error only then.
    connect(socket_.get(), &QWebSocket::disconnected, this, [this] {
        fail(state_ == State::Connecting ? socket_->errorString().toStdString()
                                         : "the connection was closed");
    });
    connect(socket_.get(), failureSignal, this, [this] { fail(socket_->errorString().toStdString()); });
    QUrl target(QString::fromStdString(url_));
    target.setScheme(QStringLiteral("ws"));
    target.setPath(QStringLiteral("/peer"));
    socket_->open(target);
    // A host that swallows packets never refuses: give up and try again.
    pingsSent_ = 0;
    pingsAnswered_ = 0;
}

void OutgoingLink::connected()
{
    setLowDelay(*socket_);
    state_ = State::Greeting;
}

void OutgoingLink::frameArrived(const QByteArray& data)
{
    if (hub_.cuts(Way::In, name()))
        return;
    auto frame = decode({data.constData(), static_cast<std::size_t>(data.size())});
    if (!frame)
        return fail(frame.error().text);
    if (const auto* challenge = std::get_if<Challenge>(&*frame))
        onChallenge(*challenge);
    else if (const auto* hello = std::get_if<Hello>(&*frame))
        onHello(*hello);
    else if (const auto* pong = std::get_if<Pong>(&*frame))
        onPong(*pong);
    else if (const auto* goodbye = std::get_if<Goodbye>(&*frame))
        fail("it refuses this node: " + goodbye->reason);
    else
        fail("it sent what only a dialling node may send");
}

void OutgoingLink::onChallenge(const Challenge& challenge)
{
    Hello hello = hub_.self_.hello;
    nonce_ = hub_.newNonce();
    hello.nonce = nonce_;
    hello.proof = hub_.proofFor(challenge.nonce, hello.url);
    write(hello);
}

void OutgoingLink::onHello(const Hello& hello)
{
    const bool first = state_ != State::Up;
    if (first && hub_.proofFor(nonce_, hello.url) != hello.proof)
        return fail("its cluster secret differs. Give both nodes the same --cluster-secret-file");
    if (const std::string why = hub_.objection(hello, url_); !why.empty()) {
        write(Goodbye{why});
        return fail(why);
    }
    const bool news = first || !peer_ || peer_->cluster != hello.cluster;
    peer_ = hello;
    state_ = State::Up;
    backoff_ = hub_.timings_.backoffMin;
    problem_.clear();
    hub_.signOfLife(url_);
    if (first && !loggedProblem_.empty())
        qCInfo(lcPeers, "Link to %s (%s) is up.", hello.nodeId.c_str(), url_.c_str());
    loggedProblem_.clear();
    hub_.warnOfDifferences(hello);
    if (news && hub_.callbacks_.identified)
        hub_.callbacks_.identified({hello.url, hello.nodeId, hello.server, hello.cluster});
}

void OutgoingLink::onPong(const Pong& pong)
{
    if (pong.number <= pingsAnswered_ || pong.number > pingsSent_)
        return;
    pingsAnswered_ = pong.number;
    if (pong.number == pingsSent_)
        roundTrip_ = hub_.clock_.now() - pingedAt_;
    hub_.signOfLife(url_);
}

void OutgoingLink::heartbeat()
{
    if (state_ == State::Waiting)
        return;
    if (pingsSent_ - pingsAnswered_ >= unansweredPingsMax)
        return fail("it does not answer");
    ++pingsSent_;
    pingedAt_ = hub_.clock_.now();
    if (state_ == State::Up)
        write(Ping{pingsSent_});
}

void OutgoingLink::send(const Frame& frame)
{
    if (socket_->bytesToWrite() < backlogBytesMax)
        write(frame);
}

void OutgoingLink::write(const Frame& frame)
{
    if (!hub_.cuts(Way::Out, name()))
        transmit(*socket_, frame);
}

void OutgoingLink::startOver()
{
    if (state_ == State::Greeting)
        fail("the greeting was lost");
    hurry();
}

void OutgoingLink::hurry()
{
    if (state_ == State::Waiting && retryTimer_.remainingTime() > 1)
        retryTimer_.start(1);
}

void OutgoingLink::fail(const std::string& why)
{
    if (state_ == State::Waiting)
        return;
    const bool wasUp = state_ == State::Up;
    state_ = State::Waiting;
    // Whatever this socket still has to say came too late; it is aborted when the next one is dialled.
    socket_->disconnect(this);
    problem_ = why;
    if (problem_ != loggedProblem_) {
        qCWarning(lcPeers, "No link to %s: %s.", url_.c_str(), problem_.c_str());
        loggedProblem_ = problem_;
    }
    // Jitter, so that nodes that lost each other at once do not dial in step.
    const auto jitter = hub_.random_.below(static_cast<std::uint64_t>(backoff_.count()) + 1);
    retryTimer_.start(backoff_ / 2 + Milliseconds(jitter / 2));
    backoff_ = std::min(backoff_ * 2, hub_.timings_.backoffMax);
    if (!wasUp)
        return;
    // Queued: a write that fails inside send() must not call back into its caller.
    QMetaObject::invokeMethod(
        this,
        [this, server = peer_->server] {
            if (hub_.callbacks_.disconnected)
                hub_.callbacks_.disconnected(server);
        },
        Qt::QueuedConnection);
}

void OutgoingLink::discardSocket()
{
    if (!socket_)
        return;
    socket_->disconnect(this);
    socket_->abort();
    // It may be the sender of the signal that brought us here.
    socket_.release()->deleteLater();
}

// --- IncomingLink ---

IncomingLink::IncomingLink(PeerHub& hub, std::unique_ptr<QWebSocket> socket)
    : hub_(hub)
    , socket_(std::move(socket))
    , nonce_(hub.newNonce())
{
    socket_->setParent(nullptr);
    socket_->setMaxAllowedIncomingFrameSize(frameBytesMax);
    socket_->setMaxAllowedIncomingMessageSize(frameBytesMax);
    connect(socket_.get(), &QWebSocket::binaryMessageReceived, this, &IncomingLink::frameArrived);
    // Queued: a write that fails closes the socket at once, while the hub may be walking over its links.
    const auto closed = [this] { hub_.incomingClosed(this); };
    connect(socket_.get(), &QWebSocket::disconnected, this, closed, Qt::QueuedConnection);
    connect(socket_.get(), failureSignal, this, closed, Qt::QueuedConnection);
    connect(&silenceTimer_, &QTimer::timeout, this, &IncomingLink::checkSilence);
    silenceTimer_.start(hub_.timings_.silenceMax);
    send(Challenge{nonce_});
}

IncomingLink::~IncomingLink()
{
    socket_->disconnect(this);
    socket_->abort();
    socket_.release()->deleteLater();
}

void IncomingLink::send(const Frame& frame)
{
    if (socket_->bytesToWrite() < backlogBytesMax && !(peer_ && hub_.cuts(Way::Out, name())))
        transmit(*socket_, frame);
}

void IncomingLink::checkSilence()
{
    if (refused_)
        hub_.incomingClosed(this);
    else if (!std::exchange(heard_, false))
        refuse(peer_ ? "nothing was heard of it any more" : "no hello came in time");
}

void IncomingLink::frameArrived(const QByteArray& data)
{
    if (refused_ || (peer_ && hub_.cuts(Way::In, name())))
        return;
    heard_ = true;
    auto frame = decode({data.constData(), static_cast<std::size_t>(data.size())});
    if (!frame)
        return refuse(frame.error().text);
    if (const auto* hello = std::get_if<Hello>(&*frame))
        return onHello(*hello);
    if (!peer_)
        return refuse("the first frame must be a hello");
    hub_.signOfLife(peer_->url);
    if (const auto* ping = std::get_if<Ping>(&*frame))
        send(Pong{ping->number});
    else if (auto* message = std::get_if<raft::Message>(&*frame))
        hub_.deliver(peer_->server, name(), std::move(*message));
    else if (const auto* mark = std::get_if<StateMark>(&*frame); mark != nullptr && hub_.callbacks_.marked)
        hub_.callbacks_.marked(peer_->server, *mark);
    else if (const auto* goodbye = std::get_if<Goodbye>(&*frame))
        qCWarning(lcPeers, "Node %s (%s) refuses this node: %s.", peer_->nodeId.c_str(), peer_->url.c_str(),
                  goodbye->reason.c_str());
}

void IncomingLink::onHello(const Hello& hello)
{
    if (hub_.cuts(Way::In, {hello.url, hello.nodeId}))
        return;
    if (!peer_ && hub_.proofFor(nonce_, hello.url) != hello.proof)
        return refuse("the cluster secret differs. Give both nodes the same --cluster-secret-file");
    if (const std::string why = hub_.objection(hello, {}); !why.empty())
        return refuse(why);
    const bool first = !peer_;
    peer_ = hello;
    hub_.signOfLife(hello.url);
    if (!first)
        return;
    Hello own = hub_.self_.hello;
    own.proof = hub_.proofFor(hello.nonce, own.url);
    send(own);
    hub_.incomingHello(hello);
}

void IncomingLink::announce()
{
    if (peer_)
        send(hub_.self_.hello);
}

void IncomingLink::refuse(const std::string& why)
{
    refused_ = true;
    send(Goodbye{why});
    socket_->close();
    silenceTimer_.start(refusalTime);
}

} // namespace dsmsg::net
