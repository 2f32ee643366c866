// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node without its HTTP front: the data directory, the Raft, log and apply threads, and the order in
// which they start and stop. Many can live in one process.
#pragma once

#include <memory>

#include <QObject>
#include <QThread>

#include "core/base/FaultClock.h"
#include "core/base/Result.h"
#include "core/net/Acceptor.h"
#include "core/node/Gateway.h"
#include "core/node/KeptSeqs.h"
#include "core/node/NodeOptions.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/FaultVfs.h"

namespace dsmsg::node {

class ApplyWorker;
class FaultController;
class LogWorker;
class RaftDriver;

class Node : public QObject
{
    Q_OBJECT
public:
    /// Opens the data directory and starts the threads. A damaged directory is set aside when others hold the
    /// data (NodeOptions::hasOthers). The error is one line for the person who started the node. `clock`
    /// outlives the node.
    static Result<std::unique_ptr<Node>> start(NodeOptions options, const Clock& clock);
    /// Stops everything that still runs. Gateways must be gone.
    ~Node() override;
    /// From this moment the node is a process that was killed: nothing of it leaves, nothing reaches its
    /// disk, open transactions are dropped, and links end with a reset when it is destroyed. With fault
    /// injection only, whose VFS it needs.
    void kill();

    /// A gateway for the calling thread, which must have an event loop; destroyed in it, before the node. One
    /// at a time.
    std::unique_ptr<Gateway> makeGateway();
    /// Where the acceptor hands sockets that ask for an upgrade of /peer. Valid while the node lives.
    net::Acceptor::Destination peerDestination();
    /// For readers of the state. Valid while the node lives; any thread.
    const storage::DataDirectory& directory() const { return *directory_; }
    const NodeOptions& options() const { return options_; }
    /// This node's clock, which injected faults bend. Valid while the node lives.
    const Clock& clock() const;

Q_SIGNALS:
    /// Storage failed; the node serves reads only. Emitted once, in the thread of this object.
    void stoppedWriting(const QString& why);

private:
    static Result<std::unique_ptr<Node>> startOnce(NodeOptions options, const Clock& clock);
    Node(NodeOptions options, const Clock& clock);
    Result<void> startUp();
    Result<void> allowFaults();
    void endFaults();
    Result<void> checkBelongs(const raft::Restored& restored, LogIndex applied) const;
    void startThread(QThread& thread, const char* name);

    const NodeOptions options_;
    const Clock& clock_;
    // Fault injection only; null and not running without it.
    std::unique_ptr<FaultClock> faultClock_;
    std::unique_ptr<storage::FaultVfs> faultVfs_;
    QThread faultThread_;
    std::unique_ptr<FaultController> faults_;

    std::unique_ptr<storage::DataDirectory> directory_;
    QThread raftThread_;
    QThread logThread_;
    QThread applyThread_;
    std::unique_ptr<LogWorker> log_;
    std::unique_ptr<ApplyWorker> apply_;
    std::unique_ptr<RaftDriver> driver_;
    KeptSeqs seqs_;
};

} // namespace dsmsg::node
