// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Call.h"

#include <algorithm>

namespace dsmsg::client {

namespace {

/// The base URL in the Location of a redirect; invalid when there is none we may follow.
QUrl redirectTarget(const HttpReply& reply)
{
    if (reply.status != 307 && reply.status != 308)
        return {};
    const QUrl location = reply.url.resolved(QUrl(QString::fromUtf8(reply.location)));
    const bool isHttp =
        location.scheme() == QLatin1String("http") || location.scheme() == QLatin1String("https");
    if (reply.location.isEmpty() || !location.isValid() || !isHttp || location.host().isEmpty())
        return {};
    QUrl base;
    base.setScheme(location.scheme());
    base.setHost(location.host());
    base.setPort(location.port());
    return base;
}

} // namespace

Call::Call(Http& http, Endpoints& endpoints, Request request, Limits limits, std::uint64_t seed)
    : http_(http)
    , endpoints_(endpoints)
    , request_(std::move(request))
    , limits_(limits)
    , backoff_(limits.backoff, seed)
{
    wait_.setSingleShot(true);
    wait_.setTimerType(Qt::PreciseTimer);
    connect(&wait_, &QTimer::timeout, this, &Call::attempt);
}

void Call::start(Judge judge, Done done, Observer observer)
{
    judge_ = std::move(judge);
    done_ = std::move(done);
    observer_ = std::move(observer);
    clock_.start();
    attempt();
}

Milliseconds Call::remaining() const
{
    return limits_.total - Milliseconds(clock_.elapsed());
}

void Call::attempt()
{
    ++attempts_;
    asked_ = endpoints_.choose();
    HttpRequest request;
    request.method = request_.method;
    request.url = asked_;
    request.url.setPath(request_.path, QUrl::StrictMode);
    if (!request_.query.isEmpty())
        request.url.setQuery(request_.query, QUrl::StrictMode);
    request.body = request_.body;
    request.timeout = std::max(Milliseconds(1), std::min(limits_.attempt, remaining()));
    http_.start(request, this, [this](HttpReply reply) { replied(std::move(reply)); });
}

void Call::replied(HttpReply reply)
{
    const QUrl leader = redirectTarget(reply);
    if (leader.isValid() && leader != asked_ && hops_ < maxHops && remaining().count() > 0) {
        ++hops_;
        endpoints_.leaderIs(leader);
        tell(reply, leader, Milliseconds(0));
        attempt();
        return;
    }
    if (judge_(reply) == Verdict::Retry) {
        retry(std::move(reply));
        return;
    }
    tell(reply, QUrl(), std::nullopt);
    finish(std::move(reply), true);
}

void Call::retry(HttpReply reply)
{
    hops_ = 0;
    endpoints_.failed(asked_);
    // Without the time to hear its answer, one more attempt would only turn a certain rejection into an
    // unknown.
    const Milliseconds spare = remaining() - std::min(limits_.attempt, leastForAttempt);
    Milliseconds wait{0};
    const bool answered = reply.status != 0;
    if (answered || ++unanswered_ >= endpoints_.all().size()) {
        unanswered_ = 0;
        wait = std::min(backoff_.next(), spare);
        // One second is the least the header can say and means "soon", as our own steps do; more is meant.
        if (reply.retryAfter && *reply.retryAfter > std::chrono::seconds(1))
            wait = std::max(wait, *reply.retryAfter);
    }
    if (spare.count() < 0 || wait > spare) {
        tell(reply, QUrl(), std::nullopt);
        finish(std::move(reply), false);
        return;
    }
    tell(reply, QUrl(), wait);
    wait_.start(wait);
}

void Call::tell(const HttpReply& reply, const QUrl& redirect, std::optional<Milliseconds> nextIn) const
{
    if (observer_)
        observer_(Attempt{request_.method, reply, redirect, nextIn});
}

void Call::finish(HttpReply last, bool settled)
{
    Outcome outcome{std::move(last), settled, attempts_, Milliseconds(clock_.elapsed())};
    // The receiver may destroy the client, and this call with it, from within.
    const Done done = std::move(done_);
    deleteLater();
    done(std::move(outcome));
}

} // namespace dsmsg::client
