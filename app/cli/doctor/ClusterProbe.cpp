// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctor/ClusterProbe.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>

#include "app/cli/doctor/Probes.h"

namespace dsmsg::doctor {

namespace {

constexpr int roundTripsEach = 30;
constexpr double clockWarnSeconds = 0.5;

QJsonObject part(const QJsonObject& status, const char* name)
{
    return status.value(QLatin1String(name)).toObject();
}

QString address(const QUrl& url)
{
    return url.toString(QUrl::RemoveScheme).mid(2);
}

} // namespace

ClusterProbe::ClusterProbe(client::Client& client)
    : client_(client)
{
    for (const QUrl& url : client.endpoints())
        nodes_.push_back({url, {}, {}, {}});
}

void ClusterProbe::run()
{
    QEventLoop loop;
    done_ = [&loop] { loop.quit(); };
    missing_ = nodes_.size();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const client::Call::Request request{
            client::HttpRequest::Method::Get, QStringLiteral("/status"), QString(), {}};
        client_.requestFrom(nodes_[i].url, request, [this, i](const Result<QByteArray>& body) {
            Node& node = nodes_[i];
            if (body)
                node.status = QJsonDocument::fromJson(*body).object();
            else
                node.problem = QString::fromStdString(body.error().text);
            ask(i, node.status.isEmpty() ? 0 : roundTripsEach);
        });
    }
    loop.exec();
}

/// One question after the other, so that none waits behind another of ours.
void ClusterProbe::ask(std::size_t at, int left)
{
    if (left == 0) {
        if (--missing_ == 0)
            done_();
        return;
    }
    QElapsedTimer clock;
    clock.start();
    const client::Call::Request request{
        client::HttpRequest::Method::Get, QStringLiteral("/heartbeat"), QString(), {}};
    client_.requestFrom(nodes_[at].url, request, [this, at, left, clock](const Result<QByteArray>& body) {
        if (body)
            nodes_[at].roundTrips.record(Duration(clock.nsecsElapsed() / 1000));
        ask(at, body ? left - 1 : 0);
    });
}

bool ClusterProbe::anyAnswered() const
{
    return std::ranges::any_of(nodes_, [](const Node& node) { return !node.status.isEmpty(); });
}

QList<quint16> ClusterProbe::localPorts() const
{
    QList<quint16> ports;
    for (const Node& node : nodes_) {
        if (!node.status.isEmpty() && node.url.host() == QLatin1String("127.0.0.1"))
            ports.append(quint16(node.url.port(80)));
    }
    return ports;
}

std::optional<Duration> ClusterProbe::roundTrip() const
{
    std::optional<Duration> slowest;
    for (const Node& node : nodes_) {
        if (const auto p99 = node.roundTrips.percentile(0.99))
            slowest = std::max(slowest.value_or(*p99), *p99);
    }
    return slowest;
}

QString ClusterProbe::idOf(const Node& node) const
{
    return node.status.value(QLatin1String("node_id")).toString(address(node.url));
}

Finding ClusterProbe::reachability(const Node& node) const
{
    Finding finding{.area = QStringLiteral("cluster"), .name = address(node.url)};
    if (node.status.isEmpty()) {
        finding.level = Level::Bad;
        finding.found =
            node.problem.isEmpty() ? QStringLiteral("what answers is no dsmsg node") : node.problem;
        finding.advice = QStringLiteral("Start it, or look at the network between here and there.");
        finding.figures = {{QStringLiteral("answered"), false}};
        return finding;
    }
    const Duration p50 = node.roundTrips.percentile(0.5).value_or(Duration::zero());
    const Duration p99 = node.roundTrips.percentile(0.99).value_or(Duration::zero());
    finding.found =
        QStringLiteral("%1, %2; an HTTP round trip takes p50 %3, p99 %4")
            .arg(idOf(node), part(node.status, "consensus").value(QLatin1String("role")).toString(),
                 inMs(p50), inMs(p99));
    finding.figures = {{QStringLiteral("answered"), true},
                       {QStringLiteral("rtt_p50_ms"), double(p50.count()) / 1000},
                       {QStringLiteral("rtt_p99_ms"), double(p99.count()) / 1000}};
    const QString explain = node.status.value(QLatin1String("explain")).toString();
    if (!explain.isEmpty()) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral("It says: ") + explain;
    }
    return finding;
}

/// Whether all that answered have one value.
Finding ClusterProbe::agreement(const char* name, const char* what,
                                const std::function<QString(const QJsonObject&)>& value, Level level,
                                const QString& advice) const
{
    std::map<QString, QStringList> sorted;
    for (const Node& node : nodes_) {
        if (!node.status.isEmpty())
            sorted[value(node.status)].append(idOf(node));
    }
    Finding finding{.area = QStringLiteral("cluster"), .name = QLatin1String(name)};
    QStringList words;
    for (const auto& [text, ids] : sorted)
        words.append(sorted.size() == 1 ? text
                                        : QStringLiteral("%1 (%2)").arg(text, ids.join(QLatin1String(", "))));
    finding.found = words.join(QLatin1String("; "));
    finding.figures = {
        {QLatin1String(what), sorted.size() == 1 ? QJsonValue(sorted.begin()->first) : QJsonValue()}};
    if (sorted.size() > 1) {
        finding.level = level;
        finding.advice = advice;
    }
    return finding;
}

