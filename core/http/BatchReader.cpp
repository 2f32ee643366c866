// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/BatchReader.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/http/Json.h"

namespace dsmsg::http {

namespace {

using Batch = std::variant<std::vector<DraftOrFault>, Fault>;

constexpr std::string_view spaces = " \t\r\n";

/// The media type without its parameters (RFC 9110 section 8.3.1).
bool statesLines(std::string_view contentType)
{
    std::string type(contentType.substr(0, contentType.find_first_of("; \t")));
    std::ranges::transform(type, type.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return type == "application/x-ndjson" || type == "application/ndjson" || type == "application/jsonl";
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(spaces) == std::string_view::npos;
}

/// Whether a body that does not state its form is one message a line.
bool looksLikeLines(std::string_view body, const HttpLimits& limits)
{
    body.remove_prefix(std::min(body.find_first_not_of(spaces), body.size()));
    const std::size_t end = body.find('\n');
    if (end == std::string_view::npos || isBlank(body.substr(end)))
        return false;
    constexpr std::array<std::string_view, 1> names{"messages"};
    std::array<JsonValue, 1> values;
    return readMembers(body.substr(0, end), limits.jsonDepthMax, names, values).ok() &&
           values[0].kind == JsonKind::Absent;
}

Fault tooMany(const HttpLimits& limits)
{
    return {413, "a batch holds at most " + std::to_string(limits.batchMessagesMax) + " messages"};
}

Batch readLines(std::string_view body, const HttpLimits& limits)
{
    std::vector<DraftOrFault> messages;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view line = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (isBlank(line))
            continue;
        if (messages.size() == limits.batchMessagesMax)
            return tooMany(limits);
        node::Draft draft;
        if (auto fault = readDraft(line, DraftForm::Sent, limits, draft))
            messages.emplace_back(std::move(*fault));
        else
            messages.emplace_back(std::move(draft));
    }
    if (messages.empty())
        return Fault{400, "the batch holds no message; send one JSON object a line"};
    return messages;
}

Batch readObject(std::string_view body, const HttpLimits& limits)
{
    constexpr std::array<std::string_view, 1> names{"messages"};
    std::array<JsonValue, 1> values;
    if (const auto read = readMembers(body, limits.jsonDepthMax, names, values); !read)
        return Fault{400, read.error().text};
    if (values[0].kind != JsonKind::Array)
        return Fault{400, "messages must be an array of messages; or send one message a line as "
                          "application/x-ndjson"};
    std::vector<DraftOrFault> messages;
    readDrafts(values[0].raw, limits, messages);
    if (messages.size() > limits.batchMessagesMax)
        return tooMany(limits);
    if (messages.empty())
        return Fault{400, "messages must hold at least one message"};
    return messages;
}

} // namespace

Batch readBatch(std::string_view contentType, std::string_view body, const HttpLimits& limits)
{
    if (statesLines(contentType) || looksLikeLines(body, limits))
        return readLines(body, limits);
    return readObject(body, limits);
}

} // namespace dsmsg::http
