// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/DeliveryOrder.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace dsmsg::messaging {

void DeliveryOrder::load(std::vector<HeldMessage> held)
{
    held_ = std::move(held);
    std::ranges::make_heap(held_, std::greater<>{});
    runs_.clear();
}

void DeliveryOrder::advance(UnixTime watermark, DeliveryState& state)
{
    if (watermark <= state.watermark)
        return;
    state.watermark = watermark;
    while (!held_.empty() && held_.front().orderTs <= watermark) {
        std::ranges::pop_heap(held_, std::greater<>{});
        deliver(held_.back().seq, false, state);
        held_.pop_back();
    }
}

void DeliveryOrder::add(const HeldMessage& message, DeliveryState& state)
{
    if (message.orderTs <= state.watermark)
        return deliver(message.seq, true, state);
    held_.push_back(message);
    std::ranges::push_heap(held_, std::greater<>{});
}

void DeliveryOrder::deliver(Seq seq, bool late, DeliveryState& state)
{
    ++state.last;
    if (late)
        ++state.late;
    if (seq < state.highest)
        ++state.reordered;
    state.highest = std::max(state.highest, seq);
    state.orderHash = extendOrderHash(state.orderHash, seq);
    if (!runs_.empty() && runs_.back().endSeq() == seq && runs_.back().late == late)
        ++runs_.back().count;
    else
        runs_.push_back({seq, 1, late});
}

std::vector<DeliveryRun> DeliveryOrder::takeRuns()
{
    return std::exchange(runs_, {});
}

std::optional<UnixTime> DeliveryOrder::oldest() const
{
    return held_.empty() ? std::nullopt : std::optional(held_.front().orderTs);
}

std::optional<UnixTime> DeliveryOrder::watermarkLeaving(std::size_t count) const
{
    if (held_.size() <= count)
        return std::nullopt;
    std::vector<HeldMessage> all = held_;
    const auto last = all.begin() + static_cast<std::ptrdiff_t>(all.size() - count - 1);
    std::ranges::nth_element(all, last);
    return last->orderTs;
}

} // namespace dsmsg::messaging
