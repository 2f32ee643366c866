// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg status`: asks every node at once and shows them side by side. A node that does not answer is a row
// like the others: what is missing is the point of looking.
#include <algorithm>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QMap>
#include <QTimer>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"

namespace dsmsg::cli {

namespace {

constexpr Milliseconds pollEvery{50};
constexpr Milliseconds answerWithin{2000};

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("status"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Shows each node: role, term, how far its log is committed, how many messages it shows, how many of\n"
             "its peers it hears. Exit code 0 when a majority of the nodes asked name one leader, else 3."),
         QStringLiteral("  dsmsg status\n"
                        "  dsmsg status --wait 10 --quiet && echo ready\n"
                        "  curl --noproxy '*' \"$(dsmsg status --role leader --urls)/metrics\"")},
        {
            {QStringLiteral("wait"), QStringLiteral("SECONDS"),
             QStringLiteral("first wait for a leader, this long at most")},
            {QStringLiteral("all"), QString(),
             QStringLiteral("every node must answer and name the leader, not a majority")},
            {QStringLiteral("role"),
             QStringLiteral("ROLE"),
             QStringLiteral("only nodes in this role: leader, follower, candidate"),
             {QStringLiteral("leader"), QStringLiteral("follower"), QStringLiteral("candidate")}},
            {QStringLiteral("urls"), QString(),
             QStringLiteral("only the URLs of the nodes that answer, one a line")},
            {QStringLiteral("quiet"), QString(), QStringLiteral("nothing but the exit code")},
        });
}

struct Row
{
    explicit Row(QUrl address)
        : url(std::move(address))
    {
    }

    QUrl url;
    bool answered = false;
    client::NodeStatus status; ///< when it answered
    QString problem;           ///< when it did not
};

/// The most nodes that name one leader in one term.
qsizetype greatestAgreement(const QList<Row>& rows)
{
    QMap<std::pair<quint64, QString>, qsizetype> votes;
    for (const Row& row : rows) {
        if (row.answered && !row.status.leaderId.isEmpty())
            ++votes[{row.status.term, row.status.leaderId}];
    }
    return votes.isEmpty() ? 0 : *std::max_element(votes.cbegin(), votes.cend());
}

QString tableOf(const QList<Row>& rows)
{
    Table table({{QStringLiteral("node")},
                 {QStringLiteral("address")},
                 {QStringLiteral("role")},
                 {QStringLiteral("term"), true},
                 {QStringLiteral("leader")},
                 {QStringLiteral("commit index"), true},
                 {QStringLiteral("messages"), true},
                 {QStringLiteral("peers"), true}});
    QStringList remarks;
    for (const Row& row : rows) {
        const QString address = row.url.toString(QUrl::RemoveScheme).mid(2);
        if (!row.answered) {
            table.addRow({{QStringLiteral("-")}, {address}, {QStringLiteral("no answer"), Style::Bad}});
            remarks.append(row.problem);
            continue;
        }
        const client::NodeStatus& status = row.status;
        const Style roleStyle = status.role == QLatin1String("Leader")      ? Style::Good
                                : status.role == QLatin1String("Candidate") ? Style::Bad
                                                                            : Style::Plain;
        table.addRow({{printable(status.nodeId)},
                      {address},
                      {printable(status.role), roleStyle},
                      {QString::number(status.term)},
                      {status.leaderId.isEmpty() ? QStringLiteral("none") : printable(status.leaderId),
                       status.leaderId.isEmpty() ? Style::Bad : Style::Plain},
                      {grouped(status.commitIndex)},
                      {grouped(status.committedSeq)},
                      {QStringLiteral("%1/%2").arg(status.peersAlive).arg(status.peers),
                       status.peersAlive < status.peers ? Style::Bad : Style::Plain}});
        if (!status.explain.isEmpty())
            remarks.append(status.nodeId + QLatin1String(": ") + status.explain);
    }
    QStringList lines = table.lines();
    for (const QString& remark : std::as_const(remarks))
        lines.append(styled(printable(remark), Style::Faint));
    return lines.join(QLatin1Char('\n'));
}

QByteArray jsonOf(const Row& row)
{
    QByteArray line = "{\"url\":" + client::jsonString(row.url.toString());
    if (row.answered)
        line += ",\"answered\":true,\"status\":" +
                QByteArray(row.status.json).replace('\n', ' ').replace('\r', ' ');
    else
        line += ",\"answered\":false,\"reason\":" + client::jsonString(row.problem);
    return line + '}';
}

/// One run of the command.
class StatusRun : public QObject
{
public:
    struct Settings
    {
        bool json = false, all = false, urls = false, quiet = false;
        QString role;
        Milliseconds wait{0};
    };

    StatusRun(client::Client& client, Settings settings)
        : client_(client)
        , settings_(std::move(settings))
    {
        waiting_.start();
    }

    void ask()
    {
        rows_.clear();
        for (const QUrl& url : client_.endpoints())
            rows_.append(Row(url));
        missing_ = rows_.size();
        for (Row& row : rows_) {
            client_.status(row.url, [this, &row](Result<client::NodeStatus> status) {
                row.answered = status.ok();
                if (status)
                    row.status = std::move(*status);
                else
                    row.problem = QString::fromStdString(status.error().text);
                if (--missing_ == 0)
                    answered();
            });
        }
    }

private:
    bool healthy() const
    {
        const qsizetype agreed = greatestAgreement(rows_);
        return settings_.all ? agreed == rows_.size() : agreed * 2 > rows_.size();
    }

    void answered()
    {
        const bool ready = healthy();
        if (!ready && Milliseconds(waiting_.elapsed()) < settings_.wait) {
            QTimer::singleShot(pollEvery, this, &StatusRun::ask);
            return;
        }
        show();
        QCoreApplication::exit(ready ? ExitCode::Ok : ExitCode::Unreachable);
    }

    void show()
    {
        QList<Row> rows;
        std::copy_if(rows_.cbegin(), rows_.cend(), std::back_inserter(rows), [this](const Row& row) {
            return settings_.role.isEmpty() ||
                   (row.answered && row.status.role.compare(settings_.role, Qt::CaseInsensitive) == 0);
        });
        if (settings_.quiet)
            return;
        if (settings_.urls) {
            for (const Row& row : std::as_const(rows)) {
                if (row.answered)
                    print(row.url.toString());
            }
        } else if (settings_.json) {
            for (const Row& row : std::as_const(rows))
                print(jsonOf(row));
        } else {
            print(tableOf(rows));
        }
    }

    client::Client& client_;
    Settings settings_;
    QElapsedTimer waiting_;
    QList<Row> rows_;
    qsizetype missing_ = 0;
};

int run(const CommandLine& line)
{
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    const QString role = line.choice("role", "");
    const auto wait = line.seconds("wait", Milliseconds(0));
    auto options = line.clientOptions();
    if (!wait || !options)
        return ExitCode::Usage;
    options->limits.attempt = std::min(options->limits.attempt, answerWithin);

    client::Client client(*options);
    StatusRun status(client, {.json = line.isSet("json"),
                              .all = line.isSet("all"),
                              .urls = line.isSet("urls"),
                              .quiet = line.isSet("quiet"),
                              .role = role,
                              .wait = *wait});
    status.ask();
    return QCoreApplication::exec();
}

} // namespace

const Command statusCommand{"status", "show the nodes: roles, terms, how far each is", commandLine, run};

} // namespace dsmsg::cli
