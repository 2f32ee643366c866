// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a subscriber goes on from, as clients write it: `s:17` is a seq, `d:17` a delivery seq, a plain
// number a seq.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/Fault.h"
#include "core/http/Feed.h"

namespace dsmsg::http {

/// Sets `wish.after`, by the order that `wish` has already. `name` is what the fault calls it.
std::optional<Fault> readFeedPosition(std::string_view text, std::string_view name, FeedWish& wish);
/// The same way round.
std::string feedPositionText(FeedOrder order, std::uint64_t position);

} // namespace dsmsg::http
