// SPDX-License-Identifier: GPL-3.0-or-later
//
// A steady stream of sends at a given rate from many senders at once, each retried under its id as any client
// would, and an exact record of what the cluster said about each. While the cluster cannot serve, the stream
// waits at the bound of sends under way and then makes up for the lost time, which loads a new leader at its
// weakest moment.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "core/client/Client.h"

namespace dsmsg::soak {

class Load : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        client::Client::Options client;
        quint64 perSecond = 200;
        quint64 senders = 48; ///< most sends under way
        Milliseconds duration{10000};
    };
    struct Sent
    {
        QString msgId;
        quint64 seq = 0; ///< 0: never acknowledged
        client::SendOutcome outcome = client::SendOutcome::Rejected;
        bool beforeMajority = false; ///< one node alone vouched for it (replication mode async)
    };

    explicit Load(Settings settings);

    /// `done` is called once every send has its result.
    void start(std::function<void()> done);
    /// Sends no more; `done` is called once what is under way has its result.
    void finish();

    const std::vector<Sent>& sent() const { return sent_; }
    quint64 acknowledged() const { return acknowledged_; }
    quint64 acknowledgedBeforeMajority() const { return beforeMajority_; } ///< part of the above
    quint64 undecided() const { return undecided_; }
    quint64 rejected() const { return rejected_; }
    quint64 underWay() const { return underWay_; }
    QString lastReason() const { return lastReason_; }
    /// The longest time between two acknowledgements while something was asked for.
    Milliseconds longestSilence() const { return longestSilence_; }
    /// Of now: since the last acknowledgement, while something is asked for.
    Milliseconds silence() const;

private:
    void issueDue();
    void sendOne();
    void endIfDone();
    void finished(std::size_t index, const client::SendResult& result);

    Settings settings_;
    std::vector<std::unique_ptr<client::Client>> clients_;
    QTimer timer_;
    QElapsedTimer clock_;
    QString run_; ///< common part of the message ids
    std::vector<Sent> sent_;
    quint64 acknowledged_ = 0;
    quint64 beforeMajority_ = 0;
    quint64 undecided_ = 0;
    quint64 rejected_ = 0;
    quint64 underWay_ = 0;
    QString lastReason_;
    Milliseconds lastAcknowledged_{0};
    Milliseconds longestSilence_{0};
    std::function<void()> done_;
};

} // namespace dsmsg::soak
