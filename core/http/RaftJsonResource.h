// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contract's JSON form of RequestVote and AppendEntries, as thin adapters onto the node. Peers speak the
// binary link; these exist for the contract and for debugging. Who may change anything is decided behind the
// gateway: the cluster id and secret are passed on as they came in the headers.
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// Header names, lower case: the cluster id in hexadecimal digits, and the shared secret.
inline constexpr std::string_view clusterIdHeader = "x-dsmsg-cluster-id";
inline constexpr std::string_view clusterSecretHeader = "x-dsmsg-cluster-secret";

/// POST /request_vote
class RequestVoteResource final : public Resource
{
public:
    RequestVoteResource(node::Gateway& gateway, NodeQueries& queries, AnswerSink& sink,
                        const HttpLimits& limits)
        : gateway_(gateway)
        , queries_(queries)
        , sink_(sink)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    node::Gateway& gateway_;
    NodeQueries& queries_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
};

/// POST /append_entries; an entry is {term, index?, kind?: "command" | "noop", data?: base64}, the index
/// defaults to its place after prev_log_index.
class AppendEntriesResource final : public Resource
{
public:
    AppendEntriesResource(node::Gateway& gateway, NodeQueries& queries, AnswerSink& sink,
                          const HttpLimits& limits)
        : gateway_(gateway)
        , queries_(queries)
        , sink_(sink)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    node::Gateway& gateway_;
    NodeQueries& queries_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
};

} // namespace dsmsg::http
