// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/EventsResource.h"

#include "core/http/FeedPosition.h"
#include "core/http/Query.h"

namespace dsmsg::http {

std::optional<Fault> readFeedWish(const std::string& rawQuery, std::string_view lastEventId,
                                  const HttpLimits& limits, FeedWish& wish)
{
    const auto query = Query::parse(rawQuery, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    const std::string_view order = query->find("order").value_or("seq");
    if (order == "delivery")
        wish.order = FeedOrder::Delivery;
    else if (order != "seq")
        return Fault{400, "order must be seq or delivery"};
    if (const auto sender = query->find("sender"))
        wish.sender = std::string(*sender);
    if (const auto recipient = query->find("recipient"))
        wish.recipient = std::string(*recipient);
    // A browser that connects again sends the header beside the address it was first given.
    if (!lastEventId.empty())
        return readFeedPosition(lastEventId, "Last-Event-ID", wish);
    if (const auto after = query->find("after"))
        return readFeedPosition(*after, "after", wish);
    return std::nullopt;
}

EventsResource::EventsResource(Feed& feed, AnswerSink& sink, const HttpLimits& limits)
    : feed_(feed)
    , sink_(sink)
    , limits_(limits)
{
    connect(&heart_, &QTimer::timeout, this, &EventsResource::beat);
    // Often, so that the streams do not all beat at once.
    heart_.setInterval(limits_.heartbeatTime / 8);
}

void EventsResource::handle(const Request& request, ReplyTo to)
{
    FeedWish wish;
    if (const auto fault = readFeedWish(request.query, request.header("last-event-id"), limits_, wish))
        return sink_.answer(to, faultResponse(*fault));
    auto stream = EventStream::open({feed_, streams_, output_, limits_}, std::move(wish));
    if (!stream)
        return sink_.answer(
            to, faultResponse({503, "this node has as many subscribers as it takes; try another"}));
    if (!heart_.isActive())
        heart_.start();
    Response response;
    response.contentType = "text/event-stream";
    response.stream = std::move(stream);
    sink_.answer(to, std::move(response));
}

void EventsResource::beat()
{
    if (streams_.empty())
        return heart_.stop();
    const auto now = std::chrono::steady_clock::now();
    const std::vector<EventStream*> all(streams_.begin(), streams_.end());
    for (EventStream* stream : all) {
        if (streams_.contains(stream)) // writing to one can end it
            stream->beat(now, limits_.heartbeatTime * 7 / 8);
    }
}

} // namespace dsmsg::http
