// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg verify`: whether what lies on a disk is whole, without a node.
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "core/storage/Backup.h"
#include "core/storage/Verify.h"

namespace dsmsg::cli {

namespace {

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("verify"),
         QStringLiteral("DIR|FILE [OPTIONS]"),
         QStringLiteral(
             "Checks the data directory of a stopped node, or a backup, and changes nothing: every checksum, the log\n"
             "without a gap, its base and its mark, seqs without a gap, every message id in the index with its seq and\n"
             "none twice, the state not ahead of the log. Prints figures, then what is wrong.\n\n"
             "Exit codes: 0 sound; 1 something is wrong; 2 wrong usage; 3 it could not be checked: it is not there,\n"
             "in use, or another version's."),
         QStringLiteral("  dsmsg verify /var/lib/dsmsg/n1\n"
                        "  dsmsg verify monday.backup && echo sound\n"
                        "  dsmsg verify --json /var/lib/dsmsg/n1"),
         {},
         CommandLine::Operand::Path},
        {}, CommandLine::Subject::Directory);
}

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

qint64 figure(std::uint64_t value)
{
    return static_cast<qint64>(value);
}

QJsonObject json(const messaging::AppliedState& state)
{
    return {{QStringLiteral("index"), figure(state.index.value)},
            {QStringLiteral("term"), figure(state.term.value)},
            {QStringLiteral("last_seq"), figure(state.lastSeq.value)},
            {QStringLiteral("hash"), text(toHex(state.hash))}};
}

QJsonObject json(const storage::Verification& found)
{
    QJsonArray members;
    for (const raft::Member& member : found.configuration.members)
        members.append(text(member.url));
    QJsonArray problems;
    for (const std::string& problem : found.problems)
        problems.append(text(problem));
    return {{QStringLiteral("node_id"), text(found.node)},
            {QStringLiteral("incarnation"), text(toHex(found.server))},
            {QStringLiteral("joins_only"), found.joinsOnly},
            {QStringLiteral("cluster_id"), text(toHex(found.configuration.cluster))},
            {QStringLiteral("members"), members},
            {QStringLiteral("term"), figure(found.hardState.term.value)},
            {QStringLiteral("first_index"), figure(found.base.index.value + 1)},
            {QStringLiteral("last_index"), figure(found.lastIndex.value)},
            {QStringLiteral("last_term"), figure(found.lastTerm.value)},
            {QStringLiteral("log_bytes"), figure(found.entryBytes)},
            {QStringLiteral("applied"), json(found.applied)},
            {QStringLiteral("messages"), figure(found.messages)},
            {QStringLiteral("message_bytes"), figure(found.messageBytes)},
            {QStringLiteral("batches"), figure(found.batches)},
            {QStringLiteral("index_pages"), figure(found.indexPages)},
            {QStringLiteral("sound"), found.sound()},
            {QStringLiteral("problems"), problems}};
}

void printFigures(const storage::Verification& found)
{
    const auto line = [](const char* name, const QString& value) {
        print(QStringLiteral("  %1  %2").arg(QLatin1String(name), -12).arg(value));
    };
    print(styled(printable(text(found.node)), Style::Bold) + QStringLiteral("  incarnation ") +
          text(toHex(found.server)));
    line("cluster",
         found.configuration.formed() ? text(toHex(found.configuration.cluster)) : QStringLiteral("none"));
    line("term", grouped(found.hardState.term.value));
    line("log", QStringLiteral("entries %1 to %2, the last of term %3, %4 bytes")
                    .arg(grouped(found.base.index.value + 1), grouped(found.lastIndex.value),
                         grouped(found.lastTerm.value), grouped(found.entryBytes)));
    line("state", QStringLiteral("applied to entry %1, %2 messages in %3 batches, %4 bytes")
                      .arg(grouped(found.applied.index.value), grouped(found.messages),
                           grouped(found.batches), grouped(found.messageBytes)));
    line("state hash", text(toHex(found.applied.hash)));
}

int couldNot(const Error& error)
{
    complain(printable(text(error.text)));
    return error.kind == Error::Kind::Corrupt ? ExitCode::Refused : ExitCode::Unreachable;
}

int verifyBackup(const QString& path, bool asJson)
{
    const auto totals = storage::verifyBackup(path);
    if (!totals)
        return couldNot(totals.error());
    if (asJson)
        print(QJsonDocument({{QStringLiteral("applied"), json(totals->state)},
                             {QStringLiteral("messages"), figure(totals->messages)},
                             {QStringLiteral("message_bytes"), figure(totals->commandBytes)},
                             {QStringLiteral("sound"), true}})
                  .toJson(QJsonDocument::Compact));
    else
        print(QStringLiteral("sound: a backup of %1 messages, everything applied up to entry %2")
                  .arg(grouped(totals->messages), grouped(totals->state.index.value)));
    return ExitCode::Ok;
}

int verifyDirectory(const QString& path, bool asJson)
{
    const auto found = storage::verifyDirectory(path);
    if (!found)
        return couldNot(found.error());
    if (asJson) {
        print(QJsonDocument(json(*found)).toJson(QJsonDocument::Compact));
    } else {
        printFigures(*found);
        for (const std::string& problem : found->problems)
            print(styled(QStringLiteral("  wrong  "), Style::Bad) + printable(text(problem)));
        if (found->sound())
            print(styled(QStringLiteral("  sound"), Style::Good));
    }
    return found->sound() ? ExitCode::Ok : ExitCode::Refused;
}

int run(const CommandLine& line)
{
    if (line.positional().size() != 1)
        return line.wrongUsage(QStringLiteral("takes one data directory or backup"));
    const QString path = line.positional().first();
    return QFileInfo(path).isFile() ? verifyBackup(path, line.isSet("json"))
                                    : verifyDirectory(path, line.isSet("json"));
}

} // namespace

const Command verifyCommand{"verify", "check a stopped node's data directory, or a backup, from end to end",
                            commandLine, run};

} // namespace dsmsg::cli
