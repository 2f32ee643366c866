// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/LogGauge.h"

#include <algorithm>

namespace dsmsg::node {

namespace {

/// A log between two compactions has about this many marks.
constexpr std::uint64_t marksPerKeep = 64;
/// Compacting begins when the log is this much (an eighth) longer than what is to be kept.
constexpr std::uint64_t slackPart = 8;

} // namespace

void LogGauge::restored(LogIndex base, LogIndex last, std::uint64_t bytes, std::uint64_t messages)
{
    marks_ = {{base, 0, 0}};
    if (last > base)
        marks_.push_back({last, bytes, messages});
}

void LogGauge::reset(LogIndex base)
{
    marks_ = {{base, 0, 0}};
}

void LogGauge::applied(LogIndex last, std::uint64_t bytes, std::uint64_t messages)
{
    Mark& newest = marks_.back();
    if (last <= newest.index)
        return;
    const Mark now{last, newest.bytes + bytes, newest.messages + messages};
    // The newest mark moves along until it is far enough from the one before it.
    const Mark* before = marks_.size() > 1 ? &marks_[marks_.size() - 2] : nullptr;
    const bool apart = before == nullptr || newest.bytes - before->bytes > keep_.bytes / marksPerKeep ||
                       newest.messages - before->messages > keep_.messages / marksPerKeep;
    if (apart)
        marks_.push_back(now);
    else
        newest = now;
}

void LogGauge::compacted(LogIndex index)
{
    while (marks_.size() > 1 && marks_[1].index <= index)
        marks_.pop_front();
    Mark& first = marks_.front();
    if (marks_.size() > 1 && first.index < index) {
        const Mark& next = marks_[1];
        const std::uint64_t span = next.index - first.index;
        const std::uint64_t passed = index - first.index;
        first = {index, first.bytes + (next.bytes - first.bytes) / span * passed,
                 first.messages + (next.messages - first.messages) / span * passed};
    }
    first.index = std::max(first.index, index);
}

std::optional<LogIndex> LogGauge::target() const
{
    const Mark& newest = marks_.back();
    const Mark& oldest = marks_.front();
    const bool longer = newest.bytes - oldest.bytes > keep_.bytes + keep_.bytes / slackPart ||
                        newest.messages - oldest.messages > keep_.messages + keep_.messages / slackPart;
    if (!longer)
        return std::nullopt;
    // The newest mark behind which enough would be left.
    const auto enough = [&](const Mark& mark) {
        return newest.bytes - mark.bytes >= keep_.bytes || newest.messages - mark.messages >= keep_.messages;
    };
    const auto found = std::ranges::find_if(marks_.rbegin(), marks_.rend(), enough);
    if (found == marks_.rend() || found->index <= oldest.index)
        return std::nullopt;
    return found->index;
}

} // namespace dsmsg::node
