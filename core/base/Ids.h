// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities and counters as types of their own, so that a term cannot be passed where an index is meant.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dsmsg {

/// A 64-bit counter that only compares and adds with its own kind. 0 means "none" in every counter here.
template <class Tag>
struct Counter
{
    std::uint64_t value = 0;

    constexpr Counter() = default;
    constexpr explicit Counter(std::uint64_t v)
        : value(v)
    {
    }

    constexpr auto operator<=>(const Counter&) const = default;
    constexpr explicit operator bool() const { return value != 0; }
    constexpr Counter next() const { return Counter(value + 1); }
    /// One less; 0 stays 0.
    constexpr Counter previous() const { return Counter(value == 0 ? 0 : value - 1); }
    constexpr Counter operator+(std::uint64_t n) const { return Counter(value + n); }
    constexpr Counter& operator++()
    {
        ++value;
        return *this;
    }
    /// Distance, never negative: 0 when `other` is ahead.
    constexpr std::uint64_t operator-(Counter other) const
    {
        return value > other.value ? value - other.value : 0;
    }
};

using Term = Counter<struct TermTag>;         ///< Raft term; the first election makes it 1
using LogIndex = Counter<struct LogIndexTag>; ///< position in the Raft log; the first entry is 1
using Seq = Counter<struct SeqTag>;           ///< position of a message in commit order; the first is 1
using DeliverySeq =
    Counter<struct DeliverySeqTag>;         ///< position of a message in delivery order; the first is 1
using WriteId = Counter<struct WriteIdTag>; ///< one write handed to the log store, monotone per node and run
using ReadId = Counter<struct ReadIdTag>;   ///< one linearizable read, never reused by a node in one run

/// The incarnation of one data directory: random, made with the directory, never reused. This, not the name
/// or the URL, is what votes and acknowledges, so a wiped disk comes back as somebody else. 0 means "not
/// known yet".
using ServerId = Counter<struct ServerIdTag>;

/// 128 bits, compared as bytes. Used for the cluster id, for hashed message ids and for the running state
/// hash.
struct Bits128
{
    std::array<std::uint8_t, 16> bytes{};

    constexpr auto operator<=>(const Bits128&) const = default;
    constexpr bool isZero() const { return *this == Bits128{}; }
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

/// Drawn by the leader that forms the cluster; all zero until the node belongs to one.
struct ClusterId : Bits128
{
    constexpr auto operator<=>(const ClusterId&) const = default;
};

std::string toHex(const Bits128& bits);
/// False when `hex` is not exactly 32 hexadecimal digits; `out` is then unchanged.
bool fromHex(std::string_view hex, Bits128& out);
/// 16 lower-case hexadecimal digits.
std::string toHex(ServerId id);

} // namespace dsmsg

template <class Tag>
struct std::hash<dsmsg::Counter<Tag>>
{
    std::size_t operator()(dsmsg::Counter<Tag> c) const noexcept
    {
        return std::hash<std::uint64_t>{}(c.value);
    }
};
