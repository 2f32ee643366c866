// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/LinkFaults.h"

#include <algorithm>

namespace dsmsg::net {

namespace {

constexpr std::size_t heldMax = 10'000;

bool concerns(const LinkRule& rule, Way way, const PeerName& peer)
{
    const auto ways = static_cast<unsigned>(rule.way) & static_cast<unsigned>(way);
    const auto named = [&](const std::string& name) { return name == peer.url || name == peer.id; };
    return ways != 0 && (rule.peers.empty() || std::ranges::any_of(rule.peers, named));
}

} // namespace

bool LinkFaults::cuts(Way way, const PeerName& peer) const
{
    return std::ranges::any_of(rules_,
                               [&](const LinkRule& rule) { return rule.cut && concerns(rule, way, peer); });
}

std::optional<Milliseconds> LinkFaults::fate(Way way, const PeerName& peer)
{
    Milliseconds delay{0};
    for (const LinkRule& rule : rules_) {
        if (!concerns(rule, way, peer))
            continue;
        constexpr std::uint64_t parts = 1'000'000;
        if (rule.cut || random_.chance(static_cast<std::uint64_t>(rule.loss * double{parts}), parts))
            return std::nullopt;
        delay += rule.delay;
    }
    return delay;
}

void HeldFrames::hold(Instant due, Held frame)
{
    if (frames_.size() < heldMax)
        frames_.emplace(due, std::move(frame));
}

std::vector<HeldFrames::Held> HeldFrames::takeDue(Instant now)
{
    std::vector<Held> due;
    const auto end = frames_.upper_bound(now);
    for (auto it = frames_.begin(); it != end; ++it)
        due.push_back(std::move(it->second));
    frames_.erase(frames_.begin(), end);
    return due;
}

std::optional<Instant> HeldFrames::next() const
{
    return frames_.empty() ? std::nullopt : std::optional(frames_.begin()->first);
}

} // namespace dsmsg::net
