// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Report.h"

#include <algorithm>

#include <QJsonArray>
#include <QSysInfo>
#include <QThread>

#include "app/cli/Console.h"

namespace dsmsg::bench {

namespace {

using cli::grouped;
using cli::printable;

constexpr struct
{
    const char* name;
    const char* key;
    double share;
} percentiles[] = {{"p50", "p50", 0.5},
                   {"p90", "p90", 0.9},
                   {"p95", "p95", 0.95},
                   {"p99", "p99", 0.99},
                   {"p99.9", "p99_9", 0.999}};

double ms(Duration duration)
{
    return double(duration.count()) / 1000;
}

QString inMs(double value)
{
    return QString::number(value, 'f', value < 10 ? 2 : 1);
}

/// Never more than the greatest: the histogram rounds up.
double percentileMs(const Tally& tally, double share)
{
    return ms(std::min(tally.latency().percentile(share).value_or(Duration::zero()), tally.greatest()));
}

double perMessage(Duration cpu, std::uint64_t messages)
{
    return messages == 0 ? 0 : double(cpu.count()) / double(messages);
}

QJsonObject latencyJson(const Tally& tally)
{
    QJsonObject json{{QStringLiteral("count"), double(tally.latency().count())},
                     {QStringLiteral("max"), ms(tally.greatest())}};
    if (tally.latency().count() > 0)
        json.insert(QStringLiteral("mean"), ms(tally.latency().sum()) / double(tally.latency().count()));
    for (const auto& percentile : percentiles)
        json.insert(QLatin1String(percentile.key), percentileMs(tally, percentile.share));
    return json;
}

QJsonObject outcomesJson(const Totals& totals)
{
    return {{QStringLiteral("started"), double(totals.started)},
            {QStringLiteral("acknowledged"), double(totals.acknowledged)},
            {QStringLiteral("duplicates"), double(totals.duplicates)},
            {QStringLiteral("rejected"), double(totals.rejected)},
            {QStringLiteral("unknown"), double(totals.unknown)},
            {QStringLiteral("refused"), double(totals.refused)},
            {QStringLiteral("unsent"), double(totals.unsent)}};
}

QJsonObject attemptsJson(const Totals& totals)
{
    return {{QStringLiteral("retries"), double(totals.retries)},
            {QStringLiteral("redirects"), double(totals.redirects)},
            {QStringLiteral("unavailable"), double(totals.unavailable)},
            {QStringLiteral("broken_connections"), double(totals.broken)},
            {QStringLiteral("timeouts"), double(totals.timeouts)}};
}

QJsonArray changesJson(const Tally& tally)
{
    QJsonArray array;
    for (const LeaderChange& change : tally.leaderChanges())
        array.append(QJsonObject{{QStringLiteral("at_s"), change.atSeconds},
                                 {QStringLiteral("from"), QString::fromStdString(change.from)},
                                 {QStringLiteral("to"), QString::fromStdString(change.to)},
                                 {QStringLiteral("silence_ms"), ms(change.silence)}});
    return array;
}

QJsonArray secondsJson(const Tally& tally)
{
    QJsonArray array;
    for (const SecondFigures& second : tally.seconds())
        array.append(
            QJsonObject{{QStringLiteral("acknowledged"), double(second.acknowledged)},
                        {QStringLiteral("problems"), double(second.problems)},
                        {QStringLiteral("leader_changes"), double(second.leaderChanges)},
                        {QStringLiteral("p99_ms"), second.p99 ? QJsonValue(ms(*second.p99)) : QJsonValue()}});
    return array;
}

QJsonValue statusJson(const std::optional<client::NodeStatus>& status)
{
    if (!status)
        return QJsonValue();
    return QJsonObject{{QStringLiteral("node_id"), status->nodeId},
                       {QStringLiteral("role"), status->role},
                       {QStringLiteral("term"), double(status->term)},
                       {QStringLiteral("leader_id"), status->leaderId},
                       {QStringLiteral("committed_seq"), double(status->committedSeq)},
                       {QStringLiteral("mode"), status->mode}};
}

} // namespace

bool Report::clean() const
{
    const Totals& totals = tally.totals;
    return totals.acknowledged > 0 && totals.rejected + totals.unknown + totals.refused == 0;
}

std::optional<quint64> Report::stored() const
{
    std::optional<quint64> before, after;
    for (const NodeFigures& node : nodes) {
        if (node.before)
            before = std::max(before.value_or(0), node.before->committedSeq);
        if (node.after)
            after = std::max(after.value_or(0), node.after->committedSeq);
    }
    if (!before || !after || *after < *before)
        return std::nullopt;
    return *after - *before;
}

QJsonObject Report::json() const
{
    QJsonArray nodesJson;
    Duration cpu{};
    bool cpuKnown = !nodes.empty();
    for (const NodeFigures& node : nodes) {
        nodesJson.append(
            QJsonObject{{QStringLiteral("url"), node.url.toString()},
                        {QStringLiteral("before"), statusJson(node.before)},
                        {QStringLiteral("after"), statusJson(node.after)},
                        {QStringLiteral("cpu_us_per_message"),
                         node.cpu ? QJsonValue(perMessage(*node.cpu, tally.measured())) : QJsonValue()}});
        cpuKnown = cpuKnown && node.cpu;
        cpu += node.cpu.value_or(Duration::zero());
    }
    const double rate = measuredSeconds > 0 ? double(tally.measured()) / measuredSeconds : 0;
    const auto storedNow = stored();
    return {
        {QStringLiteral("settings"), settings},
        {QStringLiteral("machine"), QJsonObject{{QStringLiteral("cores"), QThread::idealThreadCount()},
                                                {QStringLiteral("system"), QSysInfo::prettyProductName()},
                                                {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
                                                {QStringLiteral("dsmsg"), QStringLiteral(DSMSG_VERSION)}}},
        {QStringLiteral("run"), run},
        {QStringLiteral("interrupted"), interrupted},
        {QStringLiteral("measured_s"), measuredSeconds},
        {QStringLiteral("measured_acknowledged"), double(tally.measured())},
        {QStringLiteral("acknowledged_per_s"), rate},
        {QStringLiteral("latency_ms"), latencyJson(tally)},
        {QStringLiteral("outcomes"), outcomesJson(tally.totals)},
        {QStringLiteral("attempts"), attemptsJson(tally.totals)},
        {QStringLiteral("longest_silence_ms"), ms(tally.longestSilence())},
        {QStringLiteral("leader_change_count"), double(tally.leaderChangeCount())},
        {QStringLiteral("leader_changes"), changesJson(tally)},
        {QStringLiteral("stored"), storedNow ? QJsonValue(double(*storedNow)) : QJsonValue()},
        {QStringLiteral("cpu_us_per_message"),
         QJsonObject{{QStringLiteral("nodes"),
                      cpuKnown ? QJsonValue(perMessage(cpu, tally.measured())) : QJsonValue()},
                     {QStringLiteral("client"), perMessage(clientCpu, tally.measured())}}},
        {QStringLiteral("nodes"), nodesJson},
        {QStringLiteral("last_problem"), lastProblem},
        {QStringLiteral("seconds"), secondsJson(tally)},
    };
}

QString Report::cpuInWords() const
{
    QStringList each;
    Duration sum{};
    bool allKnown = true;
    for (const NodeFigures& node : nodes) {
        allKnown = allKnown && node.cpu;
        sum += node.cpu.value_or(Duration::zero());
        each.append(node.cpu ? QString::number(perMessage(*node.cpu, tally.measured()), 'f', 1)
                             : QStringLiteral("unknown"));
    }
    const QString client =
        QStringLiteral("client %1").arg(perMessage(clientCpu, tally.measured()), 0, 'f', 1);
    if (sum == Duration::zero())
        return client;
    const QString all =
        allKnown ? QString::number(perMessage(sum, tally.measured()), 'f', 1) : QStringLiteral("unknown");
    return QStringLiteral("nodes %1 (%2), %3").arg(all, each.join(QLatin1String(" + ")), client);
}

QStringList Report::lines() const
{
    const Totals& totals = tally.totals;
    const double rate = measuredSeconds > 0 ? double(tally.measured()) / measuredSeconds : 0;
    QStringList lines{headline};
    const auto line = [&lines](const char* name, const QString& value) {
        lines.append(QStringLiteral("  %1  %2").arg(QLatin1String(name), -14).arg(value));
    };
    line("acknowledged", cli::styled(QStringLiteral("%1/s").arg(grouped(quint64(rate))), cli::Style::Bold) +
                             QStringLiteral("  (%1 in %2 s measured; %3 in all)")
                                 .arg(grouped(tally.measured()))
                                 .arg(measuredSeconds, 0, 'f', 1)
                                 .arg(grouped(totals.acknowledged)));
    QStringList shares;
    for (const auto& percentile : percentiles)
        shares.append(QStringLiteral("%1 %2").arg(QLatin1String(percentile.name),
                                                  inMs(percentileMs(tally, percentile.share))));
    line("latency, ms",
         shares.join(QLatin1String("   ")) + QStringLiteral("   max ") + inMs(ms(tally.greatest())));
    const bool allWell = totals.rejected + totals.unknown + totals.refused + totals.unsent == 0;
    line("outcomes", cli::styled(QStringLiteral("%1 rejected, %2 unknown, %3 refused, %4 never sent")
                                     .arg(grouped(totals.rejected), grouped(totals.unknown),
                                          grouped(totals.refused), grouped(totals.unsent)),
                                 allWell ? cli::Style::Plain : cli::Style::Bad));
    if (totals.retries + totals.broken > 0)
        line("attempts",
             QStringLiteral(
                 "%1 repeated: %2 redirects, %3 answers \"not now\", %4 timeouts; %5 connections broke; "
                 "%6 acknowledged as stored before")
                 .arg(grouped(totals.retries), grouped(totals.redirects), grouped(totals.unavailable),
                      grouped(totals.timeouts), grouped(totals.broken), grouped(totals.duplicates)));
    line("leader", QStringLiteral("%1 changes; longest time without an acknowledgement %2 ms")
                       .arg(tally.leaderChangeCount())
                       .arg(inMs(ms(tally.longestSilence()))));
    for (const LeaderChange& change : tally.leaderChanges())
        line("", QStringLiteral("%1 -> %2 at %3 s, %4 ms without an acknowledgement")
                     .arg(QString::fromStdString(change.from), QString::fromStdString(change.to))
                     .arg(change.atSeconds, 0, 'f', 1)
                     .arg(inMs(ms(change.silence))));
    line("CPU, us/msg", cpuInWords());
    if (const auto more = stored())
        line("stored",
             QStringLiteral("%1 messages more than before, by the nodes' own count").arg(grouped(*more)));
    if (!lastProblem.isEmpty())
        line("last problem", printable(lastProblem));
    return lines;
}

} // namespace dsmsg::bench
