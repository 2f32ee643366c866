// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/DivergenceWatch.h"

#include <algorithm>

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
}

void DivergenceWatch::heard(ServerId from, const StateMark& mark)
{
    if (!isMark(mark.index))
        return;
    others_[mark.index][from] = mark.hash;
    bound(others_, marksMax);
}

std::optional<StateMark> DivergenceWatch::newest() const
{
    if (own_.empty())
        return std::nullopt;
    return StateMark{own_.rbegin()->first, own_.rbegin()->second};
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
        const auto told = told_.find(index);
        const bool news = told == told_.end() || (verdict.byMajority && !told->second);
        if (verdict.differsFrom.empty() || !news)
            continue;
        told_[index] = verdict.byMajority;
        bound(told_, marksMax);
        return verdict;
    }
    return std::nullopt;
}

} // namespace dsmsg::node
