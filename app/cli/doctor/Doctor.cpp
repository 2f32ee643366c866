// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg doctor`: looks at what a node lives on (disk, clock, limits, ports) and, when nodes are given, at
// the cluster; says of each what it means and what to do. It changes nothing and takes less than ten seconds.
#include <algorithm>
#include <cmath>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/doctor/ClusterProbe.h"
#include "app/cli/doctor/Probes.h"

namespace dsmsg::cli {

namespace {

using namespace dsmsg::doctor;

constexpr Milliseconds diskBudget{3000};
constexpr Milliseconds clockBudget{1000};
constexpr Milliseconds answerWithin{1500};
constexpr double electionMinMs = 300; ///< dsmsg-node's default

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("doctor"),
         QStringLiteral("[DIR] [OPTIONS]"),
         QStringLiteral(
             "Examines this machine: the disk of DIR (the current directory), the clock, limits, the ports; and with --node or\n"
             "DSMSG_NODES the cluster. Each finding is ok, warn (works, may hurt) or bad, with what it means and what to do.\n"
             "Writes a few hundred blocks to a scratch file in DIR, which is gone afterwards. Takes less than ten seconds.\n\n"
             "Exit codes: 0 nothing is bad; 1 something is, or with --strict is worth a warning; 2 wrong usage."),
         QStringLiteral("  dsmsg doctor /var/lib/dsmsg\n"
                        "  dsmsg doctor /var/lib/dsmsg --node 10.0.0.1:8000,10.0.0.2:8000,10.0.0.3:8000\n"
                        "  dsmsg doctor --strict --json | jq 'select(.level != \"ok\")'"),
         {},
         CommandLine::Operand::Path},
        {
            {QStringLiteral("ports"), QStringLiteral("PORT[,PORT...]"),
             QStringLiteral("those that nodes are to listen on (8000,8001,8002)")},
            {QStringLiteral("strict"), QString(), QStringLiteral("exit code 1 for warnings, too")},
        });
}

std::optional<QList<quint16>> readPorts(const CommandLine& line)
{
    QList<quint16> ports;
    const QString text = line.isSet("ports") ? line.text("ports") : QStringLiteral("8000,8001,8002");
    for (const QString& word : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        const ushort port = word.toUShort(&isNumber);
        if (!isNumber || port == 0) {
            line.wrongUsage(
                QStringLiteral("--ports takes numbers from 1 to 65535, not '%1'").arg(printable(word)));
            return std::nullopt;
        }
        ports.append(port);
    }
    return ports;
}

/// Broadcast time << election timeout << mean time between failures (Ongaro and Ousterhout, Raft, 5.6): a
/// tenth is "much less" here. The broadcast is a round trip and a follower's sync.
Finding timeouts(const SyncLatency& sync, std::optional<Duration> roundTrip)
{
    const Duration syncP99 = sync.durations.percentile(0.99).value_or(Duration::zero());
    const Duration broadcast = syncP99 + roundTrip.value_or(Duration::zero());
    const double broadcastMs = double(broadcast.count()) / 1000;
    const double least = std::ceil(broadcastMs * 10 / 50) * 50;
    Finding finding{.area = QStringLiteral("timeouts"), .name = QStringLiteral("election timeout")};
    finding.figures = {{QStringLiteral("broadcast_ms"), broadcastMs},
                       {QStringLiteral("suggested_min_ms"), std::max(least, electionMinMs)}};
    finding.found = QStringLiteral("a broadcast takes %1 (%2): the default of 300-600 ms %3")
                        .arg(inMs(broadcast),
                             roundTrip ? QStringLiteral("p99 of a sync here and of a round trip")
                                       : QStringLiteral("p99 of a sync here"),
                             least <= electionMinMs ? QStringLiteral("is more than ten times that")
                                                    : QStringLiteral("is too short"));
    if (least > electionMinMs) {
        finding.level = Level::Warn;
        finding.advice =
            QStringLiteral(
                "Start all nodes with --election-timeout-min %1 --election-timeout-max %2, or a slow moment of a "
                "disk costs an election.")
                .arg(least)
                .arg(2 * least);
    }
    return finding;
}

Style styleOf(Level level)
{
    return level == Level::Ok ? Style::Good : Style::Bad;
}

void printFindings(const Findings& findings)
{
    QString area;
    for (const Finding& finding : findings) {
        if (finding.area != area)
            print(styled(finding.area, Style::Bold));
        area = finding.area;
        print(QStringLiteral("  %1 %2  %3")
                  .arg(styled(QStringLiteral("%1").arg(QLatin1String(toString(finding.level)), -4),
                              styleOf(finding.level)))
                  .arg(finding.name, -16)
                  .arg(printable(finding.found)));
        if (!finding.advice.isEmpty())
            print(QStringLiteral("       ") + printable(finding.advice));
    }
}

void printJson(const Findings& findings)
{
    for (const Finding& finding : findings)
        print(QJsonDocument(QJsonObject{{QStringLiteral("area"), finding.area},
                                        {QStringLiteral("name"), finding.name},
                                        {QStringLiteral("level"), QLatin1String(toString(finding.level))},
                                        {QStringLiteral("found"), finding.found},
                                        {QStringLiteral("advice"), finding.advice},
                                        {QStringLiteral("figures"), finding.figures}})
                  .toJson(QJsonDocument::Compact));
}

void append(Findings& all, Findings more)
{
    for (Finding& finding : more)
        all.push_back(std::move(finding));
}

int run(const CommandLine& line)
{
    if (line.positional().size() > 1)
        return line.wrongUsage(QStringLiteral("takes one directory"));
    const auto ports = readPorts(line);
    auto options = line.clientOptions();
    if (!ports || !options)
        return ExitCode::Usage;
    options->limits.attempt = std::min(options->limits.attempt, answerWithin);

    Findings findings;
    std::optional<SyncLatency> sync;
    append(findings, examineDisk(line.positional().value(0, QDir::currentPath()), diskBudget, sync));
    append(findings, examineClock(clockBudget));
    append(findings, examineLimits());
    append(findings, examineMachine());
    client::Client client(*options);
    ClusterProbe cluster(client);
    cluster.run();
    append(findings, examinePorts(*ports, cluster.localPorts()));
    // Nobody asked about the default nodes; if they happen to run, they are worth a look.
    if (line.isSet("node") || !qEnvironmentVariableIsEmpty("DSMSG_NODES") || cluster.anyAnswered())
        append(findings, cluster.findings());
    if (sync)
        findings.push_back(timeouts(*sync, cluster.roundTrip()));

    line.isSet("json") ? printJson(findings) : printFindings(findings);
    const Level worst = std::ranges::max_element(findings, {}, &Finding::level)->level;
    return worst == Level::Bad || (worst == Level::Warn && line.isSet("strict")) ? ExitCode::Refused
                                                                                 : ExitCode::Ok;
}

} // namespace

const Command doctorCommand{"doctor", "examine this machine's disk, clock and limits, and the cluster",
                            commandLine, run};

} // namespace dsmsg::cli
