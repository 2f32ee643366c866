// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts the questions to the Raft thread that are not answered yet: each costs that thread time, so that
// their number has a bound of its own, shared by the routes that ask.
#pragma once

#include <memory>

#include "core/http/HttpLimits.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

class NodeQueries
{
public:
    NodeQueries(AnswerSink& sink, const HttpLimits& limits)
        : sink_(sink)
        , limits_(limits)
    {
    }

    /// Asks with a callback that answers `to` with render(reply); at the bound answers 503 instead. A reply
    /// that comes after this object is gone is dropped.
    template <class Reply, class Ask, class Render>
    void ask(ReplyTo to, Ask&& question, Render render)
    {
        askThen<Reply>(to, std::forward<Ask>(question),
                       [&sink = sink_, to, render = std::move(render)](const Reply& reply) {
                           sink.answer(to, render(reply));
                       });
    }

    /// The same with a callback that sees to the answer by itself, perhaps later.
    template <class Reply, class Ask, class Then>
    void askThen(ReplyTo to, Ask&& question, Then then)
    {
        if (*open_ >= limits_.pendingQueriesMax) {
            ++refused_;
            sink_.answer(to,
                         faultResponse({503, "too many questions to this node are waiting; retry later"}));
            return;
        }
        ++*open_;
        question([open = std::weak_ptr(open_), then = std::move(then)](const Reply& reply) {
            const auto alive = open.lock();
            if (!alive)
                return;
            --*alive;
            then(reply);
        });
    }

    std::size_t open() const { return *open_; }
    std::uint64_t refused() const { return refused_; } ///< since start, at the bound

private:
    AnswerSink& sink_;
    const HttpLimits& limits_;
    std::uint64_t refused_ = 0;
    std::shared_ptr<std::size_t> open_ = std::make_shared<std::size_t>(0);
};

/// What a resource needs that shows what the node says of itself. Both outlive it.
struct QueryParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
};

/// GET of such a resource.
using NodeView = ResourceOf<QueryParts, Resource::Methods::Get>;

} // namespace dsmsg::http
