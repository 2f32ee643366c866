// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/timeline/Past.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::monitor {

namespace {

/// Rows of one step that all nodes have, and the one of the leader.
struct Step
{
    double ts = 0;
    const HistoryRow* leader = nullptr;
    double worstBound = HistoryRow::unknown;
};

std::vector<Step> stepsOf(const QHash<QString, std::vector<HistoryRow>>& rows)
{
    std::vector<const HistoryRow*> all;
    for (const auto& node : rows) {
        for (const HistoryRow& row : node)
            all.push_back(&row);
    }
    std::sort(all.begin(), all.end(), [](const HistoryRow* a, const HistoryRow* b) { return a->ts < b->ts; });
    std::vector<Step> steps;
    double end = 0; // of the step that is being filled
    for (const HistoryRow* row : all) {
        const double length = std::max(1.0, row->seconds);
        if (steps.empty() || row->ts >= end) {
            steps.push_back({.ts = row->ts});
            end = (std::floor(row->ts / length) + 1) * length;
        }
        Step& step = steps.back();
        step.worstBound = std::fmax(step.worstBound, row->boundMs);
        if (row->leads && (!step.leader || row->term > step.leader->term))
            step.leader = row;
        step.ts = row->ts;
    }
    return steps;
}

} // namespace

ui::ChartPoint withBound(double time, double value, double bound)
{
    return {.time = time, .value = value, .low = value - bound, .high = value + bound};
}

Past pastOf(const QHash<QString, std::vector<HistoryRow>>& rows)
{
    Past past;
    for (const Step& step : stepsOf(rows)) {
        const HistoryRow nobody;
        const HistoryRow& leader = step.leader ? *step.leader : nobody;
        past.acknowledged.push_back({.time = step.ts, .value = leader.acknowledgedPerS});
        past.p50.push_back({.time = step.ts, .value = leader.p50Ms});
        past.p95.push_back({.time = step.ts, .value = leader.p95Ms});
        past.p99.push_back({.time = step.ts, .value = leader.p99Ms});
        // All of the log: it was just elected and had not heard yet what the others have.
        const bool heard = !(leader.lag >= leader.commit && leader.commit > 0);
        past.worstLag.push_back({.time = step.ts, .value = heard ? leader.lag : HistoryRow::unknown});
        past.worstBound.push_back({.time = step.ts, .value = step.worstBound});
    }
    for (auto node = rows.begin(); node != rows.end(); ++node) {
        Points& points = past.offsets[node.key()];
        for (const HistoryRow& row : node.value())
            points.push_back(withBound(row.ts, row.clockOffsetMs, row.boundMs));
    }
    return past;
}

} // namespace dsmsg::monitor
