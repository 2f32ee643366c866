// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg time`: how far the clocks of the nodes agree, and what may be asked of them about time. Each node is
// asked for itself, because each has a clock of its own.
#include <algorithm>

#include <QCoreApplication>
#include <QJsonDocument>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/EachNode.h"
#include "app/cli/OneRequest.h"

namespace dsmsg::cli {

namespace {

using Method = client::HttpRequest::Method;

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("time"),
         QStringLiteral("[ACTION] [OPTIONS]"),
         QStringLiteral(
             "  status                  show each node's clock: its offset from cluster time and how certain it is (default)\n"
             "  sync                    let each node ask its peers for their time now\n"
             "  correct TIMESTAMP       a client's timestamp, in seconds since the Unix epoch, as cluster time\n"
             "  reset                   let each node forget its figures of clocks and corrections; no clock is touched\n\n"
             "Offsets are cluster time minus the node's clock. Exit codes: status 0 when a majority of the nodes asked\n"
             "is synchronised; sync and reset 0 when each node asked did it; 1 refused; 2 wrong usage; 3 anything else."),
         QStringLiteral("  dsmsg time\n"
                        "  dsmsg time sync --node 8001\n"
                        "  dsmsg time correct 1700000000.25\n"
                        "  dsmsg time status --json | jq .answer.time_synchronization.bound"),
         {QStringLiteral("status"), QStringLiteral("sync"), QStringLiteral("correct"),
          QStringLiteral("reset")}},
        {
            {QStringLiteral("sender"), QStringLiteral("NAME"),
             QStringLiteral("correct: whose timestamp it is")},
        });
}

QList<Table::Column> clockColumns()
{
    return {{QStringLiteral("node")},         {QStringLiteral("synchronised")},
            {QStringLiteral("offset"), true}, {QStringLiteral("certain within"), true},
            {QStringLiteral("drift"), true},  {QStringLiteral("round trip"), true},
            {QStringLiteral("jumps"), true}};
}

QList<Table::Cell> clockCells(const QJsonValue& node, const QJsonObject& timeSync)
{
    const bool synchronized = timeSync.value(QLatin1String("synchronized")).toBool();
    const double ppm = timeSync.value(QLatin1String("drift_rate")).toDouble() * 1e6;
    return {{printable(node.toString())},
            {synchronized ? QStringLiteral("yes") : QStringLiteral("no"),
             synchronized ? Style::Good : Style::Bad},
            {milliseconds(timeSync.value(QLatin1String("clock_offset")))},
            {milliseconds(timeSync.value(QLatin1String("bound")))},
            {QString::number(ppm, 'f', 1) + QLatin1String(" ppm")},
            {milliseconds(timeSync.value(QLatin1String("network_delay")))},
            {QString::number(timeSync.value(QLatin1String("clock_jumps")).toInt())}};
}

QJsonObject timeSyncOf(const QJsonObject& clock)
{
    return clock.value(QLatin1String("time_synchronization")).toObject();
}

int showStatus(const QList<NodeAnswer>& answers, bool asJson)
{
    const auto synchronized = std::ranges::count_if(answers, [](const NodeAnswer& answer) {
        return timeSyncOf(answer.object()).value(QLatin1String("synchronized")).toBool();
    });
    if (asJson)
        printJson(answers);
    else
        printTable(answers, clockColumns(), [](const QJsonObject& clock) {
            return clockCells(clock.value(QLatin1String("node_id")), timeSyncOf(clock));
        });
    return synchronized * 2 > answers.size() ? ExitCode::Ok : ExitCode::Unreachable;
}

/// Each node's own words, and 0 when it is well with all of them.
int showDone(const QList<NodeAnswer>& answers, bool asJson)
{
    bool allOk = true;
    if (asJson)
        printJson(answers);
    for (const NodeAnswer& answer : answers) {
        const QJsonObject object = answer.object();
        allOk = allOk && object.value(QLatin1String("status")).toString() == QLatin1String("ok");
        const QString text = answer.answered ? object.value(QLatin1String("message")).toString()
                                             : QLatin1String("no answer: ") + answer.problem;
        if (!asJson)
            print(answer.address() + QLatin1String("  ") + printable(text));
    }
    return allOk ? ExitCode::Ok : ExitCode::Unreachable;
}

void showCorrected(const QByteArray& body, bool asJson)
{
    if (asJson)
        return print(body);
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    const QJsonObject info = answer.value(QLatin1String("correction_info")).toObject();
    const QJsonObject accuracy = answer.value(QLatin1String("estimated_accuracy")).toObject();
    print(QStringLiteral("%1  (by %2, method %3; certain within %4)")
              .arg(answer.value(QLatin1String("corrected_timestamp")).toDouble(), 0, 'f', 6)
              .arg(milliseconds(info.value(QLatin1String("applied_offset"))),
                   printable(info.value(QLatin1String("method")).toString()),
                   milliseconds(accuracy.value(QLatin1String("confidence_interval")))));
}

int runCorrect(client::Client& client, const CommandLine& line, const QByteArray& timestamp)
{
    QByteArray body = "{\"timestamp\":" + timestamp;
    if (line.isSet("sender"))
        body += ",\"sender\":" + client::jsonString(line.text("sender"));
    return runOneRequest(client, {Method::Post, QStringLiteral("/time/correct"), QString(), body + '}'},
                         client::Client::To::AnyNode,
                         [&line](const QByteArray& answer) { showCorrected(answer, line.isSet("json")); });
}

/// A number as JSON writes it, so that it reaches the node to the digit.
bool isNumber(const QString& text)
{
    bool converts = false;
    text.toDouble(&converts);
    return converts && client::isJsonValue(text.toUtf8());
}

int run(const CommandLine& line)
{
    const QStringList words = line.positional();
    const QString action = words.value(0, QStringLiteral("status"));
    const bool corrects = action == QLatin1String("correct") && words.size() == 2;
    static const QStringList plain{QStringLiteral("status"), QStringLiteral("sync"), QStringLiteral("reset")};
    if (!corrects && !(plain.contains(action) && words.size() <= 1))
        return line.wrongAction();
    if (corrects && !isNumber(words.at(1)))
        return line.wrongUsage(
            QStringLiteral("a timestamp is a number of seconds since the Unix epoch, not '%1'")
                .arg(printable(words.at(1))));
    if (line.isSet("sender") && !corrects)
        return line.wrongUsage(QStringLiteral("--sender belongs to correct"));
    const auto options = line.clientOptions();
    if (!options)
        return ExitCode::Usage;
    client::Client client(*options);
    if (corrects)
        return runCorrect(client, line, words.at(1).toUtf8());

    const bool asks = action == QLatin1String("status");
    askEachNode(client,
                {asks ? Method::Get : Method::Post,
                 asks ? QStringLiteral("/clock") : QLatin1String("/time/") + action, QString(),
                 asks ? QByteArray() : QByteArrayLiteral("{}")},
                [asks, asJson = line.isSet("json")](const QList<NodeAnswer>& answers) {
                    QCoreApplication::exit(asks ? showStatus(answers, asJson) : showDone(answers, asJson));
                });
    return QCoreApplication::exec();
}

} // namespace

const Command timeCommand{
    "time", "show how far the nodes' clocks agree, compare them now, correct a timestamp", commandLine, run};

} // namespace dsmsg::cli
