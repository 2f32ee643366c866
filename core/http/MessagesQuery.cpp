// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MessagesQuery.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/http/DraftReader.h"
#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

using MaybeFault = std::optional<Fault>;

bool allDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Any positive whole number, however large, is cut to the greatest page.
MaybeFault readLimit(const Query& query, std::uint32_t max, std::uint32_t& limit)
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

MaybeFault readPosition(const Query& query, std::string_view name, std::optional<std::int64_t>& given,
                        std::optional<Seq>& position)
{
    const auto text = query.find(name);
    if (!text)
        return std::nullopt;
    std::int64_t number = 0;
    const char* end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return Fault{400, std::string(name) + " must be integer"};
    given = number;
    position = Seq(static_cast<std::uint64_t>(std::max<std::int64_t>(number, 0)));
    return std::nullopt;
}

MaybeFault readPositions(const Query& query, MessagesQuery& asked)
{
    if (auto fault = readPosition(query, "after", asked.after, asked.page.after))
        return fault;
    if (auto fault = readPosition(query, "before", asked.before, asked.page.before))
        return fault;
    if (asked.after && asked.before)
        return Fault{400, "after reads forwards and before reads backwards: give one of them"};
    return std::nullopt;
}

MaybeFault readOrder(const Query& query, MessagesQuery& asked)
{
    const std::string_view order = query.find("order").value_or("seq");
    asked.byDelivery = order == "delivery";
    if (!asked.byDelivery && order != "seq")
        return Fault{400, "order must be seq or delivery"};
    return std::nullopt;
}

/// None: not a finite number.
std::optional<double> parseSeconds(std::string_view text)
{
    double seconds = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, seconds);
    const bool number = parsed.ec == std::errc() && parsed.ptr == end && std::isfinite(seconds);
    return number ? std::optional(seconds) : std::nullopt;
}

MaybeFault readTime(const Query& query, std::string_view name, std::optional<UnixTime>& time)
{
    const auto text = query.find(name);
    if (!text)
        return std::nullopt;
    const auto seconds = parseSeconds(*text);
    if (!seconds)
        return Fault{400, std::string(name) + " must be a number of seconds since the Unix epoch"};
    time = timeFromSeconds(*seconds);
    return std::nullopt;
}

MaybeFault readFilters(const Query& query, messaging::PageQuery& page)
{
    if (const auto sender = query.find("sender"))
        page.sender = std::string(*sender);
    if (const auto recipient = query.find("recipient"))
        page.recipient = std::string(*recipient);
    if (auto fault = readTime(query, "from_ts", page.from))
        return fault;
    return readTime(query, "to_ts", page.to);
}

MaybeFault readMsgId(const Query& query, const HttpLimits& limits, MessagesQuery& asked)
{
    const auto id = query.find("msg_id");
    if (!id)
        return std::nullopt;
    if (id->empty() || id->size() > limits.nameBytesMax)
        return Fault{400, "msg_id must be 1 to " + std::to_string(limits.nameBytesMax) + " bytes"};
    constexpr std::array<std::string_view, 7> meaningless{"after",   "before", "sender", "recipient",
                                                          "from_ts", "to_ts",  "wait"};
    for (const std::string_view name : meaningless)
        if (query.find(name))
            return Fault{400, "msg_id names one message; leave out " + std::string(name)};
    asked.msgId = std::string(*id);
    return std::nullopt;
}

MaybeFault readWait(const Query& query, const HttpLimits& limits, MessagesQuery& asked)
{
    const auto text = query.find("wait");
    if (!text)
        return std::nullopt;
    const double max = std::chrono::duration<double>(limits.waitMax).count();
    const auto seconds = parseSeconds(*text);
    if (!seconds || *seconds < 0 || *seconds > max)
        return Fault{400,
                     "wait must be seconds from 0 to " +
                         std::to_string(std::chrono::floor<std::chrono::seconds>(limits.waitMax).count())};
    if (asked.before)
        return Fault{400, "wait is for what comes; leave out before"};
    asked.wait = std::chrono::ceil<Milliseconds>(std::chrono::duration<double>(*seconds));
    return std::nullopt;
}

MaybeFault readWish(const Query& query, node::ReadWish& wish)
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

} // namespace

MaybeFault readMessagesQuery(const std::string& raw, const HttpLimits& limits, MessagesQuery& asked)
{
    if (raw.empty())
        return std::nullopt;
    const auto query = Query::parse(raw, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    MaybeFault fault = readLimit(*query, limits.pageMax, asked.page.limit);
    if (!fault)
        fault = readPositions(*query, asked);
    if (!fault)
        fault = readOrder(*query, asked);
    if (!fault)
        fault = readFilters(*query, asked.page);
    if (!fault)
        fault = readMsgId(*query, limits, asked);
    if (!fault)
        fault = readWait(*query, limits, asked);
    if (!fault)
        fault = readWish(*query, asked.wish);
    return fault;
}

} // namespace dsmsg::http
