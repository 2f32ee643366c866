// SPDX-License-Identifier: GPL-3.0-or-later
//
// Accepts connections on the node's one port and hands each to the thread that serves it. An upgraded
// QWebSocket can not change threads, so what a connection is for is found out here, by peeking at the request
// without consuming it: `GET /peer` with an Upgrade header goes to the peer thread, everything else to the
// HTTP thread, `GET /ws` with an Upgrade header by a way of its own (QT.md, Upgrade). In a thread of its own,
// so that neither a slow disk nor 256 busy connections delay a peer's connection.
//
// Bounds: connections in all (beyond: 503 and closed at once), time to the request line, a pause instead of a
// spin when descriptors run out.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "core/base/Clock.h"
#include "core/base/Result.h"

class QTcpSocket;

namespace dsmsg::net {

struct AcceptorOptions
{
    std::size_t connectionsMax =
        0; ///< open at once, wherever they were handed; 0: from the limit on open files
    Milliseconds headerTimeMax =
        std::chrono::seconds(10); ///< from accepting to knowing where a connection belongs
};

/// connectionsMax for this process: the limit on open files less a reserve for databases, peers and logs; at
/// least 64.
std::size_t connectionsForOpenFileLimit();

/// Readable from any thread.
struct AcceptorCounters
{
    std::atomic<std::uint64_t> accepted = 0;
    std::atomic<std::uint64_t> refused = 0; ///< over connectionsMax
    std::atomic<std::uint64_t> tooSlow = 0; ///< no request line in time
    std::atomic<std::size_t> open = 0;      ///< accepted sockets that exist, in whichever thread
};

class Acceptor final : public QObject
{
    Q_OBJECT

public:
    /// Takes a socket, in the thread of `receiver`, which must outlive the acceptor. The socket has no
    /// parent, lives in that thread already and may hold bytes for which no readyRead will come again.
    struct Destination
    {
        QObject* receiver = nullptr;
        std::function<void(QTcpSocket*)> take;
    };

    /// Listens on `host` with a long queue. A failure names the address and says what to do.
    static Result<std::unique_ptr<QTcpServer>> listen(const QString& host, std::uint16_t port);

    /// In the accept thread, which needs an event loop. `server` must be listening and live in that thread.
    Acceptor(std::unique_ptr<QTcpServer> server, AcceptorOptions options, Destination http, Destination peer,
             Destination webSocket);
    ~Acceptor() override;

    std::uint16_t port() const;
    /// Accepts no more and drops what is not handed over yet. Sockets that were handed over stay open.
    void stop();
    std::shared_ptr<const AcceptorCounters> counters() const { return counters_; }

private:
    using Now = std::chrono::steady_clock::time_point;

    void acceptNew();
    void admit(QTcpSocket* socket);
    void refuse(QTcpSocket* socket);
    void look(QTcpSocket* socket);
    void handOver(QTcpSocket* socket, const Destination& destination);
    void forget(QTcpSocket* socket);
    void pause(int error);
    void dropSlow();

    std::unique_ptr<QTcpServer> server_; ///< keeps the listening socket; its own accepting is paused
    QSocketNotifier readable_{QSocketNotifier::Read};
    const AcceptorOptions options_;
    const Destination http_;
    const Destination peer_;
    const Destination webSocket_;
    std::shared_ptr<AcceptorCounters> counters_; ///< shared with the sockets, which may outlive the acceptor
    std::unordered_map<QTcpSocket*, Now> waiting_; ///< accepted, and when; children of this object
    std::size_t refused_ = 0;                      ///< refused sockets that still exist
    QTimer sweeper_;
    QTimer resume_;
    bool shortageLogged_ = false; ///< and has not ended
};

} // namespace dsmsg::net
