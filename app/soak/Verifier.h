// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads back what a load has sent, from every node, and compares it with what the cluster promised: each
// acknowledged message once, under the seq it was acknowledged with, on every node; no gap; no message twice;
// all nodes equal, by a hash over everything they show and, where they tell it, by the hash of their own
// state. It knows nothing of faults and trusts no node's word for another. What a single node acknowledged
// before a majority had it (replication mode async) was promised less: its losses are counted apart.
#pragma once

#include <functional>
#include <vector>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>

#include "app/soak/Load.h"
#include "core/client/Client.h"

namespace dsmsg::soak {

class Verifier : public QObject
{
    Q_OBJECT

public:
    /// What was wrong with it.
    struct Counts
    {
        quint64 messages = 0;           ///< since the load began
        quint64 lost = 0;               ///< acknowledged, yet not there under their seq
        quint64 lostBeforeMajority = 0; ///< same, but acknowledged before a majority had them
        quint64 duplicated = 0;         ///< there more than once
        quint64 reordered = 0;          ///< seqs under which the first node shows another message
        quint64 gaps = 0;               ///< seqs that are missing
    };
    struct NodeReport : Counts
    {
        QUrl url;
        QString name;      ///< its id, else its address
        quint64 last = 0;  ///< seq of the last message that it shows
        QString hash;      ///< over everything that it shows
        QString stateHash; ///< its own, at the end; empty when it does not tell
        QString problem;   ///< why it could not be read; empty when it was
    };
    struct Verdict : Counts ///< those of the worst of the nodes
    {
        quint64 nodes = 0;    ///< read
        bool equal = false;   ///< all nodes show the same
        QString hash;         ///< of what they show, when equal
        QStringList problems; ///< in words; the first few
        QList<NodeReport> reports;
        bool clean() const { return problems.isEmpty(); }
    };

    /// `client` asks the nodes; one client per node is made from its options.
    Verifier(client::Client::Options options, const std::vector<Load::Sent>& sent, quint64 firstSeqBefore);

    /// Waits until all nodes are equally far, at most `patience`, then reads them one after another.
    void start(Milliseconds patience, std::function<void(Verdict)> done);
    /// Of all nodes together, 0 to 1.
    double progress() const;

private:
    using Statuses = QList<std::optional<Result<client::NodeStatus>>>; ///< by endpoint
    struct Promise
    {
        quint64 seq = 0;
        bool beforeMajority = false;
    };

    void awaitEqual();
    void compareStatuses(const Statuses& statuses);
    void readNode();
    void readPage(quint64 after);
    void take(const client::Message& message);
    void nodeRead();
    void countLost();
    void problem(const QString& text);
    void finish();
    NodeReport& report() { return verdict_.reports[node_]; }

    client::Client::Options options_;
    client::Client watcher_;
    std::unique_ptr<client::Client> reader_;
    QHash<QString, Promise> promised_; ///< by message id
    quint64 before_;                   ///< the last seq from before the load
    quint64 until_ = 0;                ///< the last seq every node must show
    Milliseconds patience_{0};
    QElapsedTimer waiting_;
    std::function<void(Verdict)> done_;
    QHash<quint64, QString> first_; ///< what the first node shows, by seq

    // Of the node being read:
    qsizetype node_ = 0;
    quint64 expected_ = 0;
    QCryptographicHash digest_{QCryptographicHash::Sha256};
    QHash<QString, quint64> seen_; ///< message id to the seq that it was first seen under
    Verdict verdict_;
};

} // namespace dsmsg::soak
