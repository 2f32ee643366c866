// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg bench`: drives load against a cluster and measures what comes back. The nodes are asked before and
// after, so that what the client counted can be compared with what they stored.
#include <algorithm>
#include <memory>

#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Progress.h"
#include "app/cli/StopSignal.h"
#include "app/cli/bench/HttpProtocol.h"
#include "app/cli/bench/Load.h"
#include "app/cli/bench/NodeCpu.h"
#include "app/cli/bench/Report.h"
#include "app/cli/bench/Settings.h"
#include "app/cli/bench/WebSocketProtocol.h"

namespace dsmsg::cli {

namespace {

using namespace dsmsg::bench;

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("bench"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Sends messages and measures: acknowledged a second, latency, what went wrong, how long the cluster was silent\n"
             "when its leader changed. Closed loop: every connection sends its next message when it has its answer. With\n"
             "--rate open loop: messages are due on schedule, whatever comes back, and a latency counts from when the message\n"
             "was due, so that a stall shows in all that it delayed. A message without a certain answer is repeated under its\n"
             "id. The messages stay in the cluster: use one that is there to be loaded. Ctrl+C prints what there is.\n\n"
             "Exit codes: 0 every message was acknowledged; 1 some were not, certainly; 2 wrong usage; 3 no leader, nothing\n"
             "was sent; 4 some may or may not be stored; 130 interrupted."),
         QStringLiteral(
             "  dsmsg bench --connections 256 --duration 30\n"
             "  dsmsg bench --rate 10000 --ramp 5 --duration 60 --out rate.json\n"
             "  dsmsg bench --transport batch --batch 500 --connections 8 --json | jq .latency_ms")},
        {
            {QStringLiteral("connections"), QStringLiteral("N"), QStringLiteral("kept connections (64)")},
            {QStringLiteral("rate"), QStringLiteral("N"),
             QStringLiteral("open loop: messages a second, in all")},
            {QStringLiteral("size"), QStringLiteral("BYTES"), QStringLiteral("of a payload (128)")},
            {QStringLiteral("duration"), QStringLiteral("SECONDS"),
             QStringLiteral("how long to measure (10)")},
            {QStringLiteral("warmup"), QStringLiteral("SECONDS"),
             QStringLiteral("sent before and not measured (1; 0 with --messages)")},
            {QStringLiteral("ramp"), QStringLiteral("SECONDS"),
             QStringLiteral("first open the connections, or raise the rate, one by one (0)")},
            {QStringLiteral("messages"), QStringLiteral("N"),
             QStringLiteral("end sooner, when this many are sent")},
            {QStringLiteral("transport"),
             QStringLiteral("KIND"),
             QStringLiteral(
                 "http: POST /send, one message a request; batch: POST /send/batch; ws: windowed on /ws (http)"),
             {QStringLiteral("http"), QStringLiteral("batch"), QStringLiteral("ws")}},
            {QStringLiteral("window"), QStringLiteral("N"),
             QStringLiteral("ws: messages in flight on a connection (256)")},
            {QStringLiteral("batch"), QStringLiteral("N"),
             QStringLiteral("most messages written at once, except by http (100)")},
            {QStringLiteral("out"), QStringLiteral("FILE"),
             QStringLiteral("the JSON into this file as well")},
            {QStringLiteral("quiet"), QString(), QStringLiteral("no progress on stderr")},
        });
}

/// Every node's status at once; in the order of the endpoints.
std::vector<std::optional<client::NodeStatus>> askAll(client::Client& client)
{
    std::vector<std::optional<client::NodeStatus>> statuses(std::size_t(client.endpoints().size()));
    qsizetype missing = client.endpoints().size();
    QEventLoop loop;
    for (qsizetype i = 0; i < client.endpoints().size(); ++i) {
        client.status(client.endpoints().at(i), [&, i](Result<client::NodeStatus> status) {
            if (status)
                statuses[std::size_t(i)] = std::move(*status);
            if (--missing == 0)
                loop.quit();
        });
    }
    loop.exec();
    return statuses;
}

/// The figures of processor time between the two ends of what is measured.
class CpuMeter
{
public:
    explicit CpuMeter(const QList<QUrl>& urls)
        : processes_(localNodes(urls))
    {
    }
    void begin()
    {
        own_ = ownCpuTime();
        for (const LocalProcess& process : processes_)
            before_.push_back(cpuTime(process.pid));
    }
    void end(std::vector<NodeFigures>& nodes, Duration& own)
    {
        own = ownCpuTime() - own_;
        for (std::size_t i = 0; i < before_.size(); ++i) {
            const auto now = cpuTime(processes_[i].pid);
            for (NodeFigures& node : nodes) {
                if (node.url == processes_[i].url && before_[i] && now)
                    node.cpu = *now - *before_[i];
            }
        }
    }

private:
    std::vector<LocalProcess> processes_;
    std::vector<std::optional<Duration>> before_;
    Duration own_{};
};

