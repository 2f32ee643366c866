// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/LongPolls.h"
#include "core/http/MessagesQuery.h"
#include "core/http/NodeQueries.h"
#include "core/http/PageReader.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// GET /messages: what this node has applied, by seq, or delivered, by delivery seq, once it is as fresh as
/// was asked for and, with wait=, once there is something.
class MessagesResource final : public Resource
{
public:
    /// All of them outlive the resource.
    struct Parts
    {
        messaging::MessageReader& reader;
        node::Gateway& gateway;
        NodeQueries& queries;
        LongPolls& polls;
        AnswerSink& sink;
        const HttpLimits& limits;
    };

    explicit MessagesResource(Parts parts)
        : parts_(parts)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    void serve(const MessagesQuery& asked, ReplyTo to);
    void park(const MessagesQuery& asked, ReplyTo to, std::uint64_t position, Response empty);
    Result<WrittenPage> read(const MessagesQuery& asked, Response& response) const;
    Response page(const MessagesQuery& asked) const;
    Response single(const MessagesQuery& asked, const Result<std::optional<Seq>>& seq) const;

    Parts parts_;
};

} // namespace dsmsg::http
