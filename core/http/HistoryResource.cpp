// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/HistoryResource.h"

#include <charconv>
#include <cmath>

#include "core/http/DraftReader.h"
#include "core/http/ObserveJson.h"
#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

constexpr std::chrono::seconds stepMax = std::chrono::hours(24);

Result<node::HistoryQuery> readQuery(const std::string& raw, const HttpLimits& limits)
{
    const auto query = Query::parse(raw, limits.queryPairsMax);
    if (!query)
        return query.error();
    node::HistoryQuery wish;
    wish.rowsMax = limits.historyRowsMax;
    for (const auto& [name, time] : {std::pair("from", &wish.from), std::pair("to", &wish.to)}) {
        const auto text = query->find(name);
        if (!text)
            continue;
        double seconds = 0;
        const char* end = text->data() + text->size();
        const auto parsed = std::from_chars(text->data(), end, seconds);
        if (parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(seconds))
            return Error{Error::Kind::Invalid, std::string(name) + " must be seconds since the Unix epoch"};
        *time = timeFromSeconds(seconds);
    }
    if (const auto text = query->find("step")) {
        int step = 0;
        const char* end = text->data() + text->size();
        const auto parsed = std::from_chars(text->data(), end, step);
        if (parsed.ec != std::errc() || parsed.ptr != end || step < 1 || step > stepMax.count())
            return Error{Error::Kind::Invalid, "step must be a whole number of seconds, 1 to 86400"};
        wish.step = std::chrono::seconds(step);
    }
    return wish;
}

} // namespace

void HistoryResource::handle(const Request& request, ReplyTo to)
{
    const auto wish = readQuery(request.query, parts_.limits);
    if (!wish)
        return parts_.sink.answer(to, faultResponse({400, wish.error().text}));
    parts_.queries.ask<node::HistoryPage>(
        to, [&](auto answer) { parts_.gateway.requestHistory(*wish, std::move(answer)); },
        [this](const node::HistoryPage& page) {
            Response response;
            writeHistory(response.body, page, parts_.nodeId);
            return response;
        });
}

} // namespace dsmsg::http
