// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steering the cluster (API.md, Observe): who belongs to it, who leads it, when logs are compacted, and
// reading the state for a backup. Changes are the leader's: elsewhere 307.
#pragma once

#include <string>
#include <vector>

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// What the resources here share. Everything outlives them.
struct ClusterParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    AnswerSink& sink;
    const std::vector<std::string>& allowedOrigins;
    const HttpLimits& limits;
};

/// An order that only the leader carries out failed: 400, 404, 503 or 507 (the cluster takes no more of its
/// kind, or the disk is full).
Response orderFailed(const Error& error);

/// GET lists the members. POST {id, url, role?, incarnation?, replaces?} adds one; POST {changes: [{action,
/// ...}]} makes several changes in one step; DELETE ?id= removes one. Answered when the change is complete.
class MembersResource final : public ResourceOf<ClusterParts, Resource::Methods::GetPostDelete>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;

private:
    void list(ReplyTo to);
    void change(const Request& request, ReplyTo to);
};

/// POST {to?}: hands leadership to the node of that id, or to the most advanced voter.
class TransferResource final : public ResourceOf<ClusterParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

/// POST: this node makes its state durable and forgets the log before it.
class CompactResource final : public ResourceOf<ClusterParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

/// GET ?after=: the next piece of this node's applied state, base64 (messaging/Snapshot.h), for a backup.
class StateResource final : public ResourceOf<ClusterParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
