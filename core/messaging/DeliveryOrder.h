// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order of delivery: by corrected time, the same on every node (CORE.md, Delivery order). Applied
// messages wait until the watermark, which the leader moves through the log, passes their time, and then get
// their delivery seqs in order of (time, seq). What comes when the watermark has passed its time already is
// delivered at once and marked late; nothing is dropped.
//
// Because every batch carries a watermark no lower than any before it, the order follows from the batches
// alone: a snapshot sends no delivery seqs, its receiver works them out again and compares the result
// (Snapshot.cpp).
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::messaging {

/// Where delivery stands; part of the applied state.
struct DeliveryState
{
    UnixTime watermark{};        ///< everything up to here is delivered; never goes back
    DeliverySeq last;            ///< given out
    Seq highest;                 ///< greatest seq delivered
    std::uint64_t late = 0;      ///< messages that came after their time
    std::uint64_t reordered = 0; ///< messages delivered after one with a greater seq
    std::uint64_t orderHash = 0; ///< over the seqs in order of delivery
    bool operator==(const DeliveryState&) const = default;
};

/// Messages delivered one after another whose seqs follow each other too.
struct DeliveryRun
{
    Seq firstSeq;
    std::uint64_t count = 0;
    bool late = false; ///< all of them

    Seq endSeq() const { return firstSeq + count; } ///< one past the last
    bool operator==(const DeliveryRun&) const = default;
};

/// An applied message that waits for its time.
struct HeldMessage
{
    UnixTime orderTs;
    Seq seq;
    auto operator<=>(const HeldMessage&) const = default;
};

/// DeliveryState::orderHash after one more message. Multiplicative: it is compared between nodes, none of
/// which chooses the seqs.
inline std::uint64_t extendOrderHash(std::uint64_t hash, Seq seq)
{
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    return (std::rotl(hash, 5) ^ seq.value) * odd;
}

class DeliveryOrder
{
public:
    /// Begins anew with what waits, in any order.
    void load(std::vector<HeldMessage> held);

    /// Delivers what has its time at or before `watermark`; a lower one than the state's does nothing.
    void advance(UnixTime watermark, DeliveryState& state);
    void add(const HeldMessage& message, DeliveryState& state);
    /// What was delivered since the last call.
    std::vector<DeliveryRun> takeRuns();

    std::size_t held() const { return held_.size(); }
    std::optional<UnixTime> oldest() const;
    /// The lowest watermark that leaves at most `count` of them waiting; none when no more do.
    std::optional<UnixTime> watermarkLeaving(std::size_t count) const;
    /// In no order.
    std::span<const HeldMessage> waiting() const { return held_; }

private:
    void deliver(Seq seq, bool late, DeliveryState& state);

    std::vector<HeldMessage> held_; ///< a heap, the oldest on top
    std::vector<DeliveryRun> runs_;
};

} // namespace dsmsg::messaging
