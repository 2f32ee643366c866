// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MessagesResource.h"

#include "core/http/MessageJson.h"

namespace dsmsg::http {

namespace {

messaging::DeliveryQuery deliveryQuery(const messaging::PageQuery& page)
{
    const auto position = [](const std::optional<Seq>& given) {
        return given ? std::optional(DeliverySeq(given->value)) : std::nullopt;
    };
    messaging::DeliveryQuery query;
    query.after = position(page.after);
    query.before = position(page.before);
    query.limit = page.limit;
    query.sender = page.sender;
    query.recipient = page.recipient;
    query.from = page.from;
    query.to = page.to;
    return query;
}

FeedWish feedWish(const MessagesQuery& asked, std::uint64_t position)
{
    const messaging::PageQuery& page = asked.page;
    return {asked.byDelivery ? FeedOrder::Delivery : FeedOrder::Seq,
            position,
            page.sender,
            page.recipient,
            page.from,
            page.to};
}

/// The last position of the page; on an empty page the given one, unless a filter skipped a stretch that
/// need not be scanned again.
void writeNext(JsonWriter& json, const WrittenPage& page, const MessagesQuery& asked)
{
    json.key(asked.before ? "next_before" : "next_after");
    if (page.last)
        json.value(*page.last);
    else if (page.more && page.next)
        json.value(*page.next);
    else
        json.value(asked.before ? asked.before : asked.after);
}

} // namespace

void MessagesResource::handle(const Request& request, ReplyTo to)
{
    MessagesQuery asked;
    if (const auto fault = readMessagesQuery(request.query, parts_.limits, asked))
        return parts_.sink.answer(to, faultResponse(*fault));
    if (!asked.wish.level && asked.wish.minSeq <= parts_.gateway.committedSeq())
        return serve(asked, to);
    asked.wish.timeout = parts_.limits.readTimeMax;
    parts_.queries.askThen<Result<void>>(
        to, [&](auto answer) { parts_.gateway.awaitRead(asked.wish, std::move(answer)); },
        [this, asked, to](const Result<void>& fresh) {
            if (fresh)
                serve(asked, to);
            else
                parts_.sink.answer(to, faultResponse({503, fresh.error().text}));
        });
}

void MessagesResource::serve(const MessagesQuery& asked, ReplyTo to)
{
    if (asked.msgId) {
        return parts_.queries.ask<Result<std::optional<Seq>>>(
            to, [&](auto answer) { parts_.gateway.findId(*asked.msgId, std::move(answer)); },
            [this, asked](const Result<std::optional<Seq>>& seq) { return single(asked, seq); });
    }
    Response response;
    const auto page = read(asked, response);
    if (page && !page->last && asked.wait > Milliseconds::zero())
        park(asked, to, page->through, std::move(response));
    else
        parts_.sink.answer(to, std::move(response));
}

void MessagesResource::park(const MessagesQuery& asked, ReplyTo to, std::uint64_t position, Response empty)
{
    // What came since the page was read lies after `position`, and the feed finds it.
    const bool waits = parts_.polls.wait(
        to.connection, {feedWish(asked, std::max(position, asked.page.after.value_or(Seq()).value))},
        asked.wait, [this, asked, to, empty = std::move(empty)](std::optional<std::uint64_t> found) {
            if (!found)
                return parts_.sink.answer(to, empty);
            MessagesQuery now = asked;
            now.page.after = Seq(*found).previous();
            parts_.sink.answer(to, page(now));
        });
    if (!waits)
        parts_.sink.answer(
            to, faultResponse({503, "too many requests wait on this node; retry later, or elsewhere"}));
}

Response MessagesResource::page(const MessagesQuery& asked) const
{
    Response response;
    (void)read(asked, response);
    return response;
}

/// The answer with the page, or with why there is none.
Result<WrittenPage> MessagesResource::read(const MessagesQuery& asked, Response& response) const
{
    JsonWriter json(response.body);
    json.beginObject().key("messages");
    auto page = asked.byDelivery
                    ? writePage(parts_.reader, deliveryQuery(asked.page), parts_.limits, response.body, json)
                    : writePage(parts_.reader, asked.page, parts_.limits, response.body, json);
    if (!page) {
        response = faultResponse(readFault(page.error()));
        return page;
    }
    writeNext(json, *page, asked);
    json.field("first_seq", parts_.gateway.firstSeq()).endObject();
    return page;
}

Response MessagesResource::single(const MessagesQuery& asked, const Result<std::optional<Seq>>& seq) const
{
    if (!seq)
        return faultResponse({503, seq.error().text});
    auto stored =
        *seq ? parts_.reader.bySeq(**seq) : Result<std::optional<messaging::StoredMessage>>(std::nullopt);
    if (!stored)
        return faultResponse(readFault(stored.error()));
    if (*stored && ((*stored)->expired || (asked.byDelivery && !(*stored)->delivery)))
        stored->reset();
    Response response;
    JsonWriter json(response.body);
    json.beginObject().key("messages").beginArray();
    std::optional<std::uint64_t> position;
    if (*stored) {
        writeMessage(json, **stored);
        position = asked.byDelivery ? (*stored)->delivery.value : (*stored)->seq.value;
    }
    json.endArray().field("next_after", position).field("first_seq", parts_.gateway.firstSeq()).endObject();
    return response;
}

} // namespace dsmsg::http
