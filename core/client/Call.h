// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request to the cluster until it has its answer or its time is up: which node to ask, following 307 to
// the leader, waiting between attempts. What an answer means is not decided here but by the judge that the
// caller brings, so that sends, reads and what later issues add share one way to retry.
//
// A node that gives no HTTP answer costs no waiting: the next one is asked at once, until all have been
// asked. A node that answers "not now" does: it speaks for the cluster, which is electing a leader and needs
// a moment.
#pragma once

#include <functional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "core/client/Backoff.h"
#include "core/client/Endpoints.h"
#include "core/client/Http.h"

namespace dsmsg::client {

/// What one attempt came to, for a log or for --verbose.
struct Attempt
{
    HttpRequest::Method method = HttpRequest::Method::Get;
    HttpReply reply;
    QUrl redirectedTo;                  ///< valid: the next attempt goes there
    std::optional<Milliseconds> nextIn; ///< another attempt follows after this wait; none: this was the last
};

class Call : public QObject
{
    Q_OBJECT

public:
    enum class Verdict
    {
        Finish, ///< this reply is the answer
        Retry,  ///< ask again, here or elsewhere
    };
    struct Request
    {
        HttpRequest::Method method = HttpRequest::Method::Get;
        QString path; ///< with a leading slash, percent-encoded
        QString query;
        QByteArray body;
    };
    struct Limits
    {
        Milliseconds attempt{
            6000}; ///< longer than the nodes' --write-timeout, or their "unknown" is never heard
        Milliseconds total{20000}; ///< no attempt is under way after it
        Backoff::Settings backoff;
    };
    using Judge = std::function<Verdict(const HttpReply&)>;
    struct Outcome
    {
        HttpReply last;
        bool settled = false; ///< false: the time was up while the judge still said Retry
        int attempts = 0;
        Milliseconds elapsed{0};
    };
    using Done = std::function<void(Outcome)>;
    using Observer = std::function<void(const Attempt&)>;
    static constexpr Milliseconds leastForAttempt{
        500};                         ///< no attempt is repeated with less time than this left
    static constexpr int maxHops = 5; ///< redirects in a row before it counts as a failure

    /// `http` and `endpoints` outlive the call. `done` is called once, in this thread, never from within
    /// start(); after it the call deletes itself. Destroying the call before is its cancellation, and `done`
    /// is not called.
    Call(Http& http, Endpoints& endpoints, Request request, Limits limits, std::uint64_t seed);

    void start(Judge judge, Done done, Observer observer);

private:
    void attempt();
    void replied(HttpReply reply);
    void retry(HttpReply reply);
    void finish(HttpReply last, bool settled);
    void tell(const HttpReply& reply, const QUrl& redirect, std::optional<Milliseconds> nextIn) const;
    Milliseconds remaining() const;

    Http& http_;
    Endpoints& endpoints_;
    Request request_;
    Limits limits_;
    Backoff backoff_;
    QElapsedTimer clock_;
    QTimer wait_;
    QUrl asked_; ///< the node of the attempt under way
    int attempts_ = 0;
    int hops_ = 0;             ///< redirects since the last failure
    qsizetype unanswered_ = 0; ///< nodes that gave no answer since the last wait
    Judge judge_;
    Done done_;
    Observer observer_;
};

} // namespace dsmsg::client
