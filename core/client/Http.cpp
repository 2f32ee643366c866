// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Http.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

namespace dsmsg::client {

namespace {

/// What happened to one request besides what QNetworkReply tells.
struct Progress
{
    QElapsedTimer clock;
    bool sent = false;
    bool timedOut = false;
    bool tooLong = false;
};

QString describe(const QNetworkReply& reply, const Progress& progress, Milliseconds timeout)
{
    if (progress.timedOut)
        return QStringLiteral("no answer within %1 s").arg(double(timeout.count()) / 1000.0);
    if (progress.tooLong)
        return QStringLiteral("the answer is longer than %1 MiB").arg(Http::maxBody >> 20);
    return failureInWords(reply);
}

HttpReply conclude(QNetworkReply& reply, const Progress& progress, Milliseconds timeout)
{
    HttpReply result;
    result.url = reply.url();
    result.elapsed = Milliseconds(progress.clock.elapsed());
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // QNetworkReply calls a complete answer of 400 and above an error too; only without one did the exchange
    // fail.
    const bool broken =
        reply.error() != QNetworkReply::NoError && (reply.error() < QNetworkReply::ContentAccessDenied ||
                                                    reply.error() == QNetworkReply::ProtocolFailure);
    if (status == 0 || broken) {
        result.problem = describe(reply, progress, timeout);
        const bool neverConnected = reply.error() == QNetworkReply::ConnectionRefusedError ||
                                    reply.error() == QNetworkReply::HostNotFoundError;
        result.mayHaveArrived = progress.sent || !neverConnected;
        result.unreachable = neverConnected || reply.error() == QNetworkReply::UnknownNetworkError ||
                             (progress.timedOut && !progress.sent);
        return result;
    }
    result.status = status;
    result.body = reply.readAll();
    result.location = reply.rawHeader("Location");
    result.retryAfter = retryAfterOf(reply);
    return result;
}

} // namespace

QNetworkRequest requestTo(const QUrl& url)
{
    QNetworkRequest request(url);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "dsmsg/" DSMSG_VERSION);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

QString notHttp()
{
    return QStringLiteral("the answer is not HTTP");
}

QString failureInWords(const QNetworkReply& reply)
{
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return QStringLiteral("nothing listens there");
    case QNetworkReply::HostNotFoundError:
        return QStringLiteral("no host of that name");
    case QNetworkReply::RemoteHostClosedError:
        return QStringLiteral("closed the connection without an answer");
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
        return notHttp();
    default:
        return reply.errorString();
    }
}

std::optional<Milliseconds> retryAfterOf(const QNetworkReply& reply)
{
    bool isNumber = false;
    const int seconds = reply.rawHeader("Retry-After").toInt(&isNumber);
    if (!isNumber || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds(seconds);
}

Http::Http(const QNetworkProxy& proxy)
{
    manager_.setProxy(proxy);
    manager_.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

Http::~Http() = default;

void Http::start(const HttpRequest& request, QObject* owner, Answer answer)
{
    QNetworkRequest head = requestTo(request.url);
    head.setRawHeader("Accept", "application/json");
    QNetworkReply* reply = nullptr;
    if (request.method == HttpRequest::Method::Post) {
        head.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        reply = manager_.post(head, request.body);
    } else if (request.method == HttpRequest::Method::Delete) {
        head.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        reply = manager_.deleteResource(head);
    } else {
        reply = manager_.get(head);
    }

    const auto progress = std::make_shared<Progress>();
    progress->clock.start();
    connect(reply, &QNetworkReply::requestSent, reply, [progress] { progress->sent = true; });
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply, progress](qint64 received, qint64) {
        if (received > maxBody && !progress->tooLong) {
            progress->tooLong = true;
            reply->abort();
        }
    });
    QTimer::singleShot(request.timeout, reply, [reply, progress] {
        if (reply->isRunning()) {
            progress->timedOut = true;
            reply->abort();
        }
    });
    const QPointer<QObject> guard(owner);
    connect(reply, &QNetworkReply::finished, this,
            [reply, progress, guard, timeout = request.timeout, answer = std::move(answer)] {
                HttpReply result = conclude(*reply, *progress, timeout);
                reply->deleteLater();
                if (guard)
                    answer(std::move(result));
            });
    // An owner that is gone wants no answer: its request is broken off rather than left to run.
    connect(owner, &QObject::destroyed, reply, &QNetworkReply::abort);
}

} // namespace dsmsg::client
