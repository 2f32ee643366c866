// SPDX-License-Identifier: GPL-3.0-or-later
//
// One entry of the replicated log (Raft, Ongaro and Ousterhout 2014, section 5.3).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/Ids.h"

namespace dsmsg::raft {

enum class EntryKind : std::uint8_t
{
    NoOp = 0,          ///< the first entry of a leader's term
    Command = 1,       ///< opaque to Raft; the state machine decodes it
    Form = 2,          ///< the first entry of a cluster: its id and members (an encoded Configuration)
    Configuration = 3, ///< a change of members, effective when appended (an encoded Configuration)
};

struct Entry
{
    Term term;
    LogIndex index;
    EntryKind kind = EntryKind::NoOp;
    std::string data;

    bool operator==(const Entry&) const = default;
};

/// Entries are immutable once made and shared between the log, the network, the disk and apply without a
/// copy.
using EntryPtr = std::shared_ptr<const Entry>;

/// What a server must know again after a crash besides its log (Raft, figure 2). `votedFor` 0: no vote in
/// `term`.
struct HardState
{
    Term term;
    ServerId votedFor;

    bool operator==(const HardState&) const = default;
};

} // namespace dsmsg::raft
