// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads back what a load has sent, from every node, and compares it with what the cluster promised: each
// acknowledged message once, under the seq it was acknowledged with, on every node; no gap; no message twice;
// all nodes equal, by a hash over everything they show and, where they tell it, by the hash of their own
// state. It knows nothing of faults and trusts no node's word for another.
#pragma once

#include <functional>
#include <vector>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>

#include "app/cli/soak/Load.h"
#include "core/client/Client.h"

namespace dsmsg::cli {

class Verifier : public QObject
{
    Q_OBJECT

public:
    struct Verdict
    {
        quint64 nodes = 0;      ///< read; the counts below are those of the worst of them
        quint64 messages = 0;   ///< since the load began
        quint64 lost = 0;       ///< acknowledged, yet not there under their seq
        quint64 duplicated = 0; ///< there more than once
        quint64 gaps = 0;       ///< seqs that are missing
        bool equal = false;     ///< all nodes show the same
        QString hash;           ///< of what they show, when equal
        QStringList problems;   ///< in words; the first few of each kind
        bool clean() const { return problems.isEmpty(); }
    };

    /// `client` asks the nodes; one client per node is made from its options.
    Verifier(client::Client::Options options, const std::vector<Load::Sent>& sent, quint64 firstSeqBefore);

    /// Waits until all nodes are equally far, at most `patience`, then reads them one after another.
    void start(Milliseconds patience, std::function<void(Verdict)> done);

private:
    void awaitEqual();
    void compareStatuses(const QList<Result<client::NodeStatus>>& statuses);
    void readNode();
    void readPage(quint64 after);
    void take(const client::Message& message);
    void nodeRead();
    void problem(const QString& text);
    void finish();

    client::Client::Options options_;
    client::Client watcher_;
    std::unique_ptr<client::Client> reader_;
    QHash<QString, quint64> promised_; ///< message id to the seq it was acknowledged with
    quint64 before_;                   ///< the last seq from before the load
    quint64 until_ = 0;                ///< the last seq every node must show
    Milliseconds patience_{0};
    QElapsedTimer waiting_;
    std::function<void(Verdict)> done_;

    // Of the node being read:
    qsizetype node_ = 0;
    quint64 expected_ = 0;
    quint64 found_ = 0; ///< promised messages in their place
    quint64 duplicated_ = 0;
    quint64 gaps_ = 0;
    QCryptographicHash digest_{QCryptographicHash::Sha256};
    QSet<QString> seen_;

    QStringList digests_;
    Verdict verdict_;
};

} // namespace dsmsg::cli
