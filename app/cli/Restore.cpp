// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg restore`: a backup becomes the first node of a new cluster.
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
        {QStringLiteral("restore"),
         QStringLiteral("FILE --data-dir DIR --id ID --url URL"),
         QStringLiteral(
             "Makes a data directory from a backup. Its node is the only member of a new cluster, with a new cluster id,\n"
             "so that nothing of the old one can mix with it; further nodes are added with --join. The backup is checked\n"
             "while it is read, and nothing is left of a restore that fails.\n\n"
             "Exit codes: 0 restored; 1 refused: the backup is damaged, or DIR is not empty; 2 wrong usage; 3 the disk\n"
             "failed."),
         QStringLiteral(
             "  dsmsg restore monday.backup --data-dir /var/lib/dsmsg/n1 --id n1 --url http://10.0.0.1:8000\n"
             "  dsmsg-node --id n1 --data-dir /var/lib/dsmsg/n1 --port 8000 --advertise http://10.0.0.1:8000"),
         {},
         CommandLine::Operand::Path},
        {
            {QStringLiteral("data-dir"), QStringLiteral("DIR"), QStringLiteral("the directory to make")},
            {QStringLiteral("id"), QStringLiteral("ID"), QStringLiteral("the node's id")},
            {QStringLiteral("url"), QStringLiteral("URL"),
             QStringLiteral("the base URL that the node will be reached at (its --advertise)")},
        },
        CommandLine::Subject::Directory);
}

void report(const storage::RestoredCluster& restored, const QString& directory, bool asJson)
{
    const QString cluster = QString::fromStdString(toHex(restored.cluster));
    if (asJson) {
        print(QJsonDocument(
                  {{QStringLiteral("cluster_id"), cluster},
                   {QStringLiteral("messages"), static_cast<qint64>(restored.totals.messages)},
                   {QStringLiteral("index"), static_cast<qint64>(restored.totals.state.index.value)},
                   {QStringLiteral("hash"), QString::fromStdString(toHex(restored.totals.state.hash))}})
                  .toJson(QJsonDocument::Compact));
        return;
    }
    print(QStringLiteral("restored %1 messages, everything applied up to entry %2, to %3")
              .arg(grouped(restored.totals.messages), grouped(restored.totals.state.index.value), directory));
    print(QStringLiteral("the new cluster is %1").arg(cluster));
}

int run(const CommandLine& line)
{
    if (line.positional().size() != 1)
        return line.wrongUsage(QStringLiteral("takes one backup"));
    for (const char* needed : {"data-dir", "id", "url"}) {
        if (line.text(needed).isEmpty())
            return line.wrongUsage(QStringLiteral("needs --%1").arg(QLatin1String(needed)));
    }
    const auto url = net::normaliseUrl(line.text("url").toStdString());
    if (!url)
        return line.wrongUsage(QString::fromStdString(url.error().text));
    const auto restored = storage::restoreBackup(line.positional().first(), line.text("data-dir"),
                                                 line.text("id").toStdString(), *url);
    if (!restored) {
        complain(printable(QString::fromStdString(restored.error().text)));
        const Error::Kind kind = restored.error().kind;
        return kind == Error::Kind::Io || kind == Error::Kind::DiskFull ? ExitCode::Unreachable
                                                                        : ExitCode::Refused;
    }
    report(*restored, line.text("data-dir"), line.isSet("json"));
    return ExitCode::Ok;
}

} // namespace

const Command restoreCommand{"restore", "make a data directory from a backup, for a new cluster of one node",
                             commandLine, run};

} // namespace dsmsg::cli
