// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/DraftLine.h"

#include <cmath>

#include "core/client/JsonText.h"

namespace dsmsg::client {

namespace {

namespace json = simdjson::ondemand;

Error invalid(std::string text)
{
    return Error{Error::Kind::Invalid, std::move(text)};
}

Result<void> readName(json::value value, const std::string& name, QString& out)
{
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS)
        return invalid(name + " must be a string");
    out = QString::fromUtf8(text.data(), qsizetype(text.size()));
    return {};
}

Result<void> readNumber(json::value value, const std::string& name, std::optional<double>& out)
{
    double number = 0;
    if (value.get_double().get(number) != simdjson::SUCCESS || !std::isfinite(number))
        return invalid(name + " must be a number of seconds");
    out = number;
    return {};
}

Result<void> readMember(std::string_view name, json::value value, Draft& draft)
{
    if (name == "payload") {
        draft.payload = rawValue(value);
        if (!isJsonValue(draft.payload))
            return invalid("payload is not valid JSON");
        return {};
    }
    bool isNull = false;
    if (value.is_null().get(isNull) == simdjson::SUCCESS && isNull)
        return {};
    if (name == "msg_id")
        return readName(value, "msg_id", draft.msgId);
    if (name == "sender")
        return readName(value, "sender", draft.sender);
    if (name == "recipient")
        return readName(value, "recipient", draft.recipient);
    if (name == "ts")
        return readNumber(value, "ts", draft.ts);
    if (name == "ttl")
        return readNumber(value, "ttl", draft.ttl);
    return invalid("unknown member '" + std::string(name) +
                   "'; a message has payload, sender, recipient, msg_id, ts and ttl");
}

} // namespace

Result<Draft> readDraftLine(const QByteArray& line)
{
    const Error malformed = invalid("not a JSON object on one line");
    simdjson::padded_string padded(line.constData(), std::size_t(line.size()));
    json::parser parser;
    json::document document;
    json::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS)
        return malformed;
    Draft draft;
    for (auto field : object) {
        std::string_view name;
        json::value value;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS ||
            field.value().get(value) != simdjson::SUCCESS)
            return malformed;
        if (const auto read = readMember(name, value, draft); !read)
            return read.error();
    }
    const char* rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS)
        return malformed;
    if (draft.payload.isEmpty())
        return invalid("no payload");
    return draft;
}

} // namespace dsmsg::client
