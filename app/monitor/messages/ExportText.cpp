// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/ExportText.h"

#include <array>

#include <simdjson.h>

namespace dsmsg::monitor {

namespace {

namespace json = simdjson::ondemand;

constexpr std::array<const char*, 13> columns{
    "seq",        "delivery_seq", "msg_id",  "sender", "recipient", "corrected_ts", "original_ts",
    "receive_ts", "late",         "clamped", "term",   "index",     "payload"};

QByteArray quoted(QByteArray field)
{
    const bool plain = std::none_of(field.begin(), field.end(),
                                    [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; });
    return plain ? field : '"' + field.replace('"', "\"\"") + '"';
}

/// A number or a truth value as it stands in the message; empty for null and for what is not there.
QByteArray token(json::object& object, const char* name)
{
    json::value value;
    if (object.find_field_unordered(name).get(value) != simdjson::SUCCESS)
        return {};
    const std::string_view raw = value.raw_json_token();
    const QByteArray text = QByteArray(raw.data(), qsizetype(raw.size())).trimmed();
    return text == "null" ? QByteArray() : text;
}

} // namespace

QByteArray csvHeader()
{
    QByteArray line;
    for (const char* column : columns)
        line += (line.isEmpty() ? "" : ",") + QByteArray(column);
    return line + "\r\n";
}

QByteArray csvLine(const client::Message& message)
{
    const simdjson::padded_string padded(message.json.constData(), std::size_t(message.json.size()));
    json::parser parser;
    json::document document;
    json::object object;
    const bool readable = parser.iterate(padded).get(document) == simdjson::SUCCESS &&
                          document.get_object().get(object) == simdjson::SUCCESS;
    QByteArray line;
    for (const char* column : columns) {
        const QByteArray name(column);
        if (!line.isEmpty())
            line += ',';
        if (name == "msg_id")
            line += quoted(message.msgId.toUtf8());
        else if (name == "sender")
            line += quoted(message.sender.toUtf8());
        else if (name == "recipient")
            line += quoted(message.recipient.toUtf8());
        else if (name == "payload")
            line += quoted(message.payload);
        else if (readable)
            line += token(object, column);
    }
    return line + "\r\n";
}

QByteArray jsonLine(const client::Message& message)
{
    // Line ends stand between tokens only, where a blank says the same.
    return QByteArray(message.json).replace('\n', ' ').replace('\r', ' ') + '\n';
}

} // namespace dsmsg::monitor
