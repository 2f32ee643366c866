// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/PageReader.h"

#include <algorithm>

#include "core/http/MessageJson.h"

namespace dsmsg::http {

namespace {

/// The first step must be harmless whatever the size of the messages; the next ones know it.
constexpr std::uint32_t firstStep = 16;
constexpr std::uint32_t stepMax = 256;

auto read(messaging::MessageReader& reader, const messaging::PageQuery& query)
{
    return reader.page(query);
}
auto read(messaging::MessageReader& reader, const messaging::DeliveryQuery& query)
{
    return reader.deliveries(query);
}
Seq positionOf(const messaging::StoredMessage& stored, const messaging::PageQuery&)
{
    return stored.seq;
}
DeliverySeq positionOf(const messaging::StoredMessage& stored, const messaging::DeliveryQuery&)
{
    return stored.delivery;
}

template <class Query>
Result<WrittenPage> write(messaging::MessageReader& reader, Query query, const HttpLimits& limits,
                          std::string& body, JsonWriter& json)
{
    WrittenPage written;
    const std::uint32_t wanted = query.limit;
    std::uint32_t done = 0;
    bool stepFull = true;
    json.beginArray();
    while (done < wanted && stepFull && body.size() < limits.pageBytesMax) {
        query.limit = std::min(wanted - done, messagesThatFit(body.size(), done, limits.pageBytesMax));
        const auto page = read(reader, query);
        if (!page)
            return page.error();
        std::size_t used = 0;
        for (const messaging::StoredMessage& stored : page->messages) {
            if (body.size() >= limits.pageBytesMax)
                break;
            writeMessage(json, stored);
            written.last = positionOf(stored, query).value;
            ++used;
        }
        done += static_cast<std::uint32_t>(used);
        const bool cut = used < page->messages.size();
        written.more = page->more || cut;
        stepFull = page->more && !cut && used == query.limit;
        written.through = page->scannedThrough.value;
        // Further on than the last message when a filter skipped what came after it.
        written.next = page->more && !cut ? std::optional(written.through) : written.last;
        if (written.next)
            (query.before ? query.before : query.after) = decltype(page->scannedThrough)(*written.next);
    }
    json.endArray();
    return written;
}

} // namespace

std::uint32_t messagesThatFit(std::size_t bytes, std::uint32_t messages, std::size_t bytesMax)
{
    if (messages == 0)
        return firstStep;
    const std::size_t average = bytes / messages + 1;
    const std::size_t fit = (bytesMax - std::min(bytes, bytesMax)) / average + 1;
    return static_cast<std::uint32_t>(std::min<std::size_t>(fit, stepMax));
}

Fault readFault(const Error& error)
{
    return {error.kind == Error::Kind::Busy ? 503 : 500, error.text};
}

Result<WrittenPage> writePage(messaging::MessageReader& reader, messaging::PageQuery query,
                              const HttpLimits& limits, std::string& body, JsonWriter& json)
{
    return write(reader, std::move(query), limits, body, json);
}

Result<WrittenPage> writePage(messaging::MessageReader& reader, messaging::DeliveryQuery query,
                              const HttpLimits& limits, std::string& body, JsonWriter& json)
{
    return write(reader, std::move(query), limits, body, json);
}

} // namespace dsmsg::http
