// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compares the applied state of the members: the leader names an index that it has applied, and every node
// tells the others its hash at that index once it has applied it too, so that all speak of the same one under
// any load. A node whose hash differs from that of a majority of the voters, who agree with each other, has
// diverged, by a damaged disk or memory or by a bug, and must take itself out; with less than a majority
// against it nobody can tell who is wrong, and it only says so. No thread, no I/O.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/Ids.h"
#include "core/net/Frame.h"
#include "core/raft/Configuration.h"

namespace dsmsg::node {

using net::StateMark;

class DivergenceWatch
{
public:
    /// Marks are made at multiples of this, so that all nodes speak of the same indexes.
    static constexpr std::uint64_t interval = 64;
    static bool isMark(LogIndex index) { return index && index.value % interval == 0; }

    /// This node has applied `mark.index`. Ascending.
    void applied(const StateMark& mark);
    /// A snapshot replaced the state: what was noted of this node counts no more.
    void forgetOwn();
    void heard(ServerId from, const StateMark& mark);
    /// Makes the newest own mark due, though nobody has named it yet.
    void announce();
    /// What to tell all others now: the own hash at the greatest index that somebody has named. Each index is
    /// told once.
    std::optional<StateMark> takeDue();

    struct Verdict
    {
        LogIndex index;
        bool byMajority = false; ///< this node is the one that is wrong
        std::string differsFrom; ///< node ids
    };
    /// The first difference found and not told yet.
    std::optional<Verdict> check(const raft::Configuration& members, ServerId self);

private:
    void makeDue(const StateMark& own);

    static constexpr std::size_t marksMax = 1024;
    std::map<LogIndex, Bits128> own_;
    std::map<LogIndex, std::map<ServerId, Bits128>> others_;
    std::optional<StateMark> due_;
    LogIndex toldThrough_;
    std::map<LogIndex, bool>
        judged_; ///< indexes where a difference was found, and whether a majority was against us
};

} // namespace dsmsg::node