Finding ClusterProbe::leadership() const
{
    std::map<std::pair<double, QString>, std::size_t> votes;
    std::size_t answered = 0;
    for (const Node& node : nodes_) {
        const QJsonObject consensus = part(node.status, "consensus");
        answered += node.status.isEmpty() ? 0u : 1u;
        const QString leader = consensus.value(QLatin1String("leader_id")).toString();
        if (!leader.isEmpty())
            ++votes[{consensus.value(QLatin1String("current_term")).toDouble(), leader}];
    }
    Finding finding{.area = QStringLiteral("cluster"), .name = QStringLiteral("leader")};
    for (const auto& [leader, named] : votes) {
        if (named * 2 <= nodes_.size())
            continue;
        finding.found = QStringLiteral("%1 in term %2, named by %3 of %4 nodes")
                            .arg(leader.second)
                            .arg(leader.first)
                            .arg(named)
                            .arg(nodes_.size());
        finding.figures = {{QStringLiteral("leader_id"), leader.second},
                           {QStringLiteral("term"), leader.first}};
        // One more could be lost only while a majority is left without it.
        if (answered < nodes_.size() && (answered - 1) * 2 <= nodes_.size()) {
            finding.level = Level::Warn;
            finding.advice =
                QStringLiteral("%1 of %2 nodes answer: when one more fails, nothing can be acknowledged.")
                    .arg(answered)
                    .arg(nodes_.size());
        }
        return finding;
    }
    finding.level = Level::Bad;
    finding.found = QStringLiteral("no majority of the nodes given names one leader");
    finding.advice = QStringLiteral("Nothing can be acknowledged. 'dsmsg status' shows what each node says.");
    return finding;
}

Finding ClusterProbe::clocks() const
{
    Finding finding{.area = QStringLiteral("cluster"), .name = QStringLiteral("clocks")};
    double least = 0, greatest = 0;
    QStringList away, lost;
    bool first = true;
    for (const Node& node : nodes_) {
        const QJsonObject time = part(node.status, "time_sync");
        if (node.status.isEmpty())
            continue;
        const double offset = time.value(QLatin1String("clock_offset")).toDouble();
        least = first ? offset : std::min(least, offset);
        greatest = first ? offset : std::max(greatest, offset);
        first = false;
        if (!time.value(QLatin1String("synchronized")).toBool())
            lost.append(idOf(node));
        else if (std::abs(offset) > clockWarnSeconds)
            away.append(idOf(node));
    }
    finding.found =
        QStringLiteral("%1 ms between the furthest two").arg((greatest - least) * 1000, 0, 'f', 3);
    finding.figures = {{QStringLiteral("spread_s"), greatest - least}};
    if (!lost.isEmpty()) {
        finding.level = Level::Warn;
        finding.advice =
            QStringLiteral("Not compared with a majority: %1. Seconds after a start that is normal.")
                .arg(lost.join(QLatin1String(", ")));
    } else if (!away.isEmpty()) {
        finding.level = Level::Warn;
        finding.advice =
            QStringLiteral(
                "Far from cluster time: %1. It is corrected for, but that host's clock should be set (NTP).")
                .arg(away.join(QLatin1String(", ")));
    }
    return finding;
}

Finding ClusterProbe::mode() const
{
    Finding finding = agreement(
        "replication mode", "mode",
        [](const QJsonObject& status) { return status.value(QLatin1String("replication_mode")).toString(); },
        Level::Warn,
        QStringLiteral(
            "What an acknowledgement promises depends on who leads. Start all nodes with one --replication_mode."));
    if (finding.level == Level::Ok && finding.found == QLatin1String("async")) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "The leader acknowledges alone: with it, acknowledged messages can be lost. --replication_mode "
            "sync_quorum waits for a majority's disks.");
    }
    return finding;
}

Findings ClusterProbe::findings() const
{
    Findings findings;
    for (const Node& node : nodes_)
        findings.push_back(reachability(node));
    if (!anyAnswered())
        return findings;
    findings.push_back(agreement(
        "cluster id", "cluster_id",
        [](const QJsonObject& status) {
            return part(status, "consensus")
                .value(QLatin1String("cluster_id"))
                .toString(QStringLiteral("none yet"));
        },
        Level::Bad,
        QStringLiteral(
            "These nodes belong to different clusters and will never work together. Look at --peers and "
            "the data directories.")));
    findings.push_back(agreement(
        "version", "version",
        [](const QJsonObject& status) { return status.value(QLatin1String("version")).toString(); },
        Level::Warn, QStringLiteral("Fine while you upgrade node by node; finish it.")));
    findings.push_back(mode());
    findings.push_back(leadership());
    findings.push_back(clocks());
    return findings;
}

} // namespace dsmsg::doctor
