// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a chart needs of the past, so that one is full as soon as somebody looks: a row a second for 15
// minutes and a row each ten seconds for a day, 88 bytes each, under 1 MB in all and never more. Rows are
// joined where a coarser step is asked for; what stands in a joined row is said at each column, and was
// chosen so that a short bad moment stays visible at every zoom. In memory only: a restart begins anew.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

struct HistoryRow
{
    UnixTime at{}; ///< cluster time at its end; joined: the last
    Term term;     ///< joined: the last, like everything down to `role`
    LogIndex commit;
    LogIndex applied;
    Seq seq; ///< last given out
    raft::Role role = raft::Role::Follower;
    // Per second; joined: the mean.
    float acknowledged = 0; ///< messages, by this node as leader
    float appliedMessages = 0;
    // Milliseconds; negative: none. Joined: the greatest.
    float p50 = -1; ///< from submission to acknowledgement
    float p95 = -1;
    float p99 = -1;
    float fsync = -1; ///< p99
    float bound = -1; ///< of cluster time
    // Joined: the greatest.
    float lag = 0;             ///< leader: entries that the last follower lacks
    float pending = 0;         ///< submissions that wait for their answer
    float held = 0;            ///< messages that wait for their delivery
    float clockOffset = 0;     ///< cluster time minus own clock, milliseconds; joined: the farthest from 0
    std::uint32_t seconds = 1; ///< rows of a second that are joined in this one
};

struct HistoryQuery
{
    UnixTime from = UnixTime::min();
    UnixTime to = UnixTime::max(); ///< exclusive
    std::chrono::seconds step{1};  ///< at least 1 s; below 10 s only the last 15 minutes are there
    std::size_t rowsMax = SIZE_MAX;
};

struct HistoryPage
{
    std::vector<HistoryRow> rows; ///< oldest first
    bool more = false;            ///< rowsMax ended it
};

class History
{
public:
    static constexpr std::size_t secondsKept = 15 * 60;
    static constexpr std::size_t tensKept = 24 * 60 * 6;

    /// The row of the second that has just ended.
    void add(const HistoryRow& row);
    HistoryPage find(const HistoryQuery& query) const;

private:
    std::deque<HistoryRow> seconds_;
    std::deque<HistoryRow> tens_;
    std::optional<HistoryRow> ten_; ///< of the ten seconds under way
};

} // namespace dsmsg::node
