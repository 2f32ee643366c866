// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inboxes over HTTP (API.md, Inbox): what is new for a recipient, and the acknowledgement that moves its
// cursor. The reader's state decides what is new, so that a page that was read by a consumer that died is
// read again.
#pragma once

#include <string>

#include "core/http/HttpLimits.h"
#include "core/http/LongPolls.h"
#include "core/http/MessagesQuery.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resources.
struct InboxParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    messaging::MessageReader& reader;
    LongPolls& polls;
    AnswerSink& sink;
    const HttpLimits& limits;
};

/// GET /inbox/{recipient}?limit=&wait=&consistency=: own messages and those to all after the cursor, on any
/// node.
class InboxResource final : public ResourceOf<InboxParts, Resource::Methods::Get>
{
public:
    struct Asked
    {
        std::string recipient;
        MessagesQuery query; ///< its limit, wait and wish
    };

    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;

private:
    /// One look: its answer, or the position from which there is nothing yet.
    struct Look
    {
        Response response;
        bool empty = false;
        Seq through;
    };
    void serve(const Asked& asked, ReplyTo to);
    void show(Asked asked, ReplyTo to);
    Look look(const Asked& asked) const;
};

/// POST /inbox/{recipient}/ack {seq}: done with everything up to there. The leader's.
class InboxAckResource final : public ResourceOf<InboxParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
