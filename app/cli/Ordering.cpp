// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg ordering`: what each node holds back until it is sure of the order, and the order to deliver it now,
// which the leader carries out on all of them.
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
        {QStringLiteral("ordering"),
         QStringLiteral("[ACTION] [OPTIONS]"),
         QStringLiteral(
             "  status                  show what waits on each node for its delivery (default)\n"
             "  force                   deliver it now, on every node, without waiting for messages\n"
             "                          that were sent earlier; those will be marked late\n\n"
             "Exit codes: 0 done, status: every node answered; 1 refused; 2 wrong usage; 3 no answer in time."),
         QStringLiteral("  dsmsg ordering\n"
                        "  dsmsg ordering force && dsmsg messages --order delivery"),
         {QStringLiteral("status"), QStringLiteral("force")}},
        {});
}

QString count(const QJsonObject& status, const char* name)
{
    return grouped(quint64(std::max(0.0, status.value(QLatin1String(name)).toDouble())));
}

QList<Table::Cell> orderingCells(const QJsonObject& answer)
{
    const QJsonObject status = answer.value(QLatin1String("ordering_status")).toObject();
    return {{count(status, "buffer_size")},
            {milliseconds(status.value(QLatin1String("max_message_age")))},
            {count(status, "messages_delivered")},
            {count(status, "messages_reordered")},
            {count(status, "messages_late")}};
}

int showStatus(const QList<NodeAnswer>& answers, bool asJson)
{
    if (asJson)
        printJson(answers);
    else
        printTable(answers,
                   {{QStringLiteral("waiting"), true},
                    {QStringLiteral("oldest"), true},
                    {QStringLiteral("delivered"), true},
                    {QStringLiteral("reordered"), true},
                    {QStringLiteral("late"), true}},
                   orderingCells);
    return std::ranges::all_of(answers, &NodeAnswer::answered) ? ExitCode::Ok : ExitCode::Unreachable;
}

int runForce(client::Client& client, bool asJson)
{
    return runOneRequest(
        client,
        {Method::Post, QStringLiteral("/ordering/force_delivery"), QString(), QByteArrayLiteral("{}")},
        client::Client::To::Leader, [asJson](const QByteArray& answer) {
            const QJsonObject object = QJsonDocument::fromJson(answer).object();
            asJson ? print(answer) : print(printable(object.value(QLatin1String("message")).toString()));
        });
}

int run(const CommandLine& line)
{
    const QStringList words = line.positional();
    const QString action = words.value(0, QStringLiteral("status"));
    const bool forces = action == QLatin1String("force");
    if ((!forces && action != QLatin1String("status")) || words.size() > 1)
        return line.wrongAction();
    const auto options = line.clientOptions();
    if (!options)
        return ExitCode::Usage;
    client::Client client(*options);
    if (forces)
        return runForce(client, line.isSet("json"));
    askEachNode(client, {Method::Get, QStringLiteral("/ordering/status"), QString(), QByteArray()},
                [asJson = line.isSet("json")](const QList<NodeAnswer>& answers) {
                    QCoreApplication::exit(showStatus(answers, asJson));
                });
    return QCoreApplication::exec();
}

} // namespace

const Command orderingCommand{"ordering", "show what waits for its delivery, deliver it now", commandLine,
                              run};

} // namespace dsmsg::cli
