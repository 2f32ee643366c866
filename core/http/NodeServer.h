// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole node with its port: acceptor, HTTP front and node, each in its thread, started and stopped in
// order. This is what dsmsg-node runs once and the monitor's embedded cluster several times.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QObject>
#include <QThread>

#include "core/base/Result.h"
#include "core/http/HttpLimits.h"
#include "core/net/Acceptor.h"
#include "core/node/NodeOptions.h"

namespace dsmsg::node {
class Gateway;
class Node;
} // namespace dsmsg::node

namespace dsmsg::http {

class HttpFront;
class Joiner;

struct ServerOptions
{
    node::NodeOptions node; ///< an empty advertiseUrl becomes http://host:port
    HttpLimits http;
    net::AcceptorOptions acceptor;
    std::vector<std::string> allowedOrigins; ///< empty: every origin
};

class NodeServer : public QObject
{
    Q_OBJECT
public:
    /// Listens, opens the data directory and serves. The error is one line for the person who started it.
    /// `clock` outlives the server.
    static Result<std::unique_ptr<NodeServer>> start(ServerOptions options, const Clock& clock);
    /// Accepts no more, answers what is open, closes every connection and database.
    ~NodeServer() override;
    /// Ends as a process does that is killed: every connection is reset, nothing is answered, handed over or
    /// told to peers, SQLite is stopped in the middle of what it does and open transactions are dropped. It
    /// is no power loss: what was written is there, synced or not. Then the port and the directory are free.
    /// With fault injection only; after it this object can only be destroyed.
    void kill();

    std::uint16_t port() const { return options_.node.port; }
    const std::string& url() const { return options_.node.advertiseUrl; }
    /// After stoppedWriting(): what is stored is damaged, and a start with the same options will set it aside
    /// and begin anew as a member that catches up from the others.
    bool mayStartOver() const;

    /// Asks the Raft thread, through the HTTP thread, whether it is still there; `answer` comes in the thread
    /// of this object, never when it stands still.
    void ping(std::function<void()> answer);
    /// Hands leadership to the most advanced voter, if this node leads; `done` comes in the thread of this
    /// object when another leads or none can be found. It may take an election timeout, and never comes when
    /// the Raft thread stands still.
    void handOver(std::function<void()> done);

Q_SIGNALS:
    /// Storage failed; the node serves reads only from now on. In the thread of this object.
    void stoppedWriting(const QString& why);

private:
    NodeServer(ServerOptions options, const Clock& clock);
    Result<void> startUp();
    Result<void> listen();
    Result<void> openFront();
    /// `question` runs in the HTTP thread, `answer` in that of this object once the question calls what it is
    /// given.
    void askGateway(std::function<void(node::Gateway&, std::function<void()>)> question,
                    std::function<void()> answer);
    void stop();

    ServerOptions options_;
    const Clock& clock_;
    QThread acceptThread_;
    QThread httpThread_;
    QObject inAcceptThread_; ///< where functions run in these threads before and after their objects exist
    QObject inHttpThread_;
    std::unique_ptr<QTcpServer> listener_;
    std::unique_ptr<net::Acceptor> acceptor_;
    std::unique_ptr<node::Node> node_;
    std::unique_ptr<node::Gateway> gateway_;
    std::unique_ptr<HttpFront> front_;
    std::unique_ptr<Joiner> joiner_;
};

} // namespace dsmsg::http