QString progressLine(const SecondFigures& figures, double seconds)
{
    return QStringLiteral("%1 s  %2/s  p99 %3 ms  %4 problems  %5 leader changes")
        .arg(seconds, 4, 'f', 0)
        .arg(grouped(figures.acknowledged), 8)
        .arg(figures.p99 ? QString::number(double(figures.p99->count()) / 1000, 'f', 2) : QStringLiteral("-"),
             7)
        .arg(figures.problems)
        .arg(figures.leaderChanges);
}

/// A target for each node, the leader first known where a node names one. Complains and returns false when a
/// node's name has no address.
bool fillTargets(Targets& targets, const std::vector<NodeFigures>& nodes)
{
    for (const NodeFigures& node : nodes) {
        const auto added = targets.add(node.url.toString().toStdString());
        if (!added) {
            complain(printable(QString::fromStdString(added.error().text)));
            return false;
        }
        if (node.before && node.before->role == QLatin1String("Leader"))
            targets.setLeader(*added);
    }
    return true;
}

int exitCodeOf(const Report& report)
{
    if (report.interrupted)
        return ExitCode::Interrupted;
    if (report.tally.totals.unknown > 0)
        return ExitCode::Undecided;
    return report.clean() ? ExitCode::Ok : ExitCode::Refused;
}

/// False when the file could not be written, which is complained of.
bool writeTo(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content + '\n') == content.size() + 1 && file.flush())
        return true;
    complain(QStringLiteral("cannot write %1: %2").arg(path, file.errorString()));
    return false;
}

int run(const CommandLine& line)
{
    auto settings = bench::readSettings(line);
    auto options = line.clientOptions();
    if (!settings || !options)
        return ExitCode::Usage;
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    settings->plan.patience = options->limits.total;
    settings->plan.attempt = options->limits.attempt;
    const StopSignal stop;
    client::Client client(*options);

    std::vector<NodeFigures> nodes;
    for (const QUrl& url : client.endpoints())
        nodes.push_back({url, {}, {}, {}});
    const auto before = askAll(client);
    for (std::size_t i = 0; i < nodes.size(); ++i)
        nodes[i].before = before[i];
    const bool hasLeader =
        std::ranges::any_of(before, [](const auto& status) { return status && !status->leaderId.isEmpty(); });
    if (!hasLeader) {
        complain(QStringLiteral("bench: no node knows a leader; nothing was sent"));
        return ExitCode::Unreachable;
    }
    Targets targets;
    if (!fillTargets(targets, nodes))
        return ExitCode::Unreachable;

    const QString runName = QStringLiteral("bench-%1").arg(systemSeed(), 16, 16, QLatin1Char('0'));
    const MessageFormat format(runName.toStdString(), std::size_t(settings->size));
    settings->plan.protocol = [&format, &settings]() -> std::unique_ptr<Protocol> {
        if (settings->transport == QLatin1String("ws"))
            return std::make_unique<WebSocketProtocol>(format, std::size_t(settings->window));
        return std::make_unique<HttpProtocol>(format, std::size_t(settings->batch));
    };
    Load load(settings->plan, targets);
    CpuMeter meter(client.endpoints());
    Duration clientCpu{};
    {
        Progress progress(Progress::Elsewhere::Lines);
        const bool quiet = line.isSet("quiet");
        const auto ran =
            load.run(stop.descriptor(), {.second =
                                             [&](const SecondFigures& figures, double seconds) {
                                                 if (!quiet)
                                                     progress.show(progressLine(figures, seconds));
                                             },
                                         .measuringBegins = [&] { meter.begin(); },
                                         .measuringEnds = [&] { meter.end(nodes, clientCpu); }});
        if (!ran) {
            complain(printable(QString::fromStdString(ran.error().text)));
            return ExitCode::Unreachable;
        }
    }
    const auto after = askAll(client);
    for (std::size_t i = 0; i < nodes.size(); ++i)
        nodes[i].after = after[i];

    const Report report{.settings = settingsJson(*settings),
                        .headline = headline(*settings),
                        .run = runName,
                        .tally = load.tally(),
                        .measuredSeconds = load.measuredSeconds(),
                        .interrupted = load.interrupted(),
                        .nodes = std::move(nodes),
                        .clientCpu = clientCpu,
                        .lastProblem = QString::fromStdString(load.lastProblem())};
    const QByteArray json = QJsonDocument(report.json()).toJson(QJsonDocument::Compact);
    if (line.isSet("json"))
        print(json);
    else
        print(report.lines().join(QLatin1Char('\n')));
    if (line.isSet("out") && !writeTo(line.text("out"), json))
        return ExitCode::Unreachable;
    return exitCodeOf(report);
}

} // namespace

const Command benchCommand{"bench", "drive load against a cluster and measure it", commandLine, run};

} // namespace dsmsg::cli
