// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/PeerLab.h"

#include <algorithm>

#include <QCoreApplication>

namespace dsmsg::net::testing {

namespace {

/// Short, so that a test that waits for the next attempt does not wait long.
constexpr PeerHub::Timings timings{Milliseconds(100), Milliseconds(800),  Milliseconds(10),
                                   Milliseconds(50),  Milliseconds(1000), Milliseconds(50)};

} // namespace

Peer::Peer(PeerSetup setup, std::uint16_t port)
    : setup_(std::move(setup))
{
    auto listening = Acceptor::listen(QStringLiteral("127.0.0.1"), port);
    DSMSG_ASSERT(listening.ok(), "the test needs a port");
    server_ = std::move(*listening);
    port_ = server_->serverPort();
}

Peer::~Peer() = default;

void Peer::dial(std::initializer_list<const Peer*> peers)
{
    std::vector<std::string> urls;
    for (const Peer* peer : peers)
        urls.push_back(peer->url());
    dial(urls);
}

void Peer::dial(const std::vector<std::string>& urls)
{
    Self self;
    self.hello.nodeId = setup_.id.empty() ? "n" + std::to_string(setup_.number) : setup_.id;
    self.hello.url = setup_.advertise.empty() ? url() : setup_.advertise;
    self.hello.server = server();
    self.hello.cluster = setup_.cluster;
    self.hello.initialUrls = setup_.initialUrls;
    self.hello.mode = "sync_quorum";
    self.hello.quorum = 2;
    self.secret = setup_.secret;
    PeerHub::Callbacks callbacks;
    callbacks.received = [this](ServerId from, raft::Message message) {
        arrivals.push_back({from, std::move(message)});
    };
    callbacks.identified = [this](raft::PeerIdentified peer) { identified.push_back(std::move(peer)); };
    callbacks.timeAsked = [this](ServerId peer) { timeAsked.push_back(peer); };
    callbacks.timeTold = [this](ServerId from, const TimeExchange& exchange) {
        told.push_back({from, exchange});
    };
    callbacks.disconnected = [this](ServerId server) { disconnected.push_back(server); };
    hub_ = std::make_unique<PeerHub>(self, urls, clock_, setup_.number, timings, std::move(callbacks));
    const Acceptor::Destination nobody{hub_.get(), [](QTcpSocket* socket) { socket->deleteLater(); }};
    const Acceptor::Destination peers{hub_.get(),
                                      [hub = hub_.get()](QTcpSocket* socket) { hub->adopt(socket); }};
    acceptor_ = std::make_unique<Acceptor>(std::move(server_), AcceptorOptions{}, nobody, peers, nobody);
}

void Peer::die()
{
    acceptor_.reset();
    hub_.reset();
}

bool Peer::knows(ServerId server) const
{
    return std::ranges::count(identified, server, &raft::PeerIdentified::server) > 0;
}

std::string Peer::problemWith(const std::string& url) const
{
    for (const PeerLinkStatus& status : hub_->status()) {
        if (status.url == url)
            return status.problem;
    }
    return "no such peer";
}

bool Peer::alive(const std::string& url) const
{
    const auto all = hub_->status();
    return std::ranges::any_of(all, [&](const auto& status) { return status.url == url && status.alive; });
}

ClusterId clusterId(std::uint8_t name)
{
    ClusterId id;
    id.bytes[0] = name;
    return id;
}

void introduce(Peer& one, Peer& other)
{
    one.dial({&other});
    other.dial({&one});
}

void buryTheDead()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace dsmsg::net::testing
