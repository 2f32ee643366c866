// SPDX-License-Identifier: GPL-3.0-or-later
//
// One GET /events on one node, from its request to its end. It has a QNetworkAccessManager of its own,
// because a stream would for ever hold one of the six connections that QNetworkAccessManager makes to a host.
// What the reader does not take stays in Qt's read buffer of a fixed size, then in the kernel's, then with
// the node, which bounds it too: nothing grows with a slow reader.
//
// A node that died without a word is noticed by its silence: while it lives, it sends a comment every 15 s.
#pragma once

#include <optional>

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include "core/base/Clock.h"
#include "core/client/EventStream.h"

class QNetworkReply;

namespace dsmsg::client {

class EventConnection : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        Milliseconds openMax{6000};     ///< from the request to the head of its answer
        Milliseconds silenceMax{40000}; ///< without a byte; more than two of the node's heartbeats of 15 s
        qint64 readBufferBytes = 1 << 20;
        qsizetype eventBytesMax = 16 << 20; ///< a message whose payload is all escapes is 6 MiB long
        QNetworkProxy proxy = QNetworkProxy::NoProxy;
    };
    struct End
    {
        QString reason;       ///< in words
        bool refused = false; ///< the node will never serve this request, nor will another
        std::optional<Milliseconds> retryAfter;
    };

    /// Asks at once. `url` with path and query.
    EventConnection(const QUrl& url, Settings settings);
    /// Breaks the stream off.
    ~EventConnection() override;

    /// The next event that is there. Call it until there is none, then again after readable().
    std::optional<StreamEvent> next();
    /// The id to resume after, as far as next() has come.
    const QByteArray& lastEventId() const { return stream_.lastEventId(); }
    /// While it is paused, nobody calls next(), and silence is no sign of death.
    void setPaused(bool paused);

Q_SIGNALS:
    void opened();
    void readable();
    /// Once, and last of all. What has arrived before can still be read.
    void ended(const dsmsg::client::EventConnection::End& end);

private:
    void headArrived();
    void bytesArrived();
    void timedOut();
    void finished();
    void end(const End& end);

    const Settings settings_;
    QNetworkAccessManager manager_;
    EventStream stream_;
    QTimer silence_;
    QNetworkReply* reply_ = nullptr; ///< owned by the manager
    bool open_ = false;              ///< a stream of events is being received
    bool paused_ = false;
    bool ended_ = false;
};

} // namespace dsmsg::client
