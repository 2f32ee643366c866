// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg cluster`: who belongs to the cluster, and changes of it. All but `members` are the leader's to carry
// out.
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"

namespace dsmsg::cli {

namespace {

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("cluster"), QStringLiteral("ACTION [OPTIONS]"),
         QStringLiteral(
             "  members                 show the members\n"
             "  add ID URL              take in a node: it catches up as a learner, then becomes a voter\n"
             "  remove ID               leave a node out; also the leader, which hands over first\n"
             "  promote ID, demote ID   make a learner a voter, or a voter a learner\n"
             "  transfer [ID]           hand over leadership, to the most advanced voter when no ID is given\n"
             "  compact                 let the node that is asked forget its log before the applied state\n"
             "  retention [OPTIONS]     show or change what is kept: dsmsg cluster retention --help\n\n"
             "A change is answered when it is complete. Exit codes: 0 done; 1 refused; 2 wrong usage; 3 no answer in time."),
         QStringLiteral("  dsmsg cluster members\n"
                        "  dsmsg cluster add n4 http://10.0.0.4:8000\n"
                        "  dsmsg cluster add n4 http://10.0.0.4:8000 --replaces n2\n"
                        "  dsmsg cluster transfer n3")},
        {
            {QStringLiteral("learner"), QString(),
             QStringLiteral("add: as a learner, which is replicated to and never counted")},
            {QStringLiteral("replaces"), QStringLiteral("ID"),
             QStringLiteral("add: this voter leaves in the same step that makes the new one a voter")},
        });
}

QString tableOf(const QJsonArray& members)
{
    Table table({{QStringLiteral("node")},
                 {QStringLiteral("address")},
                 {QStringLiteral("role")},
                 {QStringLiteral("incarnation")}});
    for (const auto& value : members) {
        const QJsonObject member = value.toObject();
        const bool joining = member.value(QLatin1String("joining")).toBool();
        table.addRow({{printable(member.value(QLatin1String("id")).toString())},
                      {printable(member.value(QLatin1String("url")).toString())},
                      {printable(member.value(QLatin1String("role")).toString()) +
                           (joining ? QStringLiteral(", catching up") : QString()),
                       joining ? Style::Bad : Style::Plain},
                      {member.value(QLatin1String("incarnation")).toString(QStringLiteral("not met yet"))}});
    }
    return table.lines().join(QLatin1Char('\n'));
}

using Request = client::Call::Request;

Request post(const char* path, const QJsonObject& body)
{
    return {client::HttpRequest::Method::Post, QLatin1String(path), QString(),
            QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

/// Nothing when the words after `cluster` make no sense.
std::optional<Request> requestFor(const QStringList& words, const CommandLine& line)
{
    const QString action = words.value(0);
    if (action == QLatin1String("members") && words.size() == 1)
        return Request{client::HttpRequest::Method::Get, QStringLiteral("/cluster/members"), QString(), {}};
    if (action == QLatin1String("compact") && words.size() == 1)
        return post("/cluster/snapshot", {});
    if (action == QLatin1String("transfer") && words.size() <= 2)
        return post("/cluster/transfer",
                    words.size() == 2 ? QJsonObject{{QStringLiteral("to"), words.at(1)}} : QJsonObject());
    const bool ofOne = action == QLatin1String("remove") || action == QLatin1String("promote") ||
                       action == QLatin1String("demote");
    const bool adds = action == QLatin1String("add");
    const bool complete = (ofOne && words.size() == 2) || (adds && words.size() == 3);
    if (!complete)
        return std::nullopt;
    QJsonObject change{{QStringLiteral("action"), action}, {QStringLiteral("id"), words.at(1)}};
    if (adds) {
        change.insert(QStringLiteral("url"), words.at(2));
        change.insert(QStringLiteral("role"),
                      line.isSet("learner") ? QStringLiteral("learner") : QStringLiteral("voter"));
        if (line.isSet("replaces"))
            change.insert(QStringLiteral("replaces"), line.text("replaces"));
    }
    return post("/cluster/members", {{QStringLiteral("changes"), QJsonArray{change}}});
}

void show(const QByteArray& answer, bool asJson)
{
    const QJsonObject object = QJsonDocument::fromJson(answer).object();
    if (asJson)
        return print(answer);
    if (object.contains(QLatin1String("first_log_index")))
        return print(QStringLiteral("the log begins at entry %1 now")
                         .arg(grouped(static_cast<quint64>(
                             object.value(QLatin1String("first_log_index")).toDouble()))));
    print(tableOf(object.value(QLatin1String("members")).toArray()));
    if (object.value(QLatin1String("changing")).toBool())
        print(QStringLiteral("a change of members is under way"));
}

} // namespace

int runCluster(const QStringList& arguments)
{
    if (arguments.value(0) == QLatin1String("retention"))
        return runRetention(arguments.mid(1));
    CommandLine line = commandLine();
    if (const auto done = line.parse(arguments))
        return *done;
    const auto request = requestFor(line.positional(), line);
    if (!request)
        return line.wrongUsage(QStringLiteral("unknown or incomplete action '%1'")
                                   .arg(printable(line.positional().join(QLatin1Char(' ')))));
    const auto options = line.clientOptions();
    if (!options)
        return ExitCode::Usage;
    client::Client client(*options);
    const bool anyNode = line.positional().first() == QLatin1String("members") ||
                         line.positional().first() == QLatin1String("compact");
    int exitCode = ExitCode::Ok;
    client.request(*request, anyNode ? client::Client::To::AnyNode : client::Client::To::Leader,
                   [&](const Result<QByteArray>& answer) {
                       if (answer) {
                           show(*answer, line.isSet("json"));
                       } else {
                           complain(printable(QString::fromStdString(answer.error().text)));
                           exitCode = answer.error().kind == Error::Kind::Invalid ? ExitCode::Refused
                                                                                  : ExitCode::Unreachable;
                       }
                       QCoreApplication::exit(exitCode);
                   });
    return QCoreApplication::exec();
}

} // namespace dsmsg::cli
