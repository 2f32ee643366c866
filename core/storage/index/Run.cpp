// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/Run.h"

#include <algorithm>

namespace dsmsg::storage {

std::size_t Run::pageOf(const IndexEntry& entry) const
{
    const auto after = std::upper_bound(fences.begin(), fences.end(), entry);
    return after == fences.begin() ? 0 : static_cast<std::size_t>(after - fences.begin()) - 1;
}

std::size_t RunPage::lowerBound(const IndexEntry& entry) const
{
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (at(middle) < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace dsmsg::storage
