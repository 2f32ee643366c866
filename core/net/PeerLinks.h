// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two ends of a peer link, an implementation file each. Only they and PeerHub include this.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include <QObject>
#include <QTimer>

#include "core/net/PeerHub.h"

class QWebSocket;

namespace dsmsg::net {

/// The link that this node dials and sends on. Goes on dialling, with back-off, until it is destroyed.
class OutgoingLink : public QObject
{
    Q_OBJECT
public:
    OutgoingLink(PeerHub& hub, std::string url);
    ~OutgoingLink() override;

    const std::string& url() const { return url_; }
    bool up() const { return state_ == State::Up; }
    const std::optional<Hello>& peer() const { return peer_; } ///< as last heard; kept while the link is down
    PeerName name() const { return {url_, peer_ ? peer_->nodeId : std::string{}}; }
    const std::string& problem() const { return problem_; }
    Duration roundTrip() const { return roundTrip_; }

    void send(const Frame& frame);
    /// The peer has just reached us, so it is worth dialling at once.
    void hurry();
    /// Asks for the peer's time. The link is up.
    void probe();
    /// When the probe left; none: it is not open, or not any more. Each is told once.
    std::optional<Instant> probedAt(std::uint64_t number);
    /// Dials at once, and anew where a fault swallowed the greeting.
    void startOver();
    void resetWhenClosed() const;

    std::optional<UnixTime> lastSign; ///< of the peer behind this URL, whichever link it came by
    std::optional<Instant> lastSignAt;

private:
    enum class State
    {
        Waiting,
        Connecting,
        Greeting,
        Up
    };

    void dial();
    void connected();
    void frameArrived(const QByteArray& data);
    void onChallenge(const Challenge& challenge);
    void onHello(const Hello& hello);
    void onPong(const Pong& pong);
    void heartbeat();
    void awaitNextProbe();
    void write(const Frame& frame); ///< unless a fault cuts the link
    void fail(const std::string& why);
    void discardSocket();

    PeerHub& hub_;
    const std::string url_;
    State state_ = State::Waiting;
    std::unique_ptr<QWebSocket> socket_;
    QTimer retryTimer_;
    QTimer pingTimer_;
    QTimer probeTimer_;
    Milliseconds backoff_;
    std::optional<Hello> peer_;
    std::string problem_;
    std::string loggedProblem_;
    std::string nonce_;
    std::uint64_t pingsSent_ = 0;
    std::uint64_t pingsAnswered_ = 0;
    Instant pingedAt_;
    Duration roundTrip_{};
    std::uint64_t probesSent_ = 0;
    std::deque<std::pair<std::uint64_t, Instant>> probes_; ///< open, oldest first
};

/// An accepted link: messages come in, pongs, times and refusals go out.
class IncomingLink : public QObject
{
    Q_OBJECT
public:
    IncomingLink(PeerHub& hub, std::unique_ptr<QWebSocket> socket);
    ~IncomingLink() override;

    void resetWhenClosed() const;
    void announce(); ///< sends our hello again: the cluster id changed
    ServerId peerServer() const { return peer_ ? peer_->server : ServerId{}; }

    PeerName name() const { return {peer_->url, peer_->nodeId}; } ///< after the hello
    void send(const Frame& frame);

private:
    void frameArrived(const QByteArray& data);
    void onHello(const Hello& hello);
    void refuse(const std::string& why);
    void checkSilence();

    PeerHub& hub_;
    std::unique_ptr<QWebSocket> socket_;
    QTimer silenceTimer_;
    bool heard_ = false; ///< since the timer fired last
    bool refused_ = false;
    std::string nonce_;
    std::optional<Hello> peer_;
};

} // namespace dsmsg::net
