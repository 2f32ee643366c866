// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/collect/Report.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

namespace dsmsg::collect {

namespace {

constexpr std::size_t eventsMax = 10'000;

void addEvent(Report& report, std::size_t node, double seconds, const QString& text)
{
    if (report.events.size() < eventsMax)
        report.events.push_back({seconds, report.nodes[node].name(), text});
    else
        report.eventsCut = true;
}

QJsonObject json(const Sample& sample)
{
    return {{QStringLiteral("t_s"), sample.seconds},
            {QStringLiteral("role"), sample.role},
            {QStringLiteral("leader_id"), sample.leaderId},
            {QStringLiteral("term"), sample.term},
            {QStringLiteral("committed_seq"), sample.committedSeq},
            {QStringLiteral("commit_index"), sample.commitIndex},
            {QStringLiteral("applied_index"), sample.appliedIndex},
            {QStringLiteral("offset_ms"), sample.offsetMs},
            {QStringLiteral("bound_ms"), sample.boundMs ? QJsonValue(*sample.boundMs) : QJsonValue()}};
}

QJsonObject json(const Route& route)
{
    if (route.body.isEmpty())
        return {{QStringLiteral("answered"), false}, {QStringLiteral("reason"), route.problem}};
    const QJsonObject object = QJsonDocument::fromJson(route.body).object();
    return {{QStringLiteral("answered"), true},
            {QStringLiteral("answer"),
             object.isEmpty() ? QJsonValue(QString::fromUtf8(route.body)) : QJsonValue(object)}};
}

} // namespace

QString NodeReport::address() const
{
    return url.toString(QUrl::RemoveScheme).mid(2);
}

QString NodeReport::name() const
{
    return lastStatus.value(QLatin1String("node_id")).toString(address());
}

Sample sampleOf(const QJsonObject& status, double seconds)
{
    const QJsonObject consensus = status.value(QLatin1String("consensus")).toObject();
    const QJsonObject time = status.value(QLatin1String("time_sync")).toObject();
    Sample sample;
    sample.seconds = seconds;
    sample.role = consensus.value(QLatin1String("role")).toString();
    sample.leaderId = consensus.value(QLatin1String("leader_id")).toString();
    sample.term = consensus.value(QLatin1String("current_term")).toDouble();
    sample.committedSeq = status.value(QLatin1String("committed_seq")).toDouble();
    sample.commitIndex = status.value(QLatin1String("commit_index")).toDouble();
    sample.appliedIndex = status.value(QLatin1String("applied_index")).toDouble();
    sample.offsetMs = time.value(QLatin1String("clock_offset")).toDouble() * 1000;
    if (const QJsonValue bound = time.value(QLatin1String("bound")); bound.isDouble())
        sample.boundMs = bound.toDouble() * 1000;
    return sample;
}

void addSample(Report& report, std::size_t at, const Sample& sample)
{
    NodeReport& node = report.nodes[at];
    if (!node.samples.empty()) {
        const Sample& before = node.samples.back();
        if (before.role != sample.role)
            addEvent(report, at, sample.seconds,
                     QStringLiteral("%1, was %2; term %3").arg(sample.role, before.role).arg(sample.term));
        else if (before.term != sample.term)
            addEvent(report, at, sample.seconds,
                     QStringLiteral("term %1, was %2").arg(sample.term).arg(before.term));
        if (before.leaderId != sample.leaderId)
            addEvent(report, at, sample.seconds,
                     sample.leaderId.isEmpty()
                         ? QStringLiteral("knows no leader, had %1").arg(before.leaderId)
                         : QStringLiteral("follows %1").arg(sample.leaderId));
    }
    node.samples.push_back(sample);
}

void addSilence(Report& report, std::size_t at, double seconds, const QString& problem)
{
    NodeReport& node = report.nodes[at];
    if (node.problem.isEmpty() && !problem.isEmpty())
        addEvent(report, at, seconds, QStringLiteral("does not answer: %1").arg(problem));
    else if (!node.problem.isEmpty() && problem.isEmpty())
        addEvent(report, at, seconds, QStringLiteral("answers"));
    node.problem = problem;
}

std::vector<std::pair<double, double>> rates(const NodeReport& node)
{
    std::vector<std::pair<double, double>> out;
    for (std::size_t i = 1; i < node.samples.size(); ++i) {
        const Sample &now = node.samples[i], &before = node.samples[i - 1];
        const double elapsed = now.seconds - before.seconds;
        // Less than before: the node came back without its data.
        if (elapsed > 0 && now.committedSeq >= before.committedSeq)
            out.emplace_back(now.seconds, (now.committedSeq - before.committedSeq) / elapsed);
    }
    return out;
}

std::vector<std::pair<double, double>> lags(const Report& report, const NodeReport& node)
{
    std::vector<std::pair<double, double>> out;
    for (const Sample& sample : node.samples) {
        double furthest = sample.commitIndex;
        for (const NodeReport& other : report.nodes) {
            const auto later = std::ranges::upper_bound(other.samples, sample.seconds, {}, &Sample::seconds);
            if (later != other.samples.begin())
                furthest = std::max(furthest, std::prev(later)->commitIndex);
        }
        out.emplace_back(sample.seconds, furthest - sample.commitIndex);
    }
    return out;
}

QJsonObject Report::json() const
{
    QJsonArray nodesJson, eventsJson;
    for (const NodeReport& node : nodes) {
        QJsonArray samples;
        for (const Sample& sample : node.samples)
            samples.append(collect::json(sample));
        QJsonObject routes;
        for (const Route& route : node.routes)
            routes.insert(route.path, collect::json(route));
        nodesJson.append(
            QJsonObject{{QStringLiteral("url"), node.url.toString()},
                        {QStringLiteral("node_id"), node.lastStatus.value(QLatin1String("node_id"))},
                        {QStringLiteral("version"), node.lastStatus.value(QLatin1String("version"))},
                        {QStringLiteral("problem"), node.problem},
                        {QStringLiteral("samples"), samples},
                        {QStringLiteral("status"), node.lastStatus},
                        {QStringLiteral("routes"), routes}});
    }
    for (const Event& event : events)
        eventsJson.append(QJsonObject{{QStringLiteral("t_s"), event.seconds},
                                      {QStringLiteral("node"), event.node},
                                      {QStringLiteral("text"), event.text}});
    return {{QStringLiteral("begin"), begin.toUTC().toString(Qt::ISODateWithMs)},
            {QStringLiteral("seconds"), seconds},
            {QStringLiteral("dsmsg"), QStringLiteral(DSMSG_VERSION)},
            {QStringLiteral("nodes"), nodesJson},
            {QStringLiteral("events"), eventsJson},
            {QStringLiteral("events_cut"), eventsCut}};
}

} // namespace dsmsg::collect
