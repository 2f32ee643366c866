// SPDX-License-Identifier: GPL-3.0-or-later
//
// One HTTP request and what became of it. Over QNetworkAccessManager with what QT.md warns of taken care of:
// redirects are not followed behind our back, no proxy unless one is given, time and size of an answer are
// bounded (its own transfer timeout starts anew with every byte, ours does not). It says one thing
// QNetworkAccessManager does not: whether the node may have seen the request. Qt itself sends a request again
// when a kept connection breaks, so a refused connection alone proves nothing; only a request of which no
// byte was ever sent certainly did nothing.
#pragma once

#include <functional>
#include <optional>

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QObject>
#include <QUrl>

#include "core/base/Clock.h"

class QNetworkReply;

namespace dsmsg::client {

struct HttpRequest
{
    enum class Method
    {
        Get,
        Post,
        Delete
    };
    Method method = Method::Get;
    QUrl url;
    QByteArray body; ///< JSON, for Post
    Milliseconds timeout{6000};
};

struct HttpReply
{
    QUrl url;
    int status = 0; ///< 0: no HTTP answer, `problem` says why
    QByteArray body;
    QByteArray location;                    ///< the Location header
    std::optional<Milliseconds> retryAfter; ///< the Retry-After header, when it is a number of seconds
    QString problem;                        ///< in words; empty when there is an answer
    bool mayHaveArrived = true;             ///< false: certainly no node has seen the request
    bool unreachable = false;               ///< no connection was to be had when it was given up
    Milliseconds elapsed{0};
};

/// With the headers that every request of ours begins with.
QNetworkRequest requestTo(const QUrl& url);
/// What failureInWords() says of an answer that is not HTTP.
QString notHttp();
/// Why a reply has no HTTP answer.
QString failureInWords(const QNetworkReply& reply);
/// The Retry-After header, when it is a number of seconds.
std::optional<Milliseconds> retryAfterOf(const QNetworkReply& reply);

class Http : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(HttpReply)>;
    static constexpr qint64 maxBody = 64 * 1024 * 1024; ///< bytes; a longer answer is broken off

    explicit Http(const QNetworkProxy& proxy);
    ~Http() override;

    /// `answer` is called once, later, in this thread; never when `owner` or this object is destroyed before.
    void start(const HttpRequest& request, QObject* owner, Answer answer);

private:
    QNetworkAccessManager manager_;
};

} // namespace dsmsg::client
