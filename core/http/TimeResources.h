// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node knows of time, and what can be asked of it (API.md, Time). All of them speak of the node that
// is asked; none needs the leader.
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resources.
struct TimeParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    AnswerSink& sink;
    const Clock& clock; ///< the node's
    const HttpLimits& limits;
};

/// GET /time: the server's half of an exchange of four timestamps.
class TimeResource final : public ResourceOf<TimeParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

/// POST /time/sync: asks every peer for its time, now. 206 when none answered.
class TimeSyncResource final : public ResourceOf<TimeParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

/// POST /time/correct {timestamp, sender?}: a client's timestamp as cluster time.
class TimeCorrectResource final : public ResourceOf<TimeParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

/// POST /time/reset: forgets the figures of clocks and corrections.
class TimeResetResource final : public ResourceOf<TimeParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
