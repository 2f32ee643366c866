// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg watch`: the nodes side by side, again and again: in place on a terminal, one table below the other
// elsewhere. A node that has gone silent keeps its last figures, with their age, because they are the last
// that anybody knows.
#include <algorithm>
#include <cmath>
#include <optional>

#include <QCoreApplication>
#include <QDateTime>
#include <QMap>
#include <unistd.h>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/EachNode.h"
#include "app/cli/NodePoller.h"
#include "app/cli/Screen.h"
#include "app/cli/StopSignal.h"

namespace dsmsg::cli {

namespace {

constexpr Milliseconds leastEvery{100};
constexpr Milliseconds answerWithin{2000};

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("watch"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Shows the nodes side by side until q or Ctrl+C: role, term, how far each is committed and behind, messages a\n"
             "second, its clock against cluster time, peers. Figures of a node that does not answer are its last, with their\n"
             "age. Where stdout is no terminal, tables follow each other. Exit code 0; with --count 3 unless a majority of\n"
             "the nodes names one leader in the end."),
         QStringLiteral("  dsmsg watch\n"
                        "  dsmsg watch --every 0.5 --node 10.0.0.1:8000,10.0.0.2:8000,10.0.0.3:8000\n"
                        "  dsmsg watch --count 60 --json > minute.ndjson")},
        {
            {QStringLiteral("every"), QStringLiteral("SECONDS"), QStringLiteral("how often to look (1)")},
            {QStringLiteral("count"), QStringLiteral("N"), QStringLiteral("end after this many looks")},
        });
}

QJsonObject part(const QJsonObject& status, const char* name)
{
    return status.value(QLatin1String(name)).toObject();
}

