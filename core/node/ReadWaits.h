// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads that wait until this node knows enough to serve them: which index they must see (the core's
// ReadIndex), and until that and the wished seq are applied. No thread, no I/O; time and facts come in.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/node/Gateway.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

class ReadWaits
{
public:
    using Answer = std::function<void(Result<void>)>;

    explicit ReadWaits(std::size_t waitingMax)
        : waitingMax_(waitingMax)
    {
    }

    /// Takes a read; returns what the core must be asked first, if anything.
    std::optional<raft::ReadIndex> add(const ReadWish& wish, Answer answer, Instant now);
    void indexKnown(const raft::ReadReady& ready);
    void applied(LogIndex index, Seq seq);
    void expire(Instant now);
    /// Nothing will be served any more.
    void refuseAll(const std::string& why);
    bool empty() const { return waiting_.empty(); }
    std::size_t size() const { return waiting_.size(); }
    std::uint64_t refused() const { return refused_; } ///< since the start, at the bound

private:
    struct Waiting
    {
        Answer answer;
        Instant deadline;
        bool indexWanted = false; ///< the core has not named it yet
        LogIndex index;
        Seq minSeq;
    };
    bool served(const Waiting& read) const
    {
        return !read.indexWanted && read.index <= appliedIndex_ && read.minSeq <= appliedSeq_;
    }
    void answerServed();

    const std::size_t waitingMax_;
    std::map<ReadId, Waiting> waiting_;
    std::uint64_t refused_ = 0;
    ReadId lastId_;
    LogIndex appliedIndex_;
    Seq appliedSeq_;
};

} // namespace dsmsg::node
