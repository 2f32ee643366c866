// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the core reports, as a kind of the event stream and as a sentence; the log and the stream say the
// same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/raft/Raft.h"

namespace dsmsg::node {

enum class Severity : std::uint8_t
{
    Debug,
    Info,
    Warning
};

struct EventWords
{
    std::string_view kind; ///< a literal: "election_started"
    Severity severity = Severity::Info;
    std::string text; ///< a sentence
};

/// `who`: node id of the peer that the event names; "-" without one.
EventWords wordsOf(const raft::Event& event, const std::string& who);

} // namespace dsmsg::node
