// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who belongs to the cluster. The shape already carries joint consensus (Raft, section 6) and learners;
// formation uses only plain voters. A member is bound to one incarnation (ServerId) of one data directory:
// the slot of a node that has not been heard from counts towards the size of the quorum but cannot vote until
// a later entry binds it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/raft/Entry.h"

namespace dsmsg::raft {

enum class MemberRole : std::uint8_t
{
    Voter = 0,
    Learner = 1
};

struct Member
{
    ServerId server; ///< 0: slot not bound yet
    std::string id;  ///< the operator's node id ("n1"); empty while not bound
    std::string url; ///< normalised base URL, unique in a configuration
    MemberRole role = MemberRole::Voter;

    bool bound() const { return static_cast<bool>(server); }
    bool operator==(const Member&) const = default;
};

struct Configuration
{
    ClusterId cluster;               ///< zero: not formed
    std::vector<Member> members;     ///< sorted by URL
    std::vector<ServerId> oldVoters; ///< the outgoing voters while a joint change is under way, else empty

    bool formed() const { return !cluster.isZero(); }
    bool joint() const { return !oldVoters.empty(); }
    const Member* find(ServerId server) const; ///< null when not a member; 0 is never found
    const Member* findUrl(std::string_view url) const;
    bool isVoter(ServerId server) const; ///< in the incoming or the outgoing set
    std::size_t voterSlots() const;      ///< voters of the incoming set, bound or not
    /// Every bound member but `self`, each once.
    std::vector<ServerId> others(ServerId self) const;

    bool operator==(const Configuration&) const = default;
};

std::string encodeConfiguration(const Configuration& configuration);
Result<Configuration> decodeConfiguration(std::string_view data);

/// Majority of `slots`: slots / 2 + 1.
std::size_t majorityOf(std::size_t slots);
/// CORE.md: min(max(majority, asked), voters): what an acknowledgement needs.
std::size_t effectiveQuorum(std::size_t voters, std::size_t asked);

} // namespace dsmsg::raft
