// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg backup`: reads the applied state piece by piece from any node, while the cluster goes on, and checks
// every piece and then the whole file.
#include <functional>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "core/storage/Backup.h"

namespace dsmsg::cli {

namespace {

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("backup"),
         QStringLiteral("FILE [OPTIONS]"),
         QStringLiteral(
             "Writes everything that the cluster has applied into one file, without stopping it. The file holds all\n"
             "messages up to the mark that is printed at the end; it is read again and checked before it gets its name.\n"
             "dsmsg restore makes a new cluster of it.\n\n"
             "Exit codes: 0 done; 1 refused: the file is there already, or an answer was damaged; 2 wrong usage; 3 no answer\n"
             "in time, or the disk failed."),
         QStringLiteral("  dsmsg backup monday.backup\n"
                        "  dsmsg backup monday.backup --node http://10.0.0.1:8000"),
         {},
         CommandLine::Operand::Path},
        {});
}

/// One run of the command.
class Backup
{
public:
    Backup(client::Client& client, QString path)
        : client_(client)
        , path_(std::move(path))
    {
    }

    /// Ends the event loop with an exit code.
    void start()
    {
        client_.request({client::HttpRequest::Method::Get, QStringLiteral("/status"), QString(), {}},
                        client::Client::To::AnyNode, [this](const Result<QByteArray>& answer) {
                            if (!answer)
                                return fail(answer.error());
                            open(QJsonDocument::fromJson(*answer).object());
                        });
    }
    const std::optional<storage::BackupTotals>& totals() const { return totals_; }

private:
    void open(const QJsonObject& status)
    {
        storage::BackupHeader header;
        header.made = SystemClock().wall();
        header.node = status.value(QLatin1String("node_id")).toString().toStdString();
        const QString cluster =
            status.value(QLatin1String("consensus")).toObject().value(QLatin1String("cluster_id")).toString();
        if (!fromHex(cluster.toStdString(), header.cluster))
            return fail(
                {Error::Kind::Refused, "That node belongs to no cluster yet: there is nothing to back up."});
        auto writer = storage::BackupWriter::create(path_, header);
        if (!writer)
            return fail(writer.error());
        writer_.emplace(std::move(*writer));
        next();
    }

    void next()
    {
        client_.request({client::HttpRequest::Method::Get,
                         QStringLiteral("/cluster/state"),
                         QStringLiteral("after=%1").arg(writer_->position().value),
                         {}},
                        client::Client::To::AnyNode, [this](const Result<QByteArray>& answer) {
                            if (!answer)
                                return fail(answer.error());
                            add(*answer);
                        });
    }

    void add(const QByteArray& answer)
    {
        const QString chunk =
            QJsonDocument::fromJson(answer).object().value(QLatin1String("chunk")).toString();
        if (const auto added = writer_->add(QByteArray::fromBase64(chunk.toLatin1()).toStdString()); !added)
            return fail(added.error());
        if (!writer_->complete())
            return next();
        auto finished = writer_->finish();
        if (!finished)
            return fail(finished.error());
        if (const auto checked = storage::verifyBackup(path_); !checked)
            return fail(checked.error());
        totals_ = *finished;
        QCoreApplication::exit(ExitCode::Ok);
    }

    void fail(const Error& error)
    {
        complain(printable(QString::fromStdString(error.text)));
        const bool later = error.kind == Error::Kind::Busy || error.kind == Error::Kind::Io ||
                           error.kind == Error::Kind::DiskFull;
        QCoreApplication::exit(later ? ExitCode::Unreachable : ExitCode::Refused);
    }

    client::Client& client_;
    const QString path_;
    std::optional<storage::BackupWriter> writer_;
    std::optional<storage::BackupTotals> totals_;
};

void report(const storage::BackupTotals& totals, const QString& path, bool asJson)
{
    if (asJson) {
        print(QJsonDocument({{QStringLiteral("messages"), static_cast<qint64>(totals.messages)},
                             {QStringLiteral("last_seq"), static_cast<qint64>(totals.state.lastSeq.value)},
                             {QStringLiteral("index"), static_cast<qint64>(totals.state.index.value)},
                             {QStringLiteral("hash"), QString::fromStdString(toHex(totals.state.hash))}})
                  .toJson(QJsonDocument::Compact));
        return;
    }
    print(QStringLiteral("%1 messages, everything applied up to entry %2 (seq %3), are in %4")
              .arg(grouped(totals.messages), grouped(totals.state.index.value),
                   grouped(totals.state.lastSeq.value), path));
}

int run(const CommandLine& line)
{
    if (line.positional().size() != 1)
        return line.wrongUsage(QStringLiteral("takes the file to write"));
    const auto options = line.clientOptions();
    if (!options)
        return ExitCode::Usage;
    client::Client client(*options);
    Backup backup(client, line.positional().first());
    backup.start();
    const int exitCode = QCoreApplication::exec();
    if (backup.totals())
        report(*backup.totals(), line.positional().first(), line.isSet("json"));
    return exitCode;
}

} // namespace

const Command backupCommand{"backup", "write the state of a running cluster into one file", commandLine, run};

} // namespace dsmsg::cli
