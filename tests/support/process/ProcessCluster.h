// SPDX-License-Identifier: GPL-3.0-or-later
//
// N real nodes on free loopback ports (or in networks of their own), each with a data directory in one
// temporary folder. Finds out who leads, breaks nodes and brings them back.
#pragma once

#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <vector>

#include "tests/support/process/NodeClient.h"
#include "tests/support/process/NodeProcess.h"
#include "tests/support/process/PrivateNetwork.h"

namespace dsmsg::test {

struct ClusterOptions
{
    int nodes = 3;
    /// Of each. The window is short, because a test waits for it at its end.
    QStringList arguments{QStringLiteral("--replication-mode"), QStringLiteral("sync_quorum"),
                          QStringLiteral("--ordering-window"), QStringLiteral("200")};
    std::optional<unsigned> openFilesMax{};
    bool ownNetworks = false; ///< see PrivateNetwork; cutOff() pauses the node where that is not allowed
    QString program{};        ///< of every node; empty: nodeProgram()
    QString dataParent{};     ///< where the data directories go; empty: into the temporary folder
};

/// Nodes that take faults by /faults.
ClusterOptions breakable(ClusterOptions options = {});

/// For the main thread.
class ProcessCluster
{
public:
    explicit ProcessCluster(ClusterOptions options = {});
    ~ProcessCluster();

    /// Starts every node and waits until each answers. Chooses other ports when one was taken meanwhile.
    /// False when that did not help; problem() says why.
    bool start();
    QString problem() const { return problem_; }

    /// Every node that was ever started, retired ones included.
    int size() const { return static_cast<int>(slots_.size()); }
    /// All but the retired ones.
    std::vector<int> members() const;
    NodeProcess& process(int node) { return *at(node).process; }
    NodeClient& client(int node) { return *at(node).client; }
    QString url(int node) const;
    static QString id(int node); ///< what the node is called
    QStringList urls() const;
    int nodeAt(const QString& url) const; ///< -1 when no node has it
    QString dataDirectory(int node) const;
    QString folder() const { return folder_.path(); }
    /// What start() passed to the node, to start another one like it.
    QStringList argumentsOf(int node) const;

    /// Asked for their status: those that run and are not paused.
    std::vector<int> awake();
    std::optional<StatusReply> status(int node);
    /// The node that serves as leader in the highest term; -1 when there is none.
    int leader();
    /// Waits for a leader that a majority, the leader included, names; -1 when `patience` is over.
    int awaitLeader(Milliseconds patience = Milliseconds(10'000));
    std::vector<int> othersThan(int node) const;
    /// Waits until all awake nodes have applied the same, whole log, and delivered everything.
    bool awaitEqual(Milliseconds patience = Milliseconds(15'000));

    /// Of the node's data directory; empty without an answer.
    QString incarnation(int node);
    /// Waits until the node has begun anew as somebody else, with a blank directory.
    bool awaitIncarnationAfter(int node, const QString& old, Milliseconds patience = Milliseconds(20'000));
    /// The directories that the node has put its damaged data into.
    QStringList setAside(int node) const;
    /// Waits until this node shows exactly these voters and no change under way, and has messages itself.
    bool awaitVoters(int node, QStringList ids, Milliseconds patience = Milliseconds(20'000));

    void kill(int node) { process(node).kill(); }
    bool stop(int node); ///< asks it to end; true when it did, with exit code 0
    /// Starts it again and waits until it answers.
    bool restart(int node, Milliseconds patience = Milliseconds(10'000));
    void wipe(int node); ///< kills it and empties its data directory
    /// Room for one more node, which restart() starts with --join and these arguments; its id and url are
    /// known from now on. Not with ownNetworks.
    int reserve(const QStringList& arguments = {});
    /// reserve() and restart(); -1 when it does not answer.
    int join(const QStringList& arguments = {});
    /// Starts a node that knows no other: without --peers, from now on. True when it answers.
    bool restartAlone(int node);
    /// Kills a node that is no member any more; it does not count from now on.
    void retire(int node);

    /// Whether cutOff() cuts the wire (true) or stops the process (false).
    bool cutsTheWire() const { return network_ != nullptr; }
    void cutOff(int node);
    void heal();

    /// Whether any node's log has that text.
    bool logged(const QByteArray& text);
    /// Every node's log to the test's output, for a test that failed.
    void printLogs();

private:
    struct Slot
    {
        std::unique_ptr<NodeProcess> process;
        std::unique_ptr<NodeClient> client;
        QString host;
        quint16 port = 0;
        bool stoppedToCutOff = false;
        bool alone = false; ///< not given the others as --peers
        bool retired = false;
        QStringList arguments{};
    };

    Slot& at(int node) { return slots_[static_cast<std::size_t>(node)]; }
    const Slot& at(int node) const { return slots_[static_cast<std::size_t>(node)]; }
    bool startAll();
    void prepare(int node);
    bool launch(int node);
    void choosePorts();
    bool awaitAnswer(int node, Milliseconds patience);

    const ClusterOptions options_;
    QTemporaryDir folder_;
    std::unique_ptr<PrivateNetwork> network_;
    std::vector<Slot> slots_;
    QString problem_;
};

/// A port of 127.0.0.1 that is free now and that the kernel gives to no outgoing connection.
quint16 freePort();

} // namespace dsmsg::test
