// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/FeedPosition.h"

#include <charconv>
#include <cstdint>

namespace dsmsg::http {

std::optional<Fault> readFeedPosition(std::string_view text, std::string_view name, FeedWish& wish)
{
    constexpr std::uint64_t positionMax = INT64_MAX;
    const FeedOrder order = text.starts_with("d:") ? FeedOrder::Delivery : FeedOrder::Seq;
    if (text.starts_with("d:") || text.starts_with("s:"))
        text.remove_prefix(2);
    std::uint64_t position = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, position);
    if (parsed.ec != std::errc() || parsed.ptr != end || position > positionMax)
        return Fault{400, std::string(name) + " must be s:SEQ, d:DELIVERY_SEQ or a seq"};
    if (order != wish.order)
        return Fault{400,
                     std::string(name) + (wish.order == FeedOrder::Seq
                                              ? " counts deliveries (d:), which goes with order=delivery"
                                              : " is a seq; order=delivery goes on from d:DELIVERY_SEQ")};
    wish.after = position;
    return std::nullopt;
}

std::string feedPositionText(FeedOrder order, std::uint64_t position)
{
    return (order == FeedOrder::Seq ? "s:" : "d:") + std::to_string(position);
}

} // namespace dsmsg::http
