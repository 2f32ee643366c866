// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// GET /messages?limit=&after=&sender=&recipient=&order=&consistency=&min_seq=: what this node has applied,
/// ascending by seq, or delivered, ascending by delivery seq, once it is as fresh as was asked for.
/// Parameters of API.md that this version cannot honour are refused by name.
class MessagesResource final : public Resource
{
public:
    /// All of them outlive the resource.
    struct Parts
    {
        messaging::MessageReader& reader;
        node::Gateway& gateway;
        NodeQueries& queries;
        AnswerSink& sink;
        const HttpLimits& limits;
    };
    struct Asked
    {
        messaging::PageQuery page;
        bool byDelivery = false;           ///< `after` is a delivery seq, and so is what is answered
        std::optional<std::int64_t> after; ///< as given; negative reads from the start
        node::ReadWish wish;
    };

    explicit MessagesResource(Parts parts)
        : parts_(parts)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    Response page(const Asked& asked) const;

    Parts parts_;
};

} // namespace dsmsg::http
