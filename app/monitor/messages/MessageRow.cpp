// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageRow.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>
#include <simdjson.h>

#include "app/monitor/messages/PayloadText.h"
#include "core/client/Answers.h"

namespace dsmsg::monitor {

namespace {

namespace json = simdjson::ondemand;

constexpr double farthestTs = 2.5e11; ///< the year 9892: later ones are no dates to anybody

template <class Value>
Value field(json::object& object, const char* name)
{
    Value value{};
    return object.find_field_unordered(name).get(value) == simdjson::SUCCESS ? value : Value{};
}

/// What Message leaves in its text.
void readRest(const QByteArray& text, MessageRow& row)
{
    const simdjson::padded_string padded(text.constData(), std::size_t(text.size()));
    json::parser parser;
    json::document document;
    json::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS)
        return;
    row.originalTs = field<double>(object, "original_ts");
    row.receiveTs = field<double>(object, "receive_ts");
    std::string_view clock;
    if (object["correction_metadata"]["client_clock"].get(clock) == simdjson::SUCCESS)
        row.verified = clock == "verified";
    row.late = field<bool>(object, "late");
    row.clamped = field<bool>(object, "clamped");
    row.term = field<std::uint64_t>(object, "term");
    row.index = field<std::uint64_t>(object, "index");
}

std::optional<quint64> firstSeqIn(const QByteArray& body)
{
    const simdjson::padded_string padded(body.constData(), std::size_t(body.size()));
    json::parser parser;
    json::document document;
    std::uint64_t seq = 0;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document["first_seq"].get(seq) != simdjson::SUCCESS)
        return std::nullopt;
    return seq;
}

} // namespace

bool MessageRow::contains(const QString& text) const
{
    const auto has = [&text](const QString& where) { return where.contains(text, Qt::CaseInsensitive); };
    return has(msgId) || has(sender) || has(recipient) || has(preview) ||
           (payload.size() > preview.size() && has(QString::fromUtf8(payload)));
}

MessageRow rowOf(const client::Message& message, QDate today)
{
    MessageRow row;
    row.seq = message.seq;
    row.deliverySeq = message.deliverySeq;
    row.msgId = message.msgId;
    row.sender = message.sender;
    row.recipient = message.recipient;
    row.correctedTs = message.correctedTs;
    row.originalTs = message.correctedTs;
    row.payload = message.payload.left(MessageRow::payloadKept);
    row.payloadBytes = message.payload.size();
    row.preview = previewOf(message.payload);
    readRest(message.json, row);
    row.timeText = timeTextOf(row.correctedTs, today);
    row.shiftText = shiftTextOf(row.correctedTs - row.originalTs);
    return row;
}

MessageRows readRows(const QByteArray& body, client::Order order, QDate today)
{
    MessageRows result;
    const auto page = client::readPage(body, order);
    if (!page) {
        result.error = QString::fromStdString(page.error().text);
        return result;
    }
    result.rows.reserve(page->messages.size());
    for (const client::Message& message : page->messages)
        result.rows.append(rowOf(message, today));
    if (page->nextBefore)
        std::reverse(result.rows.begin(), result.rows.end());
    result.next = page->nextBefore ? page->nextBefore : page->nextAfter;
    result.firstSeq = firstSeqIn(body);
    return result;
}

QString timeTextOf(double ts, QDate today)
{
    if (!std::isfinite(ts) || std::abs(ts) > farthestTs)
        return QString::number(ts, 'g', 6);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(std::llround(ts * 1000));
    if (time.date() == today)
        return time.toString(QStringLiteral("HH:mm:ss.zzz"));
    return time.toString(time.date().year() == today.year() ? QStringLiteral("MM-dd HH:mm:ss")
                                                            : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString shiftTextOf(double seconds)
{
    const double size = std::abs(seconds);
    if (!std::isfinite(size) || size < 1e-6)
        return {};
    const QLatin1String sign(seconds < 0 ? "-" : "+");
    if (size < 0.0009995)
        return sign + QString::number(size * 1e6, 'f', 0) + QStringLiteral(" µs");
    if (size < 0.0999995)
        return sign + QString::number(size * 1000, 'f', size < 0.01 ? 2 : 1) + QStringLiteral(" ms");
    if (size < 1)
        return sign + QString::number(size * 1000, 'f', 0) + QStringLiteral(" ms");
    if (size < 120)
        return sign + QString::number(size, 'f', 2) + QStringLiteral(" s");
    if (size < 7200)
        return sign + QString::number(size / 60, 'f', 1) + QStringLiteral(" min");
    if (size < 172800)
        return sign + QString::number(size / 3600, 'f', 1) + QStringLiteral(" h");
    return sign + QString::number(size / 86400, 'f', 0) + QStringLiteral(" d");
}

} // namespace dsmsg::monitor
