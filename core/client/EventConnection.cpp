// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/EventConnection.h"

#include <QNetworkReply>

#include "core/client/Answers.h"
#include "core/client/Http.h"

namespace dsmsg::client {

namespace {

constexpr qint64 readStep = 64 * 1024;        ///< bytes handed to the parser at a time
constexpr qint64 refusalBytesMax = 64 * 1024; ///< of the body of an answer that is no stream

QString seconds(Milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0);
}

} // namespace

EventConnection::EventConnection(const QUrl& url, Settings settings)
    : settings_(std::move(settings))
    , stream_(settings_.eventBytesMax)
{
    manager_.setProxy(settings_.proxy);
    manager_.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    QNetworkRequest request = requestTo(url);
    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Cache-Control", "no-store");
    reply_ = manager_.get(request);
    reply_->setReadBufferSize(settings_.readBufferBytes);
    connect(reply_, &QNetworkReply::metaDataChanged, this, &EventConnection::headArrived);
    connect(reply_, &QNetworkReply::readyRead, this, &EventConnection::bytesArrived);
    connect(reply_, &QNetworkReply::finished, this, &EventConnection::finished);
    silence_.setSingleShot(true);
    connect(&silence_, &QTimer::timeout, this, &EventConnection::timedOut);
    silence_.start(settings_.openMax);
}

EventConnection::~EventConnection()
{
    // abort() emits finished(), which must not reach an object that is being destroyed.
    reply_->disconnect(this);
    reply_->abort();
}

void EventConnection::headArrived()
{
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray type = reply_->rawHeader("Content-Type").split(';').first().trimmed().toLower();
    if (open_ || ended_ || status != 200)
        return;
    if (type != "text/event-stream") {
        end({QStringLiteral("the answer is not a stream of events; is it a dsmsg node?"), false, {}});
        return;
    }
    open_ = true;
    setPaused(paused_);
    Q_EMIT opened();
}

void EventConnection::bytesArrived()
{
    if (!open_ || ended_)
        return;
    if (!paused_)
        silence_.start(settings_.silenceMax);
    Q_EMIT readable();
}

std::optional<StreamEvent> EventConnection::next()
{
    while (open_) {
        if (auto event = stream_.next())
            return event;
        if (stream_.broken()) {
            end({QStringLiteral("an event is longer than %1 MiB").arg(settings_.eventBytesMax >> 20),
                 false,
                 {}});
            return std::nullopt;
        }
        const QByteArray bytes = reply_->read(readStep);
        if (bytes.isEmpty())
            return std::nullopt;
        stream_.feed(bytes);
    }
    return std::nullopt;
}

void EventConnection::setPaused(bool paused)
{
    paused_ = paused;
    if (ended_ || !open_)
        return;
    if (paused)
        silence_.stop();
    else
        silence_.start(settings_.silenceMax);
}

void EventConnection::timedOut()
{
    end({open_ ? QStringLiteral("no sign of life for %1 s").arg(seconds(settings_.silenceMax))
               : QStringLiteral("no answer within %1 s").arg(seconds(settings_.openMax)),
         false,
         {}});
}

void EventConnection::finished()
{
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool closed =
        reply_->error() == QNetworkReply::NoError || reply_->error() == QNetworkReply::RemoteHostClosedError;
    if (open_ || status == 0) {
        end({open_ && closed ? QStringLiteral("the node closed the stream") : failureInWords(*reply_),
             false,
             {}});
        return;
    }
    const QString reason = readReason(reply_->read(refusalBytesMax));
    // 404 too is worth another node: one that runs an older version knows no /events.
    const bool forGood = status >= 400 && status < 500 && status != 404 && status != 408 && status != 429;
    end({QStringLiteral("%1 (HTTP %2)")
             .arg(reason.isEmpty() ? QStringLiteral("no stream of events there") : reason)
             .arg(status),
         forGood, retryAfterOf(*reply_)});
}

void EventConnection::end(const End& end)
{
    if (ended_)
        return;
    ended_ = true;
    silence_.stop();
    Q_EMIT ended(end);
}

} // namespace dsmsg::client
