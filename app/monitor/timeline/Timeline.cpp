// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/timeline/Timeline.h"

#include <cmath>

#include "app/monitor/timeline/HistoryReader.h"
#include "app/monitor/timeline/Past.h"

namespace dsmsg::monitor {

namespace {

/// Tones of the figures of the whole cluster; nodes have those of their place.
constexpr int throughputTone = 0;
constexpr int p50Tone = 2;
constexpr int p95Tone = 1;
constexpr int p99Tone = 5;
constexpr int worstTone = 7;

} // namespace

Timeline::Timeline(Requests& requests, ClusterMonitor& cluster, QObject* parent)
    : QObject(parent)
    , requests_(requests)
    , cluster_(cluster)
{
    const auto prepare = [](ui::ChartSeries& series, const QString& name, int tone,
                            ui::ChartSeries::Merge merge) {
        series.setName(name);
        series.setTone(tone);
        series.setMerge(merge);
    };
    prepare(acknowledged_, {}, throughputTone, ui::ChartSeries::Mean);
    acknowledged_.setFill(0.28);
    prepare(p50_, QStringLiteral("p50"), p50Tone, ui::ChartSeries::Greatest);
    prepare(p95_, QStringLiteral("p95"), p95Tone, ui::ChartSeries::Greatest);
    prepare(p99_, QStringLiteral("p99"), p99Tone, ui::ChartSeries::Greatest);
    prepare(worstLag_, {}, worstTone, ui::ChartSeries::Greatest);
    worstLag_.setDashed(true);
    prepare(worstBound_, {}, worstTone, ui::ChartSeries::Greatest);
    nameLines();

    second_.setInterval(1000);
    connect(&second_, &QTimer::timeout, this, &Timeline::second);
    connect(&cluster_, &ClusterMonitor::sampled, this, &Timeline::sampled);
    connect(&cluster_, &ClusterMonitor::connectedAnew, this, &Timeline::clear);
    connect(&cluster_, &ClusterMonitor::retranslated, this, &Timeline::nameLines);
}

Timeline::~Timeline() = default;

void Timeline::nameLines()
{
    acknowledged_.setName(tr("acknowledged"));
    worstLag_.setName(tr("worst"));
    worstBound_.setName(tr("worst bound"));
}

QVariantList Timeline::lags()
{
    QVariantList all{QVariant::fromValue(&worstLag_)};
    for (const auto& [id, lines] : lines_)
        all.append(QVariant::fromValue(&lines->lag));
    return all;
}

QVariantList Timeline::offsets()
{
    QVariantList all;
    for (const auto& [id, lines] : lines_)
        all.append(QVariant::fromValue(&lines->offset));
    return all;
}

double Timeline::earliest() const
{
    const auto points = worstBound_.points();
    return points.empty() ? LiveSecond::unknown : points.front().time;
}

bool Timeline::filling() const
{
    return std::any_of(readers_.begin(), readers_.end(),
                       [](const auto& reader) { return reader.second->running(); });
}

void Timeline::clear()
{
    second_.stop();
    readers_.clear();
    live_.clear();
    now_ = LiveSecond::unknown;
    for (ui::ChartSeries* series : {&acknowledged_, &p50_, &p95_, &p99_, &worstLag_, &worstBound_})
        series->clear();
    // The charts still hold the lines until they have heard of it.
    auto gone = std::move(lines_);
    lines_.clear();
    Q_EMIT nodesChanged();
    Q_EMIT filled();
    Q_EMIT advanced();
}

Timeline::Lines* Timeline::linesOf(const QString& nodeId)
{
    if (const auto known = lines_.find(nodeId); known != lines_.end())
        return known->second.get();
    if (nodeId.isEmpty() || lines_.size() >= mostNodes)
        return nullptr;
    auto lines = std::make_unique<Lines>();
    lines->lag.setName(nodeId);
    lines->lag.setMerge(ui::ChartSeries::Greatest);
    lines->offset.setName(nodeId);
    lines->offset.setMerge(ui::ChartSeries::Farthest);
    Lines* made = lines_.emplace(nodeId, std::move(lines)).first->second.get();
    // A node has the same colour in both charts.
    int tone = 0;
    for (const auto& [id, each] : lines_) {
        each->lag.setTone(tone);
        each->offset.setTone(tone);
        ++tone;
    }
    Q_EMIT nodesChanged();
    return made;
}

void Timeline::sampled(NodeState* node, const SamplePtr& sample)
{
    live_.take(*sample);
    if (linesOf(sample->nodeId) && !readers_.contains(sample->nodeId))
        fill(sample->nodeId, node->url());
    if (!second_.isActive())
        second_.start();
}

void Timeline::second()
{
    const double now = cluster_.clusterTs();
    if (!std::isfinite(now) || now <= now_)
        return;
    now_ = now;
    const auto add = [now](ui::ChartSeries& series, double value) {
        series.append({.time = now, .value = value});
    };
    add(acknowledged_, live_.acknowledgedPerS());
    add(p50_, live_.p50Ms());
    add(p95_, live_.p95Ms());
    add(p99_, live_.p99Ms());
    add(worstLag_, live_.worstLag());
    add(worstBound_, live_.worstBoundMs());
    for (auto& [id, lines] : lines_) {
        add(lines->lag, live_.lags().value(id, LiveSecond::unknown));
        const NodeState* node = cluster_.nodes()->byId(id);
        const bool known = node && node->freshness() <= NodeState::Freshness::Aging;
        lines->offset.append(withBound(now, known ? node->clockOffsetMs() : LiveSecond::unknown,
                                       known ? node->boundMs() : LiveSecond::unknown));
    }
    live_.clear();
    Q_EMIT advanced();
}

void Timeline::fill(const QString& nodeId, const QUrl& url)
{
    auto& reader = readers_[nodeId];
    reader = std::make_unique<HistoryReader>(requests_, nodeId, url, this);
    connect(reader.get(), &HistoryReader::finished, this, [this] {
        if (!filling())
            takePast();
    });
    reader->start();
    Q_EMIT filled();
}

void Timeline::takePast()
{
    QHash<QString, std::vector<HistoryRow>> rows;
    for (const auto& [id, reader] : readers_)
        rows.insert(id, reader->rows());
    Past past = pastOf(rows);
    acknowledged_.setPast(std::move(past.acknowledged));
    p50_.setPast(std::move(past.p50));
    p95_.setPast(std::move(past.p95));
    p99_.setPast(std::move(past.p99));
    worstLag_.setPast(std::move(past.worstLag));
    worstBound_.setPast(std::move(past.worstBound));
    for (auto& [id, lines] : lines_)
        lines->offset.setPast(std::move(past.offsets[id]));
    Q_EMIT filled();
}

} // namespace dsmsg::monitor
