// SPDX-License-Identifier: GPL-3.0-or-later
//
// What travels on the peer link: one CBOR array a WebSocket message, its first item the kind. Decoding trusts
// nothing: what passes is well-formed and in range, or it is an Error.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/raft/Message.h"

namespace dsmsg::net {

/// Raised when a frame changes meaning; nodes of different versions refuse each other in words.
inline constexpr std::uint64_t protocolVersion = 3;

/// The accepting side speaks first: what the dialler must sign with the cluster secret.
struct Challenge
{
    std::string nonce; ///< 16 random bytes
    bool operator==(const Challenge&) const = default;
};

/// Who speaks. Sent by the dialler after the challenge, answered by the acceptor, and sent again by either
/// when its cluster id changes.
struct Hello
{
    std::uint64_t version = protocolVersion;
    std::string nodeId;
    std::string url; ///< advertised, normalised
    ServerId server;
    ClusterId cluster;                    ///< zero while not formed
    std::vector<std::string> initialUrls; ///< the voter set at first start, sorted
    std::string mode;                     ///< "async" or "sync_quorum": a difference is warned about
    std::uint64_t quorum = 0;
    std::string nonce; ///< 16 random bytes for the other side to sign
    std::string proof; ///< HMAC-SHA-256 of the other side's nonce; empty when no secret is set
    bool operator==(const Hello&) const = default;
};

/// Why the sender is about to close the link, for the log of the other side.
struct Goodbye
{
    std::string reason;
    bool operator==(const Goodbye&) const = default;
};

struct Ping
{
    std::uint64_t number = 0;
    bool operator==(const Ping&) const = default;
};
struct Pong
{
    std::uint64_t number = 0;
    bool operator==(const Pong&) const = default;
};

/// The hash of the sender's applied state at one index, for comparison.
struct StateMark
{
    LogIndex index;
    Bits128 hash;
    bool operator==(const StateMark&) const = default;
};

/// Which boot-time clock a node reads its stamps on, and how it turns them into its own time (timesync's
/// ClockState, which this layer does not interpret).
struct ClockMark
{
    std::uint64_t run = 0;
    std::uint64_t epoch = 0;
    Duration anchor{};
    bool operator==(const ClockMark&) const = default;
};

/// What is your time? Asked by the dialler.
struct TimeProbe
{
    std::uint64_t number = 0; ///< by which the dialler knows when it asked
    bool operator==(const TimeProbe&) const = default;
};
/// Stamps on the answering node's boot-time clock. Decoded, each time is less than 2^60 us from zero, so that
/// differences of them do not overflow.
struct TimeReply
{
    std::uint64_t number = 0; ///< of the probe
    Instant received;         ///< when the probe arrived
    Instant sent;             ///< when this left
    ClockMark clock;
    bool operator==(const TimeReply&) const = default;
};

using Frame =
    std::variant<Challenge, Hello, Goodbye, Ping, Pong, StateMark, TimeProbe, TimeReply, raft::Message>;

std::string encode(const Frame& frame);
Result<Frame> decode(std::string_view data);

} // namespace dsmsg::net
