// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clients as they ought to be: each sends one message after another with a unique id, through any node,
// follows redirects, and sends again with the same id until the message is acknowledged. What was promised to
// them is kept for the Verifier.
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QThread>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/Clock.h"

namespace dsmsg::test {

struct Sent
{
    QString id;
    quint64 seq = 0;          ///< 0: never acknowledged, it may be stored or not
    int padding = 0;          ///< of its payload
    int tries = 0;            ///< redirects included
    bool repeated = false;    ///< acknowledged before, and sent once more
    bool maybeStored = false; ///< some try ended without saying that nothing was stored
    std::chrono::steady_clock::time_point issuedAt{}; ///< the first try
    std::chrono::steady_clock::time_point acknowledgedAt{};
    Milliseconds latency{}; ///< from the first try
};

class LoadClients
{
public:
    struct Options
    {
        int clients = 8;
        int messages = 0;                ///< of each client; 0: until stop()
        Milliseconds pause{0};           ///< of each client between two messages
        Milliseconds giveUp{20'000};     ///< on one message
        Milliseconds tryPatience{2'000}; ///< for one answer, then another node is tried
        int padding = 0;                 ///< bytes to make each payload longer by
        int repeatOneIn = 0; ///< so many acknowledged messages; one is sent again by its id. 0: none
        /// Timestamps of the clients' own, up to so long before they send; 0: the leader's.
        Milliseconds timeSpread{0};
    };

    LoadClients(QStringList urls, Options options);
    ~LoadClients();

    /// Lets every client end the message it is at, then returns all that was sent.
    std::vector<Sent> stop();
    int acknowledged() const { return acknowledged_; }
    /// Waits until so many more are acknowledged.
    bool awaitMore(int more, Milliseconds patience = Milliseconds(20'000)) const;
    /// The longest time without any acknowledgement so far.
    static Milliseconds longestSilence(const std::vector<Sent>& sent);
    /// Within this time, from its first try, that part of the messages was acknowledged: 0.99 of them, or all
    /// (1).
    static Milliseconds latencyOf(double part, const std::vector<Sent>& sent);

private:
    void run(int client);
    void keep(Sent sent);
    Sent sendOne(const QString& id, unsigned firstNode);
    QJsonObject compose(const QString& id) const;

    const QStringList urls_;
    const Options options_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> acknowledged_ = 0;
    std::vector<std::unique_ptr<QThread>> threads_;
    std::mutex lock_;
    std::vector<Sent> sent_;
};

} // namespace dsmsg::test
