// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resource.
struct TraceParts
{
    messaging::MessageReader& reader;
    node::Gateway& gateway;
    NodeQueries& queries;
    AnswerSink& sink;
    const HttpLimits& limits;
};

/// GET /trace?msg_id=|seq=: the life of one message, as far as this node knows it. The times are those of the
/// entry that carried it (node::EntryTrace).
class TraceResource final : public ResourceOf<TraceParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;

private:
    using Answer = std::function<void(const Response&)>;

    void findAndTrace(const std::string& msgId, Answer answer);
    void trace(Seq seq, const Answer& answer);
};

} // namespace dsmsg::http
