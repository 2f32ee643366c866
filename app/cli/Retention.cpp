// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg retention`: what the cluster keeps, shown, set or cleared.
#include <array>
#include <cmath>
#include <optional>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OneRequest.h"

namespace dsmsg::cli {

namespace {

using Method = client::HttpRequest::Method;
using Request = client::Call::Request;

QString path()
{
    return QStringLiteral("/cluster/retention");
}

struct Unit
{
    char letter;
    double factor;
};
constexpr std::array timeUnits{Unit{'s', 1}, Unit{'m', 60}, Unit{'h', 3600}, Unit{'d', 86400},
                               Unit{'w', 604800}};
constexpr std::array byteUnits{Unit{'K', 0x1p10}, Unit{'M', 0x1p20}, Unit{'G', 0x1p30}, Unit{'T', 0x1p40}};

/// A positive number with or without one of the units; none: it is something else.
template <std::size_t count>
std::optional<double> amount(QString text, const std::array<Unit, count>& units)
{
    double factor = 1;
    for (const Unit& unit : units) {
        if (text.endsWith(QLatin1Char(unit.letter))) {
            factor = unit.factor;
            text.chop(1);
            break;
        }
    }
    bool number = false;
    const double value = text.toDouble(&number) * factor;
    return number && std::isfinite(value) && value > 0 ? std::optional(value) : std::nullopt;
}

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("retention"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Shows what the cluster keeps of its messages, or changes it. A rule is for the whole cluster,\n"
             "or with --recipient for what is sent to one. What a rule no longer keeps is removed from all\n"
             "nodes, the oldest first, once it is delivered; its id stays known for ever.\n"
             "A new rule replaces the one before it, with all its limits.\n\n"
             "Exit codes: 0 done; 1 refused; 2 wrong usage; 3 no answer in time."),
         QStringLiteral("  dsmsg retention\n"
                        "  dsmsg retention --max-age 7d --max-bytes 10G\n"
                        "  dsmsg retention --recipient bob --max-messages 1000\n"
                        "  dsmsg retention --recipient bob --clear")},
        {
            {QStringLiteral("recipient"), QStringLiteral("NAME"),
             QStringLiteral("the rule of this recipient")},
            {QStringLiteral("max-age"), QStringLiteral("TIME"),
             QStringLiteral("keep messages for this long: seconds, or with s, m, h, d or w")},
            {QStringLiteral("max-messages"), QStringLiteral("N"), QStringLiteral("keep this many")},
            {QStringLiteral("max-bytes"), QStringLiteral("BYTES"),
             QStringLiteral("keep this much of ids, names and payloads: bytes, or with K, M, G or T")},
            {QStringLiteral("clear"), QString(), QStringLiteral("keep everything again")},
        });
}

/// Fills the body of a rule; what is wrong with it, or nothing.
QString readLimits(const CommandLine& line, QJsonObject& body)
{
    if (line.isSet("max-age")) {
        const auto age = amount(line.text("max-age"), timeUnits);
        if (!age)
            return QStringLiteral("--max-age must be a time, as 90, 30m or 7d");
        body.insert(QStringLiteral("max_age"), *age);
    }
    if (line.isSet("max-messages")) {
        bool number = false;
        const qint64 count = line.text("max-messages").toLongLong(&number);
        if (!number || count < 1)
            return QStringLiteral("--max-messages must be a positive whole number");
        body.insert(QStringLiteral("max_messages"), count);
    }
    if (line.isSet("max-bytes")) {
        const auto bytes = amount(line.text("max-bytes"), byteUnits);
        if (!bytes || *bytes < 1 || *bytes >= 0x1p62)
            return QStringLiteral("--max-bytes must be a size, as 500M or 10G");
        body.insert(QStringLiteral("max_bytes"), static_cast<qint64>(*bytes));
    }
    if (line.isSet("clear") && !body.isEmpty())
        return QStringLiteral("--clear removes the rule: leave the limits out");
    return {};
}

Request requestFor(const CommandLine& line, QJsonObject body)
{
    const bool named = line.isSet("recipient");
    if (line.isSet("clear")) {
        const QString query = named ? QStringLiteral("recipient=") +
                                          QString::fromLatin1(QUrl::toPercentEncoding(line.text("recipient")))
                                    : QString();
        return {Method::Delete, path(), query, QByteArray()};
    }
    if (body.isEmpty())
        return {Method::Get, path(), QString(), QByteArray()};
    if (named)
        body.insert(QStringLiteral("recipient"), line.text("recipient"));
    return {Method::Post, path(), QString(), QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

QString numberOrDash(const QJsonValue& value)
{
    return value.isDouble() ? grouped(static_cast<quint64>(value.toDouble())) : QStringLiteral("-");
}

QString ageOrDash(const QJsonValue& value)
{
    return value.isDouble() ? QString::number(value.toDouble()) + QStringLiteral(" s") : QStringLiteral("-");
}

void showRules(const QJsonObject& status)
{
    const QJsonArray rules = status.value(QLatin1String("rules")).toArray();
    if (rules.isEmpty()) {
        print(QStringLiteral("no rules: everything without a ttl is kept"));
    } else {
        Table table({{QStringLiteral("recipient")},
                     {QStringLiteral("age"), true},
                     {QStringLiteral("messages"), true},
                     {QStringLiteral("bytes"), true}});
        for (const auto& value : rules) {
            const QJsonObject rule = value.toObject();
            const QJsonValue recipient = rule.value(QLatin1String("recipient"));
            table.addRow(
                {{recipient.isString() ? printable(recipient.toString()) : QStringLiteral("(all messages)")},
                 {ageOrDash(rule.value(QLatin1String("max_age")))},
                 {numberOrDash(rule.value(QLatin1String("max_messages")))},
                 {numberOrDash(rule.value(QLatin1String("max_bytes")))}});
        }
        print(table.lines().join(QLatin1Char('\n')));
    }
    const QJsonObject kept = status.value(QLatin1String("kept")).toObject();
    print(QStringLiteral("kept: %1 messages, %2 bytes, from seq %3 on")
              .arg(numberOrDash(kept.value(QLatin1String("messages"))),
                   numberOrDash(kept.value(QLatin1String("bytes"))),
                   numberOrDash(status.value(QLatin1String("first_seq")))));
}

int run(const CommandLine& line)
{
    QJsonObject body;
    if (const QString wrong = readLimits(line, body); !wrong.isEmpty())
        return line.wrongUsage(wrong);
    if (!line.positional().isEmpty())
        return line.wrongUsage(QStringLiteral("retention takes options only"));
    const Request request = requestFor(line, body);
    const bool shows = request.method == Method::Get;
    if (shows && line.isSet("recipient"))
        return line.wrongUsage(QStringLiteral("say what to keep for the recipient, or --clear"));
    const auto options = line.clientOptions();
    if (!options)
        return ExitCode::Usage;
    client::Client client(*options);
    return runOneRequest(client, request, shows ? client::Client::To::AnyNode : client::Client::To::Leader,
                         [&](const QByteArray& answer) {
                             if (line.isSet("json"))
                                 print(answer);
                             else if (shows)
                                 showRules(QJsonDocument::fromJson(answer).object());
                             else
                                 print(line.isSet("clear") ? QStringLiteral("the rule is cleared")
                                                           : QStringLiteral("the rule is set"));
                         });
}

} // namespace

const Command retentionCommand{"retention", "show or change what the cluster keeps", commandLine, run};

} // namespace dsmsg::cli
