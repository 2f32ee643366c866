// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/PeerHub.h"

#include <algorithm>
#include <ranges>

#include <QLoggingCategory>
#include <QMessageAuthenticationCode>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include "core/net/PeerLinks.h"

Q_LOGGING_CATEGORY(lcPeers, "dsmsg.peers")

namespace dsmsg::net {

namespace {

constexpr std::size_t incomingLinksMax = 64;

std::string list(const std::vector<std::string>& urls)
{
    std::string text;
    for (const std::string& url : urls)
        text += (text.empty() ? "" : ", ") + url;
    return text;
}

} // namespace

PeerHub::PeerHub(Self self, std::vector<std::string> peerUrls, const Clock& clock, std::uint64_t seed,
                 Timings timings, Callbacks callbacks)
    : self_(std::move(self))
    , clock_(clock)
    , random_(seed)
    , timings_(timings)
    , callbacks_(std::move(callbacks))
    , upgrader_(std::make_unique<QWebSocketServer>(QStringLiteral("dsmsg"), QWebSocketServer::NonSecureMode))
    , faults_(seed ^ 2)
    , heldTimer_(std::make_unique<QTimer>())
{
    heldTimer_->setSingleShot(true);
    heldTimer_->setTimerType(Qt::PreciseTimer);
    connect(heldTimer_.get(), &QTimer::timeout, this, &PeerHub::releaseHeld);
    connect(upgrader_.get(), &QWebSocketServer::newConnection, this, &PeerHub::takeUpgraded);
    setPeers(std::move(peerUrls));
}

PeerHub::~PeerHub()
{
    shutDown();
}

void PeerHub::shutDown()
{
    closed_ = true;
    callbacks_ = {};
    heldTimer_->stop();
    if (silent_) {
        for (const auto& [url, link] : outgoing_)
            link->resetWhenClosed();
        for (const auto& link : incoming_)
            link->resetWhenClosed();
    }
    outgoing_.clear();
    incoming_.clear();
    for (const QPointer<QTcpSocket>& socket : std::exchange(upgrading_, {})) {
        if (socket)
            socket->deleteLater();
    }
}

bool PeerHub::mayAccept()
{
    if (closed_)
        return false;
    std::erase(upgrading_, nullptr);
    const std::size_t open = incoming_.size() + upgrading_.size();
    if (open >= incomingLinksMax)
        qCWarning(lcPeers, "Refusing a peer link: %zu are open already.", open);
    return open < incomingLinksMax;
}

void PeerHub::takeUpgraded()
{
    while (QWebSocket* socket = upgrader_->nextPendingConnection()) {
        // The server does not tell which of the adopted sockets this was; the other end does.
        std::erase_if(upgrading_, [socket](const QPointer<QTcpSocket>& adopted) {
            return !adopted || (adopted->peerPort() == socket->peerPort() &&
                                adopted->peerAddress() == socket->peerAddress());
        });
        incoming_.push_back(std::make_unique<IncomingLink>(*this, std::unique_ptr<QWebSocket>(socket)));
    }
}

void PeerHub::adopt(QTcpSocket* socket)
{
    if (!mayAccept()) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // Qt gives an adopted socket no time limit, and nobody owns it before it is upgraded.
    upgrading_.emplace_back(socket);
    QTimer::singleShot(timings_.silenceMax, this, [this, adopted = upgrading_.back()] {
        if (adopted && std::ranges::count(upgrading_, adopted) > 0)
            adopted->abort();
    });
    upgrader_->handleConnection(socket);
    // The request arrived before the upgrader listened for it (QT.md, Upgrade).
    Q_EMIT socket->readyRead();
}

bool PeerHub::send(ServerId to, const raft::Message& message)
{
    OutgoingLink* link = linkTo(to);
    if (link != nullptr)
        give(to, link->name(), message);
    return link != nullptr;
}

OutgoingLink* PeerHub::linkTo(ServerId server) const
{
    for (const auto& [url, link] : outgoing_) {
        if (link->up() && link->peer()->server == server)
            return link.get();
    }
    return nullptr;
}

IncomingLink* PeerHub::linkFrom(ServerId server) const
{
    const auto newestFirst = incoming_ | std::views::reverse;
    const auto found = std::ranges::find(newestFirst, server, &IncomingLink::peerServer);
    return found == newestFirst.end() ? nullptr : found->get();
}

void PeerHub::probeAll()
{
    for (auto& [url, link] : outgoing_) {
        if (link->up())
            link->probe();
    }
}

void PeerHub::setFaults(std::vector<LinkRule> rules)
{
    faults_.set(std::move(rules));
    for (auto& [url, link] : outgoing_) {
        const PeerName name = link->name();
        if (!cuts(Way::In, name) && !cuts(Way::Out, name))
            link->startOver();
    }
}

void PeerHub::setPeers(std::vector<std::string> urls)
{
    std::erase(urls, self_.hello.url);
    if (closed_ || urls == peers_)
        return;
    peers_ = std::move(urls);
    for (const std::string& url : peers_) {
        if (!outgoing_.contains(url))
            outgoing_.emplace(url, std::make_unique<OutgoingLink>(*this, url));
    }
    if (outgoing_.size() > peers_.size())
        QTimer::singleShot(timings_.silenceMax, this, &PeerHub::leaveStrangers);
}

void PeerHub::leaveStrangers()
{
    for (auto it = outgoing_.begin(); it != outgoing_.end();) {
        if (std::ranges::count(peers_, it->first) > 0) {
            ++it;
            continue;
        }
        if (it->second->up() && callbacks_.disconnected)
            callbacks_.disconnected(it->second->peer()->server);
        it = outgoing_.erase(it);
    }
}

void PeerHub::tellAll(const StateMark& mark)
{
    for (auto& [url, link] : outgoing_) {
        if (link->up())
            link->send(mark);
    }
}

void PeerHub::setCluster(ClusterId cluster)
{
    if (self_.hello.cluster == cluster)
        return;
    self_.hello.cluster = cluster;
    for (auto& [url, link] : outgoing_) {
        if (link->up())
            link->send(self_.hello);
    }
    for (auto& link : incoming_)
        link->announce();
}

std::vector<PeerLinkStatus> PeerHub::status() const
{
    std::vector<PeerLinkStatus> all;
    const Instant now = clock_.now();
    for (const auto& [url, link] : outgoing_) {
        PeerLinkStatus status;
        status.url = url;
        status.id = link->peer() ? link->peer()->nodeId : std::string{};
        status.alive = link->lastSignAt && now - *link->lastSignAt < timings_.aliveFor;
        status.lastOk = link->lastSign;
        status.problem = link->up() ? std::string{} : link->problem();
        status.roundTrip = link->roundTrip();
        all.push_back(std::move(status));
    }
    return all;
}

std::string PeerHub::objection(const Hello& hello, const std::string& dialled) const
{
    const Hello& own = self_.hello;
    if (hello.version != protocolVersion)
        return "it speaks version " + std::to_string(hello.version) +
               " of the peer protocol, this node version " + std::to_string(protocolVersion) +
               ". Run the same version of dsmsg on both";
    if (hello.server == own.server)
        return "it is this node itself. Leave the own address out of --peers";
    if (!dialled.empty() && hello.url != dialled)
        return "the node that answers there advertises " + hello.url +
               ". Correct --peers here or --advertise there";
    if (hello.nodeId == own.nodeId)
        return "the node at " + hello.url + " has our id \"" + own.nodeId +
               "\". Give every node its own --id";
    for (const auto& [url, link] : outgoing_) {
        if (url != hello.url && link->up() && link->peer()->nodeId == hello.nodeId)
            return "two nodes, " + url + " and " + hello.url + ", have the id \"" + hello.nodeId +
                   "\". Give every node its own --id";
    }
    const bool bothFormed = !own.cluster.isZero() && !hello.cluster.isZero();
    if (bothFormed && own.cluster != hello.cluster)
        return "it belongs to another cluster (" + toHex(hello.cluster) + ", ours is " + toHex(own.cluster) +
               "). If it should join this one, give it an empty data directory";
    const bool bothNew = own.cluster.isZero() && hello.cluster.isZero();
    if (bothNew && own.initialUrls != hello.initialUrls)
        return "its list of nodes differs: it has " + list(hello.initialUrls) + "; this node has " +
               list(own.initialUrls) + ". Start every node with the same set in --peers and --advertise";
    return {};
}

void PeerHub::warnOfDifferences(const Hello& hello)
{
    const Hello& own = self_.hello;
    const bool differs = hello.mode != own.mode || hello.quorum != own.quorum;
    if (!differs || std::exchange(warned_[hello.url], true))
        return;
    qCWarning(
        lcPeers,
        "Node %s runs with replication mode %s and quorum %llu, this one with %s and %llu. The leader's count.",
        hello.nodeId.c_str(), hello.mode.c_str(), static_cast<unsigned long long>(hello.quorum),
        own.mode.c_str(), static_cast<unsigned long long>(own.quorum));
}

void PeerHub::signOfLife(const std::string& url)
{
    const auto found = outgoing_.find(url);
    if (found == outgoing_.end())
        return;
    found->second->lastSign = clock_.wall();
    found->second->lastSignAt = clock_.now();
}

void PeerHub::incomingHello(const Hello& hello)
{
    auto found = outgoing_.find(hello.url);
    if (found == outgoing_.end()) {
        // Who is being taken into a cluster learns of its members from them, and can only answer on links of
        // its own.
        const bool joining = self_.hello.cluster.isZero() && !hello.cluster.isZero();
        if (!joining || outgoing_.size() >= incomingLinksMax)
            return;
        peers_.push_back(hello.url);
        found = outgoing_.emplace(hello.url, std::make_unique<OutgoingLink>(*this, hello.url)).first;
    }
    warnOfDifferences(hello);
    found->second->hurry();
}

void PeerHub::incomingClosed(IncomingLink* link)
{
    const auto found = std::ranges::find(incoming_, link, &std::unique_ptr<IncomingLink>::get);
    if (found == incoming_.end())
        return;
    found->release()->deleteLater();
    incoming_.erase(found);
}

std::string PeerHub::proofFor(const std::string& nonce, const std::string& speakerUrl) const
{
    if (self_.secret.empty())
        return {};
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, QByteArray::fromStdString(self_.secret));
    code.addData(QByteArray::fromStdString(nonce));
    // Bound to the speaker, so that a proof cannot be reflected to its maker.
    code.addData(QByteArray::fromStdString(speakerUrl));
    return code.result().toStdString();
}

std::string PeerHub::newNonce()
{
    // From the system's entropy: the seeded generator is for back-off only.
    std::string nonce(16, '\0');
    for (std::size_t i = 0; i < nonce.size(); i += 8) {
        std::uint64_t word = systemSeed();
        for (std::size_t b = 0; b < 8; ++b, word >>= 8)
            nonce[i + b] = static_cast<char>(word & 0xff);
    }
    return nonce;
}

} // namespace dsmsg::net
