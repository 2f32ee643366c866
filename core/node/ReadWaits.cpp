// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/ReadWaits.h"

#include <string>
#include <utility>

namespace dsmsg::node {

std::optional<raft::ReadIndex> ReadWaits::add(const ReadWish& wish, Answer answer, Instant now)
{
    Waiting read{std::move(answer), now + wish.timeout, wish.level.has_value(), {}, wish.minSeq};
    if (served(read)) {
        read.answer({});
        return std::nullopt;
    }
    if (waiting_.size() >= waitingMax_) {
        ++refused_;
        read.answer(Error{Error::Kind::Busy, "too many reads wait on this node; retry later"});
        return std::nullopt;
    }
    ++lastId_;
    waiting_.emplace(lastId_, std::move(read));
    return wish.level ? std::optional(raft::ReadIndex{lastId_, *wish.level}) : std::nullopt;
}

void ReadWaits::indexKnown(const raft::ReadReady& ready)
{
    const auto found = waiting_.find(ready.id);
    if (found == waiting_.end() || !found->second.indexWanted)
        return;
    if (!ready.index) {
        const Answer answer = std::move(found->second.answer);
        waiting_.erase(found);
        answer(Error{Error::Kind::Busy,
                     "no leader could confirm how fresh the answer must be; retry in a moment"});
        return;
    }
    found->second.index = ready.index;
    found->second.indexWanted = false;
    answerServed();
}

void ReadWaits::applied(LogIndex index, Seq seq)
{
    appliedIndex_ = index;
    appliedSeq_ = seq;
    answerServed();
}

void ReadWaits::answerServed()
{
    for (auto it = waiting_.begin(); it != waiting_.end();) {
        if (!served(it->second)) {
            ++it;
            continue;
        }
        const Answer answer = std::move(it->second.answer);
        it = waiting_.erase(it);
        answer({});
    }
}

void ReadWaits::expire(Instant now)
{
    for (auto it = waiting_.begin(); it != waiting_.end();) {
        if (now < it->second.deadline) {
            ++it;
            continue;
        }
        const Waiting read = std::move(it->second);
        it = waiting_.erase(it);
        read.answer(Error{Error::Kind::Busy,
                          read.indexWanted
                              ? "no quorum confirmed in time how fresh the answer must be"
                              : "this node has not applied what was asked for in time: it is at seq " +
                                    std::to_string(appliedSeq_.value)});
    }
}

void ReadWaits::refuseAll(const std::string& why)
{
    for (auto& [id, read] : std::exchange(waiting_, {}))
        read.answer(Error{Error::Kind::Busy, why});
}

} // namespace dsmsg::node
