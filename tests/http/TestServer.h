// SPDX-License-Identifier: GPL-3.0-or-later
//
// Acceptor and HttpFront in threads of their own, as in a node, before a FakeGateway; and a raw client that
// sees every byte.
#pragma once

#include <QThread>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/http/HttpFront.h"
#include "core/net/Acceptor.h"
#include "tests/http/FakeGateway.h"

class QTcpSocket;

namespace dsmsg::test {

struct ServerOptions
{
    http::HttpLimits limits = {};
    net::AcceptorOptions acceptor = {};
    std::vector<std::string> allowedOrigins = {};
    std::vector<messaging::StoredMessage> messages = {};
    node::FaultDesk* desk = nullptr; ///< called in the HTTP thread; none: no fault injection
};

class TestServer
{
public:
    explicit TestServer(ServerOptions options = {});
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    std::uint16_t port() const { return port_; }
    /// Runs in the HTTP thread and waits for it; the one way to touch the gateway and the front.
    void inHttp(const std::function<void(FakeGateway&, http::HttpFront&)>& work);
    /// Appends a message and tells the node's progress.
    void publish(messaging::StoredMessage message);
    /// Waits until `condition`, asked in the HTTP thread, holds; false after ten seconds.
    bool waitFor(const std::function<bool(FakeGateway&, http::HttpFront&)>& condition);
    const net::AcceptorCounters& accepting() const { return *counters_; }
    /// Sockets that went to the peer thread's receiver.
    int upgraded() const { return upgraded_; }

private:
    const ServerOptions options_;
    std::vector<messaging::StoredMessage> messages_; ///< touched in the HTTP thread only
    QThread acceptThread_;
    QThread httpThread_;
    std::unique_ptr<FakeGateway> gateway_;
    std::unique_ptr<SystemClock> clock_ = std::make_unique<SystemClock>();
    std::unique_ptr<http::HttpFront> front_;
    std::unique_ptr<QObject> acceptContext_; ///< something to call in the accept thread
    std::unique_ptr<QObject> peerReceiver_;
    std::unique_ptr<net::Acceptor> acceptor_;
    std::shared_ptr<const net::AcceptorCounters> counters_;
    std::atomic<int> upgraded_ = 0;
    std::uint16_t port_ = 0;
};

struct Answer
{
    int status = 0;
    std::multimap<std::string, std::string> headers; ///< names in lower case
    std::string body;

    std::string header(const std::string& lowerName) const;
    std::size_t count(const std::string& lowerName) const { return headers.count(lowerName); }
};

/// A blocking client.
class RawClient
{
public:
    explicit RawClient(const TestServer& server);
    ~RawClient();

    void send(std::string_view bytes);
    /// The next answer; none when the server closed or ten seconds passed. `head`: it has no body.
    std::optional<Answer> answer(bool head = false);
    /// Whether the server closes within ten seconds; what arrives before is in leftover().
    bool closedByServer();
    void abort();
    /// Nothing more has come.
    const std::string& leftover() const { return received_; }
    std::string takeLeftover() { return std::exchange(received_, {}); }
    /// Takes no more than a few kilobytes off the wire before it is asked for them, or what there is.
    void limitReading(bool limited);
    /// The server's end was an end, not a reset.
    bool closedCleanly() const;
    bool waitBytes(int milliseconds);

private:
    std::unique_ptr<QTcpSocket> socket_;
    std::string received_;
};

/// A request with Host and, for a body, Content-Length.
std::string request(std::string_view method, std::string_view target, std::string_view body = {},
                    std::string_view extraHeaders = {});
/// One request over a connection of its own.
Answer ask(const TestServer& server, std::string_view bytes);

} // namespace dsmsg::test
