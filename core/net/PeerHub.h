// SPDX-License-Identifier: GPL-3.0-or-later
//
// All links of a node to its peers: WebSockets on the nodes' own ports, path /peer (CORE.md, Peer link). Each
// node dials every other and sends on the link it dialled; what comes in on accepted links is only received
// and answered. So a pair of nodes needs no agreement on whose link wins, and a cut in one direction shows as
// one.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QTcpSocket>

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/net/Frame.h"
#include "core/net/LinkFaults.h"
#include "core/raft/Raft.h"

class QTimer;
class QWebSocket;
class QWebSocketServer;

namespace dsmsg::net {

class OutgoingLink;
class IncomingLink;

/// How a node presents itself.
struct Self
{
    Hello hello;        ///< nonce and proof are filled in per link
    std::string secret; ///< empty: links are not authenticated
};

struct PeerLinkStatus
{
    std::string url;
    std::string id; ///< empty until met
    bool alive = false;
    std::optional<UnixTime> lastOk; ///< last sign of life, by either link
    std::string problem;            ///< why the link is down or refused; empty when up
    Duration roundTrip{};           ///< of the last ping; zero before the first
};

/// A question for the time and its answer, with the own stamps.
struct TimeExchange
{
    Instant sent;     ///< the probe
    Instant received; ///< the reply
    TimeReply reply;
};

/// Lives in one thread, with everything it makes. Callbacks are called in that thread, never from inside
/// send().
class PeerHub : public QObject
{
    Q_OBJECT
public:
    struct Callbacks
    {
        std::function<void(ServerId from, raft::Message message)> received;
        std::function<void(raft::PeerIdentified peer)> identified; ///< messages can be sent to it now
        std::function<void(ServerId server)> disconnected;
        std::function<void(ServerId from, const StateMark& mark)> marked = {};
        std::function<void(ServerId peer)> timeAsked = {}; ///< a probe left
        std::function<void(ServerId peer, const TimeExchange& exchange)> timeTold = {};
    };
    struct Timings
    {
        Milliseconds ping{1000};
        Milliseconds aliveFor{8000}; ///< a peer is alive this long after its last sign of life
        Milliseconds backoffMin{50};
        Milliseconds backoffMax{2000};
        /// Without a frame for this long an accepted link is closed: a dialler pings, and the end of one that
        /// lost its power or was cut off is never reported.
        Milliseconds silenceMax{10'000};
        /// Between two probes of a peer's time, more or less by an eighth, so that peers do not line up.
        Milliseconds probe{1000};
    };

    PeerHub(Self self, std::vector<std::string> peerUrls, const Clock& clock, std::uint64_t seed,
            Timings timings, Callbacks callbacks);
    ~PeerHub() override;

    /// Takes a socket whose first bytes are an upgrade request for /peer; already in this thread.
    void adopt(QTcpSocket* socket);
    /// Sends if the link is up and not clogged; else the message is lost, which Raft expects. Never blocks.
    /// False when there is no link; true says nothing about what becomes of it.
    bool send(ServerId to, const raft::Message& message);
    /// Who is to be dialled from now on; links to others are given up, after a while, so that who leaves
    /// still hears of it.
    void setPeers(std::vector<std::string> urls);
    void tellAll(const StateMark& mark);
    /// What this node answers from now on to those that ask for its time.
    void setClock(const ClockMark& mark) { clockMark_ = mark; }
    /// Asks every peer that can be reached for its time, besides asking each of them regularly.
    void probeAll();
    /// Tells everybody the cluster id that this node now belongs to.
    void setCluster(ClusterId cluster);
    /// Closes every link, dials no more and takes no more sockets. After silence() with resets.
    void shutDown();
    /// Nothing leaves or is heard any more. Any thread.
    void silence() { silent_.store(true, std::memory_order_release); }

    std::vector<PeerLinkStatus> status() const;

    /// Fault injection: the faults of this node's links from now on; empty heals them, and links that they
    /// kept down are dialled at once.
    void setFaults(std::vector<LinkRule> rules);

private:
    friend class OutgoingLink;
    friend class IncomingLink;

    /// Why this node must not talk to the one that says `hello`; empty when it may. `dialled` is the URL that
    /// we called, empty on an accepted link.
    std::string objection(const Hello& hello, const std::string& dialled) const;
    bool mayAccept(); ///< another incoming link
    void takeUpgraded();
    void signOfLife(const std::string& url);
    /// A frame that faults may meet, at `now`.
    void arrived(ServerId from, const PeerName& peer, Frame frame, Instant now);
    void take(ServerId from, Frame frame, Instant now);
    /// Sends what a fault may meet, unless one does.
    void give(ServerId to, const PeerName& peer, Frame frame);
    void transmit(ServerId to, const Frame& frame);
    OutgoingLink* linkTo(ServerId server) const;   ///< null when there is none that is up
    IncomingLink* linkFrom(ServerId server) const; ///< the newest; null when there is none
    bool cuts(Way way, const PeerName& peer) const
    {
        return silent_.load(std::memory_order_acquire) || (faults_.any() && faults_.cuts(way, peer));
    }
    /// False: a fault makes the frame late or loses it, and it was taken care of.
    bool passes(Way way, const PeerName& peer, ServerId server, Frame& frame);
    void releaseHeld();
    void awaitHeld();
    void incomingHello(const Hello& hello);
    void leaveStrangers();
    void incomingClosed(IncomingLink* link);
    std::string proofFor(const std::string& nonce, const std::string& speakerUrl) const;
    std::string newNonce();
    void warnOfDifferences(const Hello& hello);

    Self self_;
    const Clock& clock_;
    Random random_;
    const Timings timings_;
    Callbacks callbacks_;
    std::unique_ptr<QWebSocketServer> upgrader_;
    std::map<std::string, std::unique_ptr<OutgoingLink>> outgoing_; ///< by URL
    std::vector<std::unique_ptr<IncomingLink>> incoming_;
    std::vector<QPointer<QTcpSocket>> upgrading_; ///< adopted, their upgrade not finished
    LinkFaults faults_;
    HeldFrames held_;
    ClockMark clockMark_;
    std::unique_ptr<QTimer> heldTimer_; ///< for the next of them
    bool closed_ = false;
    std::atomic<bool> silent_ = false;
    std::vector<std::string> peers_;     ///< who is to be dialled; outgoing_ may have more for a while
    std::map<std::string, bool> warned_; ///< peers told once about a differing mode or quorum
};

} // namespace dsmsg::net
