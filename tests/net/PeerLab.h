// SPDX-License-Identifier: GPL-3.0-or-later
//
// Peer hubs on real loopback sockets in one thread: each with an acceptor of its own, ports given by the
// system, everything that arrives written down.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QTcpServer>
#include <QTcpSocket>

#include "core/net/Acceptor.h"
#include "core/net/PeerHub.h"

namespace dsmsg::net::testing {

/// How a peer of the lab is to present itself.
struct PeerSetup
{
    std::uint64_t number = 1;   ///< its id is n<number>, its server id the same
    std::string id = {};        ///< instead of n<number>
    std::string advertise = {}; ///< instead of where it listens
    ClusterId cluster = {};
    std::vector<std::string> initialUrls = {"http://a:1", "http://b:2"};
    std::string secret = {};
};

class Peer
{
public:
    /// Listens; dials nobody yet. `port` 0: any.
    explicit Peer(PeerSetup setup, std::uint16_t port = 0);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::uint16_t port() const { return port_; }
    ServerId server() const { return ServerId(setup_.number); }
    /// Starts the hub. Once.
    void dial(const std::vector<std::string>& urls);
    void dial(std::initializer_list<const Peer*> peers);
    /// The process is gone: hub and port.
    void die();

    PeerHub& hub() { return *hub_; }
    bool knows(ServerId server) const;
    std::string problemWith(const std::string& url) const;
    bool alive(const std::string& url) const;

    struct Arrival
    {
        ServerId from;
        raft::Message message;
    };
    std::vector<Arrival> arrivals;
    std::vector<raft::PeerIdentified> identified;
    std::vector<ServerId> disconnected;
    std::vector<ServerId> timeAsked;
    struct Told
    {
        ServerId from;
        TimeExchange exchange;
    };
    std::vector<Told> told;

private:
    PeerSetup setup_;
    std::uint16_t port_ = 0;
    SystemClock clock_;
    std::unique_ptr<QTcpServer> server_; ///< until the acceptor has it
    std::unique_ptr<Acceptor> acceptor_;
    std::unique_ptr<PeerHub> hub_;
};

ClusterId clusterId(std::uint8_t name);
/// Two peers that dial each other.
void introduce(Peer& one, Peer& other);
/// Deletes what was left to the event loop, which ends with the test.
void buryTheDead();

} // namespace dsmsg::net::testing
