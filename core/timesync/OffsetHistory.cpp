// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/OffsetHistory.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dsmsg::timesync {

void OffsetHistory::add(Duration offset)
{
    offsets_.push_back(offset);
    if (offsets_.size() > offsetsMax)
        offsets_.pop_front();
}

std::optional<OffsetFigures> OffsetHistory::figures() const
{
    if (offsets_.empty())
        return std::nullopt;
    std::vector<Duration> sorted(offsets_.begin(), offsets_.end());
    std::ranges::sort(sorted);
    const std::size_t n = sorted.size();

    // Around one of them, so that clocks that are years apart lose no digit.
    const Duration origin = sorted.front();
    double sum = 0;
    for (Duration offset : sorted)
        sum += static_cast<double>((offset - origin).count());
    const double mean = sum / static_cast<double>(n);
    double squares = 0;
    for (Duration offset : sorted)
        squares += std::pow(static_cast<double>((offset - origin).count()) - mean, 2);

    OffsetFigures figures;
    figures.current = offsets_.back();
    figures.mean = origin + Duration(std::llround(mean));
    figures.median = sorted[(n - 1) / 2] + (sorted[n / 2] - sorted[(n - 1) / 2]) / 2;
    figures.least = sorted.front();
    figures.greatest = sorted.back();
    if (n > 1)
        figures.deviation = Duration(std::llround(std::sqrt(squares / static_cast<double>(n - 1))));
    figures.measurements = n;
    return figures;
}

} // namespace dsmsg::timesync
