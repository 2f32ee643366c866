// SPDX-License-Identifier: GPL-3.0-or-later
//
// Faults that a node inflicts on itself when it was started with --fault-injection (API.md, /faults): what
// can be ordered, what makes an order valid, and the desk where orders are taken. Every fault has an end, so
// that a forgotten one heals itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/net/LinkFaults.h"

namespace dsmsg::node {

enum class FaultKind : std::uint8_t
{
    Partition,
    Delay,
    Loss,
    Pause,
    ClockOffset,
    ClockDrift,
    DiskFull,
    DiskSlow,
    FsyncFail,
};

const char* toString(FaultKind kind); ///< as in API.md: "partition", "clock_offset", ...
std::optional<FaultKind> faultKindFrom(std::string_view name);
const char* toString(net::Way way); ///< "in", "out", "both"
std::optional<net::Way> wayFrom(std::string_view name);

struct FaultOrder
{
    FaultKind kind = FaultKind::Partition;
    std::vector<std::string> peers;    ///< faults of links: URLs or node ids; empty: every peer
    std::optional<net::Way> direction; ///< same; none: both
    /// Delay and DiskSlow: milliseconds. Loss: 0 to 1. Pause and ClockOffset: seconds (a pause lasts `lasts`
    /// without it). ClockDrift: parts per million. DiskFull: bytes that can still be written, 0 without it.
    std::optional<double> value;
    Milliseconds lasts{0};
};

struct ActiveFault
{
    std::uint64_t id = 0; ///< unique while the process lives
    FaultOrder order;
    Milliseconds remaining{0};
};

constexpr Milliseconds faultLastsMax = std::chrono::hours(1);

/// Invalid, in words: a value out of range or where none belongs, peers of a fault that has none.
Result<void> checkFault(const FaultOrder& order);
/// "partition of n2 (out)", "disk_slow 200".
std::string describe(const FaultOrder& order);
/// What the faults among them mean for the links.
std::vector<net::LinkRule> linkRules(const std::vector<ActiveFault>& faults);

/// Where faults are ordered. Calls from the front's thread never block; answers come later in that thread.
class FaultDesk
{
public:
    virtual ~FaultDesk() = default;
    virtual void list(std::function<void(std::vector<ActiveFault>)> answer) = 0;
    /// Invalid: checkFault() or an unknown peer. Busy: too many faults are active.
    virtual void inject(FaultOrder order, std::function<void(Result<ActiveFault>)> answer) = 0;
    /// One, or all without an id; tells how many there were.
    virtual void heal(std::optional<std::uint64_t> id, std::function<void(std::size_t)> answer) = 0;
};

} // namespace dsmsg::node
