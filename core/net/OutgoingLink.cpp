// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/PeerLinks.h"

#include <algorithm>

#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QUrl>

#include "core/net/LinkSocket.h"
#include "core/net/Reset.h"

Q_DECLARE_LOGGING_CATEGORY(lcPeers)

namespace dsmsg::net {

namespace {

constexpr std::uint64_t unansweredPingsMax = 5;
/// Older ones are not waited for: what is that late says nothing about the time.
constexpr std::size_t openProbesMax = 8;

} // namespace

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
    probeTimer_.setSingleShot(true);
    connect(&probeTimer_, &QTimer::timeout, this, [this] {
        awaitNextProbe();
        if (state_ == State::Up)
            probe();
    });
    awaitNextProbe();
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
    const Instant now = hub_.clock_.now();
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
    else if (std::holds_alternative<TimeReply>(*frame) && state_ == State::Up)
        hub_.arrived(peer_->server, name(), std::move(*frame), now);
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
    if (first && state_ == State::Up)
        probe();
}

void OutgoingLink::probe()
{
    probes_.emplace_back(++probesSent_, hub_.clock_.now());
    if (probes_.size() > openProbesMax)
        probes_.pop_front();
    hub_.give(peer_->server, name(), TimeProbe{probesSent_});
    if (hub_.callbacks_.timeAsked)
        hub_.callbacks_.timeAsked(peer_->server);
}

std::optional<Instant> OutgoingLink::probedAt(std::uint64_t number)
{
    const auto found = std::ranges::find(probes_, number, &std::pair<std::uint64_t, Instant>::first);
    if (found == probes_.end())
        return std::nullopt;
    const Instant at = found->second;
    probes_.erase(found);
    return at;
}

void OutgoingLink::awaitNextProbe()
{
    const auto interval = hub_.timings_.probe.count();
    probeTimer_.start(Milliseconds(hub_.random_.between(interval * 7 / 8, interval * 9 / 8 + 1)));
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

void OutgoingLink::resetWhenClosed() const
{
    if (socket_)
        net::resetWhenClosed(*socket_);
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

} // namespace dsmsg::net
