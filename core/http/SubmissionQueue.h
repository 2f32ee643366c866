// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collects the writes of one turn of the event loop and hands them to the node in one call, because crossing
// to the Raft thread and committing cost the same for one message as for hundreds. Bounds what waits, and
// turns refusals into answers; what success looks like is the route's affair.
#pragma once

#include <QObject>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/http/HttpLimits.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// A route that writes through the log.
class WriteRoute
{
public:
    virtual ~WriteRoute() = default;
    virtual std::string_view path() const = 0; ///< where a redirect points to on the leader
    virtual Response accepted(const node::Accepted& accepted) const = 0;
};

class SubmissionQueue final : public QObject
{
    Q_OBJECT

public:
    /// All three must outlive the queue.
    SubmissionQueue(node::Gateway& gateway, AnswerSink& sink, const HttpLimits& limits);

    /// Answers `to` later, or at once when too much is waiting. `query` is kept for a redirect. `route` must
    /// live as long as the queue.
    void submit(node::Draft draft, node::AckLevel ack, const WriteRoute& route, std::string query,
                ReplyTo to);

    std::size_t waiting() const { return waiting_.size(); }
    std::size_t waitingBytes() const { return waitingBytes_; }
    std::uint64_t refused() const { return refused_; } ///< since start, at the bound

private:
    struct Waiting
    {
        const WriteRoute* route = nullptr;
        std::string query;
        ReplyTo to;
        std::size_t bytes = 0;
    };

    void flush();
    void receive(const std::vector<node::Outcome>& outcomes);

    node::Gateway& gateway_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
    std::vector<node::Submission> collected_; ///< of this turn
    std::unordered_map<node::Token, Waiting> waiting_;
    std::size_t waitingBytes_ = 0;
    node::Token lastToken_ = 0;
    std::uint64_t refused_ = 0;
};

} // namespace dsmsg::http
