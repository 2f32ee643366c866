// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MessagesResource.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/http/PageReader.h"
#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

using Asked = MessagesResource::Asked;

bool allDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Any positive whole number, however large, is cut to the greatest page.
std::optional<Fault> readLimit(const Query& query, std::uint32_t max, std::uint32_t& limit)
{
    const auto text = query.find("limit");
    if (!text)
        return std::nullopt;
    if (!allDigits(*text) || text->find_first_not_of('0') == std::string_view::npos)
        return Fault{400, "limit must be positive integer"};
    const auto parsed = std::from_chars(text->data(), text->data() + text->size(), limit);
    limit = parsed.ec == std::errc() ? std::min(limit, max) : max;
    return std::nullopt;
}

std::optional<Fault> readAfter(const Query& query, Asked& asked)
{
    const auto text = query.find("after");
    if (!text)
        return std::nullopt;
    std::int64_t after = 0;
    const char* end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, after);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return Fault{400, "after must be integer"};
    asked.after = after;
    asked.page.after = Seq(static_cast<std::uint64_t>(std::max<std::int64_t>(after, 0)));
    return std::nullopt;
}

std::optional<Fault> refuseUnsupported(const Query& query)
{
    constexpr std::array<std::string_view, 5> unknownYet{"wait", "from_ts", "to_ts", "msg_id", "before"};
    for (const std::string_view name : unknownYet)
        if (query.find(name))
            return Fault{400, std::string(name) + " is not supported by this version; leave it out"};
    return std::nullopt;
}

std::optional<Fault> readOrder(const Query& query, Asked& asked)
{
    const std::string_view order = query.find("order").value_or("seq");
    asked.byDelivery = order == "delivery";
    if (!asked.byDelivery && order != "seq")
        return Fault{400, "order must be seq or delivery"};
    return std::nullopt;
}

std::optional<Fault> readWish(const Query& query, node::ReadWish& wish)
{
    const std::string_view consistency = query.find("consistency").value_or("local");
    if (consistency == "leader")
        wish.level = raft::ReadLevel::Leader;
    else if (consistency == "linearizable")
        wish.level = raft::ReadLevel::Linearizable;
    else if (consistency != "local")
        return Fault{400, "consistency must be local, leader or linearizable"};
    const auto minSeq = query.find("min_seq");
    if (!minSeq)
        return std::nullopt;
    const char* end = minSeq->data() + minSeq->size();
    const auto parsed = std::from_chars(minSeq->data(), end, wish.minSeq.value);
    if (!allDigits(*minSeq) || parsed.ec != std::errc() || parsed.ptr != end)
        return Fault{400, "min_seq must be a seq"};
    return std::nullopt;
}

std::optional<Fault> readQuery(const std::string& raw, const HttpLimits& limits, Asked& asked)
{
    if (raw.empty())
        return std::nullopt;
    const auto query = Query::parse(raw, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    if (auto fault = readLimit(*query, limits.pageMax, asked.page.limit))
        return fault;
    if (auto fault = readAfter(*query, asked))
        return fault;
    if (auto fault = readOrder(*query, asked))
        return fault;
    if (const auto sender = query->find("sender"))
        asked.page.sender = std::string(*sender);
    if (const auto recipient = query->find("recipient"))
        asked.page.recipient = std::string(*recipient);
    if (auto fault = readWish(*query, asked.wish))
        return fault;
    return refuseUnsupported(*query);
}

messaging::DeliveryQuery deliveryQuery(const messaging::PageQuery& page)
{
    const auto after = page.after ? std::optional(DeliverySeq(page.after->value)) : std::nullopt;
    return {after, page.limit, page.sender, page.recipient};
}

/// The last position of the page; on an empty page the given `after`, unless a filter skipped a stretch that
/// need not be scanned again.
void writeNextAfter(JsonWriter& json, const WrittenPage& page, const Asked& asked)
{
    json.key("next_after");
    if (page.last)
        json.value(*page.last);
    else if (page.more && page.next)
        json.value(*page.next);
    else
        json.value(asked.after);
}

} // namespace

void MessagesResource::handle(const Request& request, ReplyTo to)
{
    Asked asked;
    if (const auto fault = readQuery(request.query, parts_.limits, asked))
        return parts_.sink.answer(to, faultResponse(*fault));
    if (!asked.wish.level && asked.wish.minSeq <= parts_.gateway.committedSeq())
        return parts_.sink.answer(to, page(asked));
    asked.wish.timeout = parts_.limits.readTimeMax;
    parts_.queries.ask<Result<void>>(
        to, [&](auto answer) { parts_.gateway.awaitRead(asked.wish, std::move(answer)); },
        [this, asked](const Result<void>& fresh) {
            if (fresh)
                return page(asked);
            Response response = faultResponse({503, fresh.error().text});
            response.retryAfterSeconds = 1;
            return response;
        });
}

Response MessagesResource::page(const Asked& asked) const
{
    Response response;
    JsonWriter json(response.body);
    json.beginObject().key("messages");
    const auto page =
        asked.byDelivery
            ? writePage(parts_.reader, deliveryQuery(asked.page), parts_.limits, response.body, json)
            : writePage(parts_.reader, asked.page, parts_.limits, response.body, json);
    if (!page)
        return faultResponse(readFault(page.error()));
    writeNextAfter(json, *page, asked);
    json.field("first_seq", parts_.gateway.firstSeq()).endObject();
    return response;
}

} // namespace dsmsg::http
