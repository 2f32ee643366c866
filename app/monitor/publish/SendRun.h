// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many messages through dsmsg::Client: at a steady rate, or as many at once as may be in flight, until the
// source has no more, the time is up or somebody stops it. What the load generator and the import have in
// common. Lives in a thread of its own, without locks: what others may see of it is handed out as a copy.
//
// At a rate, a message's latency counts from when it was due, not from when its turn came: a stall must show
// in the percentiles, or the slowest moments are the ones that are not measured ("coordinated omission", Gil
// Tene).
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "core/base/Histogram.h"
#include "core/client/Client.h"

namespace dsmsg::monitor {

class SendRun : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        QList<QUrl> nodes;        ///< at least one
        double perSecond = 0;     ///< 0: as fast as the window allows
        int inFlightMax = 48;     ///< messages
        Milliseconds duration{0}; ///< 0: until the source ends
    };
    /// The next message; nothing: there is no more.
    using Source = std::function<std::optional<client::Draft>(quint64 number)>;
    using Sink = std::function<void(quint64 number, const client::SendResult& result)>;

    struct Figures
    {
        quint64 sent = 0;
        quint64 acknowledged = 0; ///< `duplicates` and `committedOnly` among them
        quint64 duplicates = 0;
        quint64 beforeMajority = 0; ///< acknowledged by a single node
        quint64 rejected = 0;       ///< certainly not stored, refused ones included
        quint64 unknown = 0;        ///< may be stored
        quint64 inFlight = 0;
        quint64 skipped = 0; ///< of the rate: would have been due, but the cluster was too far behind
        Milliseconds elapsed{0};
        Histogram latency;  ///< of the acknowledged
        QString lastReason; ///< of the last that was not stored
        bool sending = true;
        bool ended = false;
    };

    /// `redirected` hears of who was not the leader.
    SendRun(Settings settings, Source source, Sink sink,
            std::function<void(const QUrl& from, const QUrl& to)> redirected);
    ~SendRun() override;

    void start();
    /// No more messages; what is in flight gets a moment, then counts as unknown.
    void stop();
    const Figures& figures() const { return figures_; }

Q_SIGNALS:
    void ended();

private:
    void issueDue();
    bool sendOne(Duration due);
    void finished(quint64 number, Duration due, const client::SendResult& result);
    void count(const client::SendResult& result, Duration due);
    Duration now() const { return Duration(clock_.nsecsElapsed() / 1000); }
    void end();

    const Settings settings_;
    Source source_;
    Sink sink_;
    Figures figures_;
    QElapsedTimer clock_;
    QTimer tick_;
    QTimer grace_; ///< for what is in flight when it stops
    std::vector<std::unique_ptr<client::Client>>
        clients_; ///< the last member: they call back into the others
};

} // namespace dsmsg::monitor
