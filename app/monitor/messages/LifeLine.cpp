// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/LifeLine.h"

#include <algorithm>
#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dsmsg::monitor {

namespace {

using Kind = LifeStage::Kind;

constexpr double farther = 4;       ///< times the span before: then the axis is broken before the delivery
constexpr double brokenSpan = 0.74; ///< part of a broken axis that shows what comes before the delivery
constexpr double breakPlace = 0.83;

std::optional<double> timeIn(const QJsonObject& object, const QString& name)
{
    const QJsonValue value = object.value(name);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

/// With `atMs` still in seconds of cluster time.
QList<LifeStage> stagesIn(const QJsonObject& trace)
{
    const auto stage = [&trace](Kind kind, const char* name) {
        return LifeStage{kind, {}, timeIn(trace, QLatin1String(name)), 0, 0};
    };
    QList<LifeStage> stages{stage(Kind::Received, "received"), stage(Kind::Appended, "appended")};
    const QJsonObject durable = trace.value(QLatin1String("durable")).toObject();
    QList<LifeStage> disks;
    for (auto it = durable.begin(); it != durable.end(); ++it)
        disks.append({Kind::Durable, it.key(), timeIn(durable, it.key()), 0, 0});
    std::stable_sort(disks.begin(), disks.end(), [](const LifeStage& a, const LifeStage& b) {
        return a.atMs.value_or(INFINITY) < b.atMs.value_or(INFINITY);
    });
    return stages + disks +
           QList<LifeStage>{stage(Kind::Committed, "committed"), stage(Kind::Applied, "applied"),
                            stage(Kind::Delivered, "delivered")};
}

void makeRelative(LifeLine& line)
{
    std::optional<double> start;
    for (const LifeStage& stage : line.stages)
        if (stage.atMs && (!start || *stage.atMs < *start))
            start = stage.atMs;
    line.startTs = start.value_or(0);
    line.fromReceived = line.stages.first().atMs.has_value();
    for (LifeStage& stage : line.stages)
        if (stage.atMs)
            stage.atMs = (*stage.atMs - *start) * 1000;
}

/// 1, 2 or 5 times a power of ten, so that about three of them fill `span`.
double niceStep(double span)
{
    const double power = std::pow(10, std::floor(std::log10(span / 3)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (span / (factor * power) <= 3.5)
            return factor * power;
    return 10 * power;
}

/// From milliseconds to parts of the axis.
struct Axis
{
    double span = 1;    ///< ms that are linear from 0
    double part = 1;    ///< of the axis that they take
    double beyond = -1; ///< ms at its very end; -1: it is not broken

    double at(double ms) const { return beyond >= 0 && ms > span ? 1 : std::min(1.0, ms / span * part); }
};

Axis axisOf(const QList<LifeStage>& stages)
{
    double span = 0;
    std::optional<double> delivered;
    for (const LifeStage& stage : stages) {
        if (stage.kind == Kind::Delivered)
            delivered = stage.atMs;
        else
            span = std::max(span, stage.atMs.value_or(0));
    }
    constexpr double leastMs = 0.01;
    if (delivered && *delivered > std::max(span, leastMs) * farther)
        return {std::max(span, leastMs), brokenSpan, *delivered};
    return {std::max({span, delivered.value_or(0), leastMs}), 1, -1};
}

/// What had to be done before.
Kind before(Kind kind)
{
    switch (kind) {
    case Kind::Durable:
    case Kind::Committed:
        return Kind::Appended;
    case Kind::Applied:
        return Kind::Committed;
    case Kind::Delivered:
        return Kind::Applied;
    default:
        return Kind::Received;
    }
}

void layOut(LifeLine& line)
{
    const Axis axis = axisOf(line.stages);
    for (LifeStage& stage : line.stages) {
        if (!stage.atMs)
            continue;
        stage.to = axis.at(*stage.atMs);
        stage.from = stage.kind == Kind::Received ? stage.to : 0;
        for (const LifeStage& earlier : line.stages)
            if (earlier.kind == before(stage.kind) && earlier.atMs)
                stage.from = std::min(axis.at(*earlier.atMs), stage.to);
    }
    const double step = niceStep(axis.span);
    for (double ms = 0; ms <= axis.span * 1.001; ms += step)
        line.ticks.append({axis.at(ms), ms});
    if (axis.beyond >= 0) {
        line.breakAt = breakPlace;
        line.ticks.append({1, axis.beyond});
    }
}

} // namespace

int LifeLine::known() const
{
    return int(std::count_if(stages.begin(), stages.end(), [](const auto& s) { return s.atMs.has_value(); }));
}

std::optional<LifeLine> lifeLineOf(const QByteArray& body)
{
    const QJsonObject trace = QJsonDocument::fromJson(body).object();
    LifeLine line;
    line.seq = quint64(std::max(0.0, trace.value(QLatin1String("seq")).toDouble()));
    if (line.seq == 0)
        return std::nullopt;
    line.msgId = trace.value(QLatin1String("msg_id")).toString();
    line.deliverySeq = quint64(std::max(0.0, trace.value(QLatin1String("delivery_seq")).toDouble()));
    for (const QJsonValue& node : trace.value(QLatin1String("held_by")).toArray())
        line.heldBy.append(node.toString());
    line.complete = trace.value(QLatin1String("complete")).toBool();
    line.missing = trace.value(QLatin1String("missing")).toString();
    line.nodeId = trace.value(QLatin1String("node_id")).toString();
    line.leaderUrl = trace.value(QLatin1String("leader_url")).toString();
    line.stages = stagesIn(trace);
    makeRelative(line);
    layOut(line);
    return line;
}

} // namespace dsmsg::monitor
