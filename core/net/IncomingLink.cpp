// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/PeerLinks.h"

#include <QLoggingCategory>

#include "core/net/LinkSocket.h"
#include "core/net/Reset.h"

Q_DECLARE_LOGGING_CATEGORY(lcPeers)

namespace dsmsg::net {

namespace {

constexpr Milliseconds refusalTime{1'000}; ///< to read why

} // namespace

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

void IncomingLink::resetWhenClosed() const
{
    net::resetWhenClosed(*socket_);
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
    const Instant now = hub_.clock_.now();
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
    else if (std::holds_alternative<raft::Message>(*frame) || std::holds_alternative<TimeProbe>(*frame))
        hub_.arrived(peer_->server, name(), std::move(*frame), now);
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
