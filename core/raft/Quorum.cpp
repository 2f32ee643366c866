// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raft/Quorum.h"

namespace dsmsg::raft {

namespace {

VoteResult tallySet(std::size_t slots, std::size_t yes, std::size_t no)
{
    if (yes >= majorityOf(slots))
        return VoteResult::Won;
    return slots - no < majorityOf(slots) ? VoteResult::Lost : VoteResult::Pending;
}

} // namespace

VoteResult tally(const Configuration& configuration, const std::map<ServerId, bool>& votes)
{
    const auto count = [&votes](const std::vector<ServerId>& voters, bool answer) {
        return static_cast<std::size_t>(std::ranges::count_if(voters, [&](ServerId server) {
            const auto vote = votes.find(server);
            return vote != votes.end() && vote->second == answer;
        }));
    };
    std::vector<ServerId> incoming;
    for (const Member& member : configuration.members) {
        if (member.role == MemberRole::Voter && member.bound())
            incoming.push_back(member.server);
    }
    const VoteResult first =
        tallySet(configuration.voterSlots(), count(incoming, true), count(incoming, false));
    if (!configuration.joint())
        return first;
    const auto& old = configuration.oldVoters;
    const VoteResult second = tallySet(old.size(), count(old, true), count(old, false));
    if (first == VoteResult::Lost || second == VoteResult::Lost)
        return VoteResult::Lost;
    return first == VoteResult::Won && second == VoteResult::Won ? VoteResult::Won : VoteResult::Pending;
}

} // namespace dsmsg::raft
