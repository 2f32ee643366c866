// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/History.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::node {

namespace {

constexpr std::chrono::seconds coarse{10};

std::int64_t stretchOf(const HistoryRow& row, std::chrono::seconds step)
{
    return std::chrono::floor<std::chrono::seconds>(row.at).time_since_epoch().count() / step.count();
}

float mean(float a, std::uint32_t weightA, float b, std::uint32_t weightB)
{
    const auto wa = static_cast<float>(weightA);
    const auto wb = static_cast<float>(weightB);
    return (a * wa + b * wb) / (wa + wb);
}

/// `row`, which ends earlier, becomes one row with `next`.
void join(HistoryRow& row, const HistoryRow& next)
{
    HistoryRow joined = next;
    joined.seconds = row.seconds + next.seconds;
    joined.acknowledged = mean(row.acknowledged, row.seconds, next.acknowledged, next.seconds);
    joined.appliedMessages = mean(row.appliedMessages, row.seconds, next.appliedMessages, next.seconds);
    for (float HistoryRow::*column :
         {&HistoryRow::p50, &HistoryRow::p95, &HistoryRow::p99, &HistoryRow::fsync, &HistoryRow::bound,
          &HistoryRow::lag, &HistoryRow::pending, &HistoryRow::held})
        joined.*column = std::max(row.*column, next.*column);
    if (std::fabs(row.clockOffset) > std::fabs(next.clockOffset))
        joined.clockOffset = row.clockOffset;
    row = joined;
}

void keep(std::deque<HistoryRow>& rows, const HistoryRow& row, std::size_t max)
{
    rows.push_back(row);
    if (rows.size() > max)
        rows.pop_front();
}

} // namespace

void History::add(const HistoryRow& row)
{
    keep(seconds_, row, secondsKept);
    if (ten_ && stretchOf(*ten_, coarse) == stretchOf(row, coarse))
        return join(*ten_, row);
    if (ten_)
        keep(tens_, *ten_, tensKept);
    ten_ = row;
}

HistoryPage History::find(const HistoryQuery& query) const
{
    HistoryPage page;
    const auto take = [&](const HistoryRow& row) {
        if (row.at < query.from || row.at >= query.to || page.more)
            return;
        if (!page.rows.empty() && stretchOf(page.rows.back(), query.step) == stretchOf(row, query.step))
            return join(page.rows.back(), row);
        page.more = page.rows.size() == query.rowsMax;
        if (!page.more)
            page.rows.push_back(row);
    };
    if (query.step < coarse) {
        std::ranges::for_each(seconds_, take);
        return page;
    }
    std::ranges::for_each(tens_, take);
    if (ten_)
        take(*ten_);
    return page;
}

} // namespace dsmsg::node
