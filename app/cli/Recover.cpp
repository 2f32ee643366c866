// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg recover`: the last resort when the majority of a cluster is gone for good. Loud on purpose: it says
// what is certain and what may be lost, and does nothing without --i-accept-loss.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "core/net/Urls.h"
#include "core/storage/Restore.h"

namespace dsmsg::cli {

namespace {

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("recover"),
         QStringLiteral("DIR --url URL --i-accept-loss"),
         QStringLiteral(
             "For a cluster that has lost its majority for good: makes the stopped node of DIR the only member of a new\n"
             "cluster. What it stored is kept; what the others acknowledged without it is LOST. If a majority can come\n"
             "back in any way, start that instead. With several survivors, compare 'dsmsg verify' of each first, and\n"
             "recover the one whose last entry has the highest term, then the highest index.\n\n"
             "Exit codes: 0 recovered; 1 refused: in use, damaged, or never part of a cluster; 2 wrong usage, also\n"
             "without --i-accept-loss; 3 the disk failed."),
         QStringLiteral("  dsmsg verify /var/lib/dsmsg/n2\n"
                        "  dsmsg recover /var/lib/dsmsg/n2 --url http://10.0.0.2:8000 --i-accept-loss"),
         {},
         CommandLine::Operand::Path},
        {
            {QStringLiteral("url"), QStringLiteral("URL"),
             QStringLiteral("the base URL that the node will be reached at (its --advertise)")},
            {QStringLiteral("i-accept-loss"), QString(),
             QStringLiteral("acknowledged messages may be lost, and you know it")},
        },
        CommandLine::Subject::Directory);
}

QJsonArray array(const std::vector<std::string>& lines)
{
    QJsonArray out;
    for (const std::string& line : lines)
        out.append(QString::fromStdString(line));
    return out;
}

void printJson(const storage::RecoveredNode& recovered)
{
    print(QJsonDocument(
              {{QStringLiteral("node_id"), QString::fromStdString(recovered.node)},
               {QStringLiteral("former_cluster_id"), QString::fromStdString(toHex(recovered.formerCluster))},
               {QStringLiteral("cluster_id"), QString::fromStdString(toHex(recovered.cluster))},
               {QStringLiteral("last_index"), static_cast<qint64>(recovered.lastIndex.value)},
               {QStringLiteral("applied_index"), static_cast<qint64>(recovered.applied.index.value)},
               {QStringLiteral("last_seq"), static_cast<qint64>(recovered.applied.lastSeq.value)},
               {QStringLiteral("certain"), array(recovered.certain)},
               {QStringLiteral("may_be_lost"), array(recovered.mayBeLost)},
               {QStringLiteral("next"), array(recovered.next)}})
              .toJson(QJsonDocument::Compact));
}

void printPart(const QString& title, Style style, const std::vector<std::string>& lines)
{
    print(styled(title, style));
    for (const std::string& line : lines)
        print(QStringLiteral("  ") + printable(QString::fromStdString(line)));
}

int run(const CommandLine& line)
{
    if (line.positional().size() != 1)
        return line.wrongUsage(QStringLiteral("takes one data directory"));
    if (line.text("url").isEmpty())
        return line.wrongUsage(QStringLiteral("needs --url"));
    const auto url = net::normaliseUrl(line.text("url").toStdString());
    if (!url)
        return line.wrongUsage(QString::fromStdString(url.error().text));
    if (!line.isSet("i-accept-loss"))
        return line.wrongUsage(
            QStringLiteral("acknowledged messages may be lost by this; only with --i-accept-loss"));
    const auto recovered = storage::recoverAsSoleMember(line.positional().first(), *url);
    if (!recovered) {
        complain(printable(QString::fromStdString(recovered.error().text)));
        const Error::Kind kind = recovered.error().kind;
        return kind == Error::Kind::Io || kind == Error::Kind::DiskFull ? ExitCode::Unreachable
                                                                        : ExitCode::Refused;
    }
    if (line.isSet("json")) {
        printJson(*recovered);
        return ExitCode::Ok;
    }
    print(QStringLiteral("%1 is now the only member of the new cluster %2")
              .arg(printable(QString::fromStdString(recovered->node)),
                   QString::fromStdString(toHex(recovered->cluster))));
    printPart(QStringLiteral("Certain"), Style::Good, recovered->certain);
    printPart(QStringLiteral("May be lost"), Style::Bad, recovered->mayBeLost);
    printPart(QStringLiteral("Next"), Style::Bold, recovered->next);
    return ExitCode::Ok;
}

} // namespace

const Command recoverCommand{"recover", "make a lone survivor the only member of a new cluster", commandLine,
                             run};

} // namespace dsmsg::cli
