// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/DraftReader.h"

#include <QUuid>
#include <array>
#include <cmath>

#include "core/http/JsonScanner.h"

namespace dsmsg::http {

namespace {

enum Member : std::size_t
{
    MsgId,
    Sender,
    Recipient,
    Payload,
    Ts,
    OriginalTs,
    Clock,
    Ttl,
    MemberCount
};
constexpr std::array<std::string_view, MemberCount> memberNames{
    "msg_id", "sender", "recipient", "payload", "ts", "original_ts", "clock", "ttl"};

/// Leaves `out` alone when the member is absent or null.
std::optional<Fault> readName(std::string_view name, const JsonValue& value, std::string& out)
{
    if (value.missing())
        return std::nullopt;
    if (value.kind != JsonKind::String)
        return Fault{400, std::string(name) + " must be a string"};
    std::optional<std::string> text = decodeString(value.raw);
    if (!text)
        return Fault{400, std::string(name) + " holds half of a surrogate pair"};
    out = std::move(*text);
    return std::nullopt;
}

std::optional<Fault> readTime(const JsonValue& value, std::optional<UnixTime>& out)
{
    if (value.missing())
        return std::nullopt;
    const std::optional<double> seconds =
        value.kind == JsonKind::Number ? decodeDouble(value.raw) : std::optional<double>();
    if (!seconds)
        return Fault{400, "ts must be a finite number of seconds since the Unix epoch"};
    out = timeFromSeconds(*seconds);
    return std::nullopt;
}

/// {"offset": s, "error": s}: cluster time minus the client's clock is within offset +- error.
std::optional<Fault> readClock(const JsonValue& value, const HttpLimits& limits,
                               std::optional<timesync::StatedClock>& out)
{
    if (value.missing())
        return std::nullopt;
    constexpr std::array<std::string_view, 2> names{"offset", "error"};
    std::array<JsonValue, 2> members;
    const bool object = value.kind == JsonKind::Object &&
                        readMembers(value.raw, limits.jsonDepthMax, names, members).ok() &&
                        members[0].kind == JsonKind::Number && members[1].kind == JsonKind::Number;
    const auto offset = object ? decodeDouble(members[0].raw) : std::nullopt;
    const auto error = object ? decodeDouble(members[1].raw) : std::nullopt;
    if (!offset || !error)
        return Fault{400, "clock must be {\"offset\": seconds, \"error\": seconds}"};
    out = {timeFromSeconds(*offset).time_since_epoch(), timeFromSeconds(*error).time_since_epoch()};
    return std::nullopt;
}

std::optional<Fault> readValues(std::span<const JsonValue> values, DraftForm form, const HttpLimits& limits,
                                node::Draft& draft)
{
    draft.sender = "unknown";
    draft.recipient = "all";
    for (const auto& [member, target] : {std::pair(MsgId, &draft.msgId), std::pair(Sender, &draft.sender),
                                         std::pair(Recipient, &draft.recipient)})
        if (auto fault = readName(memberNames[member], values[member], *target))
            return fault;
    const bool original = form == DraftForm::Replicated && !values[OriginalTs].missing();
    if (auto fault = readTime(values[original ? OriginalTs : Ts], draft.ts))
        return fault;
    if (auto fault = readClock(values[Clock], limits, draft.clock))
        return fault;
    if (!values[Ttl].missing()) {
        draft.ttl = readDuration(values[Ttl]);
        if (!draft.ttl)
            return Fault{400, "ttl must be a positive number of seconds"};
    }
    draft.payload = values[Payload].raw;
    return completeDraft(limits, draft);
}

} // namespace

UnixTime timeFromSeconds(double seconds)
{
    constexpr std::int64_t bound = std::int64_t(1) << 61;
    constexpr double boundSeconds = static_cast<double>(bound) / 1e6;
    if (std::abs(seconds) >= boundSeconds)
        return UnixTime(Duration(seconds < 0 ? -bound : bound));
    // Whole seconds as an integer: a product of doubles would spoil the digits of large ones.
    const double whole = std::trunc(seconds);
    const std::int64_t micros =
        static_cast<std::int64_t>(whole) * 1'000'000 + std::llround((seconds - whole) * 1e6);
    return UnixTime(Duration(micros));
}

std::optional<Fault> completeDraft(const HttpLimits& limits, node::Draft& draft)
{
    for (const auto& [member, text] : {std::pair(MsgId, &draft.msgId), std::pair(Sender, &draft.sender),
                                       std::pair(Recipient, &draft.recipient)}) {
        if (text->size() > limits.nameBytesMax)
            return Fault{400, std::string(memberNames[member]) + " is longer than " +
                                  std::to_string(limits.nameBytesMax) + " bytes"};
    }
    if (draft.clock) {
        if (const auto checked = timesync::checkStated(*draft.clock); !checked)
            return Fault{400, checked.error().text};
    }
    if (draft.payload.size() > limits.payloadBytesMax)
        return Fault{413, "the payload is larger than " + std::to_string(limits.payloadBytesMax) + " bytes"};
    if (draft.payload.empty())
        draft.payload = "\"\"";
    if (draft.msgId.empty())
        draft.msgId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces).toStdString();
    return std::nullopt;
}

std::optional<Duration> durationFromSeconds(double seconds)
{
    // Half of what messaging::Message allows (Command.cpp), so that the longest is not on its very edge.
    constexpr Duration most{std::int64_t(1) << 59};
    if (!(seconds > 0))
        return std::nullopt;
    const Duration duration = timeFromSeconds(seconds).time_since_epoch();
    return duration > most ? std::nullopt : std::optional(std::max(duration, Duration(1)));
}

std::optional<Duration> readDuration(const JsonValue& value)
{
    const auto seconds = value.kind == JsonKind::Number ? decodeDouble(value.raw) : std::nullopt;
    return seconds ? durationFromSeconds(*seconds) : std::nullopt;
}

std::optional<Fault> readDraft(std::string_view json, DraftForm form, const HttpLimits& limits,
                               node::Draft& draft)
{
    std::array<JsonValue, MemberCount> values;
    if (const auto read = readMembers(json, limits.jsonDepthMax, memberNames, values); !read)
        return Fault{400, read.error().text};
    return readValues(values, form, limits, draft);
}

void readDrafts(std::string_view validArray, const HttpLimits& limits, std::vector<DraftOrFault>& out)
{
    // The array is valid already, so its own length is a depth that suffices.
    JsonScanner scanner(validArray, static_cast<std::uint32_t>(validArray.size()));
    if (!scanner.take('[') || scanner.take(']'))
        return;
    do {
        std::array<JsonValue, MemberCount> values;
        JsonValue other;
        if (!scanner.at('{')) {
            scanner.value(other);
            out.emplace_back(Fault{400, "a message must be an object"});
            continue;
        }
        scanner.object(memberNames, values);
        node::Draft draft;
        if (auto fault = readValues(values, DraftForm::Sent, limits, draft))
            out.emplace_back(std::move(*fault));
        else
            out.emplace_back(std::move(draft));
    } while (out.size() <= limits.batchMessagesMax && scanner.take(','));
}

} // namespace dsmsg::http