std::optional<double> number(const QJsonObject& object, const char* name)
{
    const QJsonValue value = object.value(QLatin1String(name));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QString count(std::optional<double> value)
{
    return value ? grouped(quint64(std::max(0.0, *value))) : QStringLiteral("-");
}

/// Messages committed a second between the last two answers.
std::optional<double> rate(const PolledNode& node)
{
    const auto now = number(node.last, "committed_seq"), before = number(node.beforeLast, "committed_seq");
    const qint64 elapsed = node.lastMs - node.beforeLastMs;
    if (!now || !before || elapsed <= 0 || *now < *before)
        return std::nullopt;
    return (*now - *before) * 1000 / double(elapsed);
}

Style roleStyle(const QString& role)
{
    return role == QLatin1String("Leader")      ? Style::Good
           : role == QLatin1String("Candidate") ? Style::Bad
                                                : Style::Plain;
}

QList<Table::Column> columns()
{
    return {{QStringLiteral("node")},
            {QStringLiteral("address")},
            {QStringLiteral("role")},
            {QStringLiteral("term"), true},
            {QStringLiteral("commit"), true},
            {QStringLiteral("lag"), true},
            {QStringLiteral("messages"), true},
            {QStringLiteral("msg/s"), true},
            {QStringLiteral("store"), true},
            {QStringLiteral("clock offset"), true},
            {QStringLiteral("within"), true},
            {QStringLiteral("peers"), true},
            {QStringLiteral("seen")}};
}

class Watch : public QObject
{
public:
    Watch(client::Client& client, Milliseconds every, quint64 most, bool asJson)
        : poller_(client, QStringLiteral("/status"), every)
        , most_(most)
        , asJson_(asJson)
    {
        if (stop_.descriptor() >= 0) {
            signals_ = std::make_unique<QSocketNotifier>(stop_.descriptor(), QSocketNotifier::Read);
            connect(signals_.get(), &QSocketNotifier::activated, this,
                    [] { QCoreApplication::exit(ExitCode::Ok); });
        }
        if (!asJson_ && isTerminal(STDOUT_FILENO)) {
            screen_ = std::make_unique<Screen>();
            screen_->onKey = [](char key) {
                if (key == 'q' || key == 'Q')
                    QCoreApplication::exit(ExitCode::Ok);
            };
        }
        poller_.onChange = [this](const PolledNode& node) { changed(node); };
        connect(&beat_, &QTimer::timeout, this, &Watch::look);
        beat_.start(every);
        poller_.start();
    }

    /// Gives the terminal back and leaves the last figures on it.
    void end()
    {
        const bool onScreen = screen_ != nullptr;
        screen_.reset();
        if (onScreen)
            print(lines().join(QLatin1Char('\n')));
    }

private:
    void changed(const PolledNode& node)
    {
        if (screen_)
            draw();
        else if (asJson_)
            print(json(node));
    }

    void draw()
    {
        const QString hint = screen_->hearsKeys() ? QStringLiteral("q ends") : QStringLiteral("Ctrl+C ends");
        screen_->draw(lines() + QStringList{QString(), styled(hint, Style::Faint)});
    }

    void look()
    {
        if (screen_)
            draw();
        else if (!asJson_)
            print(QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss")) + QLatin1Char('\n') +
                  lines().join(QLatin1Char('\n')));
        if (most_ > 0 && ++looks_ >= most_)
            QCoreApplication::exit(majorityNamesOneLeader() ? ExitCode::Ok : ExitCode::Unreachable);
    }

    bool majorityNamesOneLeader() const
    {
        QMap<QString, qsizetype> votes;
        for (const PolledNode& node : poller_.nodes()) {
            const QString leader = part(node.last, "consensus").value(QLatin1String("leader_id")).toString();
            if (!leader.isEmpty() && !poller_.isStale(node))
                ++votes[leader];
        }
        return std::ranges::any_of(votes,
                                   [this](qsizetype named) { return named * 2 > poller_.nodes().size(); });
    }

    QStringList lines() const
    {
        double furthest = 0;
        for (const PolledNode& node : poller_.nodes())
            furthest = std::max(furthest, number(node.last, "commit_index").value_or(0));
        Table table(columns());
        QStringList remarks;
        for (const PolledNode& node : poller_.nodes()) {
            table.addRow(row(node, furthest));
            const QString explain = node.last.value(QLatin1String("explain")).toString();
            if (!node.problem.isEmpty())
                remarks.append(node.problem);
            else if (!explain.isEmpty())
                remarks.append(node.last.value(QLatin1String("node_id")).toString() + QLatin1String(": ") +
                               explain);
        }
        QStringList all = table.lines();
        for (const QString& remark : std::as_const(remarks))
            all.append(styled(printable(remark), Style::Faint));
        return all;
    }

    QList<Table::Cell> row(const PolledNode& node, double furthest) const
    {
        if (!node.answeredEver())
            return {{QStringLiteral("-")},
                    {node.address()},
                    node.problem.isEmpty() ? Table::Cell{QStringLiteral("...")}
                                           : Table::Cell{QStringLiteral("no answer"), Style::Bad}};
        const QJsonObject& status = node.last;
        const QJsonObject consensus = part(status, "consensus"), time = part(status, "time_sync");
        const bool stale = poller_.isStale(node);
        const QString role = printable(consensus.value(QLatin1String("role")).toString());
        const auto commit = number(status, "commit_index");
        const QJsonObject peers = part(status, "peer_status");
        const auto alive = std::ranges::count_if(peers, [](const QJsonValue& peer) {
            return peer.toObject().value(QLatin1String("alive")).toBool();
        });
        const auto perSecond = stale ? std::nullopt : rate(node);
        QList<Table::Cell> cells{
            {printable(status.value(QLatin1String("node_id")).toString())},
            {node.address()},
            {role, roleStyle(role)},
            {count(number(consensus, "current_term"))},
            {count(commit)},
            {count(commit ? std::optional(furthest - *commit) : std::nullopt)},
            {count(number(status, "committed_seq"))},
            {perSecond ? grouped(quint64(std::llround(*perSecond))) : QStringLiteral("-")},
            {milliseconds(part(status, "metrics").value(QLatin1String("average_store_latency")))},
            {milliseconds(time.value(QLatin1String("clock_offset")))},
            {milliseconds(time.value(QLatin1String("bound")))},
            {QStringLiteral("%1/%2").arg(alive).arg(peers.size()),
             alive < peers.size() ? Style::Bad : Style::Plain},
            {stale ? QStringLiteral("%1 s ago").arg((poller_.now() - node.lastMs) / 1000)
                   : QStringLiteral("now"),
             stale ? Style::Bad : Style::Plain}};
        if (stale) {
            for (qsizetype i = 0; i + 1 < cells.size(); ++i)
                cells[i].style = Style::Faint;
        }
        return cells;
    }

    QByteArray json(const PolledNode& node) const
    {
        QByteArray line =
            "{\"ts\":" + QByteArray::number(double(QDateTime::currentMSecsSinceEpoch()) / 1000, 'f', 3) +
            ",\"url\":" + client::jsonString(node.url.toString());
        if (!node.problem.isEmpty())
            return line + ",\"answered\":false,\"reason\":" + client::jsonString(node.problem) + '}';
        // A newline inside JSON is only ever between tokens, so a blank says the same on one line.
        return line + ",\"answered\":true,\"status\":" +
               QByteArray(node.body).replace('\n', ' ').replace('\r', ' ').trimmed() + '}';
    }

    const StopSignal stop_;
    std::unique_ptr<QSocketNotifier> signals_;
    NodePoller poller_;
    QTimer beat_;
    std::unique_ptr<Screen> screen_;
    const quint64 most_;
    const bool asJson_;
    quint64 looks_ = 0;
};

int run(const CommandLine& line)
{
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    const auto every = line.seconds("every", Milliseconds(1000));
    const auto most = line.number("count", 0, 1, 1'000'000'000);
    auto options = line.clientOptions();
    if (!every || !most || !options)
        return ExitCode::Usage;
    options->limits.attempt = std::min(options->limits.attempt, answerWithin);
    client::Client client(*options);
    Watch watch(client, std::max(*every, leastEvery), *most, line.isSet("json"));
    const int exitCode = QCoreApplication::exec();
    watch.end();
    return exitCode;
}

} // namespace

const Command watchCommand{"watch", "show the nodes live", commandLine, run};

} // namespace dsmsg::cli
