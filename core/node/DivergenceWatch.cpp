// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/DivergenceWatch.h"

#include <algorithm>
#include <utility>

namespace dsmsg::node {

namespace {

template <class Map>
void bound(Map& map, std::size_t sizeMax)
{
    while (map.size() > sizeMax)
        map.erase(map.begin());
}

} // namespace

void DivergenceWatch::applied(const StateMark& mark)
{
    if (!isMark(mark.index))
        return;
    own_[mark.index] = mark.hash;
    bound(own_, marksMax);
    if (others_.contains(mark.index))
        makeDue(mark);
}

void DivergenceWatch::forgetOwn()
{
    own_.clear();
    due_.reset();
}

void DivergenceWatch::heard(ServerId from, const StateMark& mark)
{
    if (!isMark(mark.index))
        return;
    others_[mark.index][from] = mark.hash;
    bound(others_, marksMax);
    if (const auto mine = own_.find(mark.index); mine != own_.end())
        makeDue({mine->first, mine->second});
}

void DivergenceWatch::announce()
{
    if (!own_.empty())
        makeDue({own_.rbegin()->first, own_.rbegin()->second});
}

void DivergenceWatch::makeDue(const StateMark& own)
{
    if (own.index > toldThrough_ && (!due_ || own.index > due_->index))
        due_ = own;
}

std::optional<StateMark> DivergenceWatch::takeDue()
{
    if (due_)
        toldThrough_ = due_->index;
    return std::exchange(due_, std::nullopt);
}

std::optional<DivergenceWatch::Verdict> DivergenceWatch::check(const raft::Configuration& members,
                                                               ServerId self)
{
    for (const auto& [index, heard] : others_) {
        const auto mine = own_.find(index);
        if (mine == own_.end())
            continue;
        std::map<Bits128, std::size_t> against;
        Verdict verdict{index, false, {}};
        for (const auto& [server, hash] : heard) {
            const raft::Member* member = members.find(server);
            if (member == nullptr || server == self || hash == mine->second)
                continue;
            verdict.differsFrom += (verdict.differsFrom.empty() ? "" : ", ") + member->id;
            if (members.isVoter(server))
                ++against[hash];
        }
        verdict.byMajority = std::ranges::any_of(
            against, [&](const auto& camp) { return camp.second >= raft::majorityOf(members.voterSlots()); });
        const auto told = judged_.find(index);
        const bool news = told == judged_.end() || (verdict.byMajority && !told->second);
        if (verdict.differsFrom.empty() || !news)
            continue;
        judged_[index] = verdict.byMajority;
        bound(judged_, marksMax);
        return verdict;
    }
    return std::nullopt;
}

} // namespace dsmsg::node
