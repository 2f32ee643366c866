// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client that single sends go through, in a thread of its own: an election or a slow disk must never be
// felt in the window. One client is kept for one choice of nodes, so that it stays with the leader it has
// found.
#pragma once

#include <map>
#include <memory>

#include <QElapsedTimer>
#include <QObject>

#include "app/monitor/publish/SendRecord.h"
#include "core/client/Client.h"

namespace dsmsg::monitor {

class SendWorker : public QObject
{
    Q_OBJECT

public:
    static constexpr Milliseconds patience{10'000}; ///< of one send, retries included
    static constexpr std::size_t underWayMax = 256;

    SendWorker() = default;
    ~SendWorker() override;

    /// `nodes`: at least one, the first is asked first. done() follows, always.
    void send(quint64 ticket, const QList<QUrl>& nodes, const client::Draft& draft);
    /// Breaks off everything under way; each is done() as cancelled.
    void cancelAll();

Q_SIGNALS:
    void done(quint64 ticket, const dsmsg::monitor::SendRecord& record);
    void redirected(const QUrl& from, const QUrl& to);

private:
    struct UnderWay
    {
        QString msgId;
        QElapsedTimer since;
        QList<QUrl> redirectors;
    };
    void open(const QList<QUrl>& nodes);
    void heard(const client::Attempt& attempt);
    void finished(quint64 ticket, const client::SendResult& result);

    QList<QUrl> nodes_;
    std::map<quint64, UnderWay> underWay_;
    std::unique_ptr<client::Client> client_; ///< the last member: it calls back into the others
};

} // namespace dsmsg::monitor

Q_DECLARE_METATYPE(dsmsg::monitor::SendRecord)
