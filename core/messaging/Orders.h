// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a command may order besides its messages: to move the cursor of an inbox, to set what is kept, to
// remove messages. Like messages they name every value that could differ between nodes; above all a removal
// lists the messages, because "older than a day" means something else at every moment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/Cbor.h"
#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::messaging {

/// Bounds of the applied state, equal on every node and so no options.
inline constexpr std::size_t cursorsMax = 50'000;      ///< inboxes with a cursor; a snapshot's last piece
                                                       ///< carries them all
inline constexpr std::size_t retentionRulesMax = 1000; ///< the cluster's included
inline constexpr std::uint64_t removalsMax = 4096;     ///< messages removed by one entry

/// The consumer of `recipient`'s inbox is done with everything up to `seq`. Cumulative: a lower one than the
/// cursor's does nothing.
struct MoveCursor
{
    std::string recipient;
    Seq seq;
    bool operator==(const MoveCursor&) const = default;
};

/// 0: no such limit.
struct RetentionLimits
{
    Duration age{};             ///< since receive_ts
    std::uint64_t messages = 0; ///< kept at most
    std::uint64_t bytes = 0;    ///< kept at most, by contentBytes()

    bool none() const { return *this == RetentionLimits(); }
    bool operator==(const RetentionLimits&) const = default;
};

/// What is kept of one recipient's messages, or of all. Replaces the rule for the same; without a limit, only
/// removes it.
struct RetentionRule
{
    std::optional<std::string> recipient; ///< none: the whole cluster's messages
    RetentionLimits limits;
    bool operator==(const RetentionRule&) const = default;
};

/// Consecutive seqs.
struct SeqRange
{
    Seq first;
    std::uint64_t count = 0;

    Seq end() const { return first + count; } ///< one past the last
    bool operator==(const SeqRange&) const = default;
};

/// Takes away what the messages say. Their seqs, ids and times stay known (Command.h, Remnant). Only of
/// delivered messages; at most removalsMax of them.
struct Removal
{
    std::vector<SeqRange> ranges; ///< ascending, not overlapping
    bool operator==(const Removal&) const = default;
};

using Order = std::variant<MoveCursor, RetentionRule, Removal>;

/// What came of an order.
struct OrderOutcome
{
    bool done = false; ///< false: a bound of the state is reached, or the cursor lies beyond the last seq
    Seq cursor{};      ///< MoveCursor: where it is now
    bool full = false; ///< not done, because a bound of the state is reached
    bool operator==(const OrderOutcome&) const = default;
};

/// A message that an entry removed.
struct RemovedMessage
{
    Seq seq;
    std::string recipient;
    std::uint64_t bytes = 0; ///< contentBytes()
    bool operator==(const RemovedMessage&) const = default;
};

void writeOrder(CborWriter& writer, const Order& order);
/// Fails the reader when it is none of them, or out of bounds.
Order readOrder(CborReader& reader);

/// Ascending, not overlapping. Reading fails the reader when they are not, or when they are more than
/// `messagesMax` messages.
void writeRanges(CborWriter& writer, const std::vector<SeqRange>& ranges);
std::vector<SeqRange> readRanges(CborReader& reader, std::uint64_t messagesMax);

void writeRule(CborWriter& writer, const RetentionRule& rule);
RetentionRule readRule(CborReader& reader);

} // namespace dsmsg::messaging
