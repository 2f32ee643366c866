// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/InboxAcks.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace dsmsg::node {

namespace {

constexpr const char* unknownFate =
    "replication quorum not achieved; whether the cursor has moved is not known: acknowledge again";
constexpr const char* replacedFate = "another node leads now and the cursor has not moved; acknowledge again";

} // namespace

void InboxAcks::add(messaging::MoveCursor wish, Instant now, Answer answer)
{
    if (open_ >= limits_.waitingMax)
        return answer(
            Error{Error::Kind::Busy, "too many acknowledgements wait for a quorum; try again later"});
    queue_.push_back({std::move(wish), now, std::move(answer)});
    ++open_;
}

std::vector<messaging::Order> InboxAcks::takeEntry()
{
    std::unordered_map<std::string, std::size_t> position;
    std::deque<Waiting> left;
    for (Waiting& waiting : std::exchange(queue_, {})) {
        const auto known = position.find(waiting.wish.recipient);
        if (known == position.end() && taken_.size() == limits_.ordersMax) {
            left.push_back(std::move(waiting));
            continue;
        }
        if (known == position.end()) {
            position.emplace(waiting.wish.recipient, taken_.size());
            taken_.emplace_back();
        }
        Taken& taken = known == position.end() ? taken_.back() : taken_[known->second];
        taken.seq = std::max(taken.seq, waiting.wish.seq);
        taken.waiting.push_back(std::move(waiting));
    }
    queue_ = std::move(left);
    std::vector<messaging::Order> orders;
    orders.reserve(taken_.size());
    for (const Taken& taken : taken_)
        orders.push_back(messaging::MoveCursor{taken.waiting.front().wish.recipient, taken.seq});
    return orders;
}

void InboxAcks::settled(EntryWaits::Fate fate, const messaging::AppliedEntry* entry)
{
    std::vector<Taken> taken = std::exchange(taken_, {});
    if (fate != EntryWaits::Fate::Applied)
        return answerAll(std::move(taken), fate == EntryWaits::Fate::Replaced ? replacedFate : unknownFate);
    DSMSG_ASSERT(entry->orders.size() == taken.size(), "every order has an outcome");
    for (std::size_t i = 0; i < taken.size(); ++i)
        settleOne(taken[i], entry->orders[i]);
}

void InboxAcks::settleOne(Taken& taken, const messaging::OrderOutcome& outcome)
{
    for (auto waiting = taken.waiting.rbegin(); waiting != taken.waiting.rend(); ++waiting) {
        const Seq seq = waiting->wish.seq;
        if (outcome.done || seq <= outcome.cursor)
            answer(*waiting, outcome.cursor);
        else if (outcome.full)
            answer(*waiting,
                   Error{Error::Kind::DiskFull,
                         "The cluster keeps the cursors of " + std::to_string(messaging::cursorsMax) +
                             " inboxes and takes no more. Use one of those there are."});
        else if (seq == taken.seq)
            answer(*waiting, Error{Error::Kind::Invalid,
                                   "seq " + std::to_string(seq.value) + " lies beyond the last message"});
        else
            queue_.push_front(std::move(*waiting)); // only the greatest is known to lie beyond it
    }
}

void InboxAcks::refused(const std::string& why)
{
    answerAll(std::exchange(taken_, {}), why);
}

void InboxAcks::answerAll(std::vector<Taken> taken, const std::string& why)
{
    for (const Taken& order : taken) {
        for (const Waiting& waiting : order.waiting)
            answer(waiting, Error{Error::Kind::Busy, why});
    }
}

void InboxAcks::expire(Instant now)
{
    while (!queue_.empty() && now - queue_.front().since >= limits_.timeout) {
        const Waiting waiting = std::move(queue_.front());
        queue_.pop_front();
        answer(waiting,
               Error{Error::Kind::Busy, "the leader is overloaded; the acknowledgement was not taken"});
    }
}

void InboxAcks::leadershipLost(const std::string& why)
{
    for (const Waiting& waiting : std::exchange(queue_, {}))
        answer(waiting, Error{Error::Kind::Busy, why});
}

void InboxAcks::answer(const Waiting& waiting, const Result<Seq>& result)
{
    --open_;
    waiting.answer(result);
}

} // namespace dsmsg::node
