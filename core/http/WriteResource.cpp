// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/WriteResource.h"

#include "core/http/OutcomeJson.h"
#include "core/http/Redirect.h"

namespace dsmsg::http {

void WriteResource::submit(node::Draft draft, node::AckLevel ack, const Request& request, ReplyTo to)
{
    parts_.submissions.submit(std::move(draft), ack, *this, {waiting_.add({request.query, to}), 0});
}

void WriteResource::refuse(const Fault& fault, ReplyTo to)
{
    parts_.sink.answer(to, faultResponse(fault));
}

void WriteResource::settled(const Settled& one)
{
    const auto waiting = waiting_.take(one.ticket.owner);
    if (!waiting)
        return;
    if (const auto* taken = std::get_if<node::Accepted>(&one.verdict))
        parts_.sink.answer(waiting->to, accepted(*taken));
    else if (const auto* redirected = std::get_if<node::Redirected>(&one.verdict))
        parts_.sink.answer(waiting->to, redirectResponse(*redirected, path(), waiting->query));
    else
        parts_.sink.answer(waiting->to, unavailableResponse(std::get<node::Unavailable>(one.verdict)));
}

} // namespace dsmsg::http
