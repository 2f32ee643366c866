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
    Learner = 1, ///< replicated to, never counted
    Joining = 2, ///< a learner that the leader makes a voter as soon as it has caught up (dissertation 4.2.1)
};

struct Member
{
    ServerId server; ///< 0: slot not bound yet
    std::string id;  ///< the operator's node id ("n1"); empty while not bound
    std::string url; ///< normalised base URL, unique in a configuration
    MemberRole role = MemberRole::Voter;
    /// Joining: this voter leaves in the change that makes this one a voter; 0: nobody.
    ServerId replaces{};

    bool bound() const { return static_cast<bool>(server); }
    bool operator==(const Member&) const = default;
};

struct Configuration
{
    ClusterId cluster;           ///< zero: not formed
    std::vector<Member> members; ///< sorted by URL
    /// The outgoing voters while a joint change is under way, else empty. 0 stands for a slot not bound.
    std::vector<ServerId> oldVoters;

    bool formed() const { return !cluster.isZero(); }
    bool joint() const { return !oldVoters.empty(); }
    const Member* find(ServerId server) const; ///< null when not a member; 0 is never found
    const Member* findUrl(std::string_view url) const;
    const Member* findId(std::string_view id) const; ///< by the operator's node id
    bool isVoter(ServerId server) const;             ///< in the incoming or the outgoing set
    std::size_t voterSlots() const;                  ///< voters of the incoming set, bound or not
    /// Every bound member but `self`, each once.
    std::vector<ServerId> others(ServerId self) const;

    bool operator==(const Configuration&) const = default;
};

/// One wish of an administrator (or of the leader itself); several make one step.
struct MemberChange
{
    enum class Kind : std::uint8_t
    {
        Add, ///< `member` with its role; a voter joins first. `member.server` may be 0: bound when heard from
        Remove,  ///< the member with `member.id`
        Promote, ///< the learner with `member.id` becomes a voter once it has caught up
        Demote,  ///< the voter with `member.id` becomes a learner
        Rebind, ///< the slot of `member.url` has lost its disk and is `member.server` now; a voter joins anew
    };
    Kind kind = Kind::Add;
    Member member;
};

/// `now` with all `changes` made, as the last step of a joint change would have it (no oldVoters). Errors say
/// what is wrong with a wish: an unknown or repeated member, no voter left.
Result<Configuration> withChanges(const Configuration& now, const std::vector<MemberChange>& changes);
/// What goes into the log to get from `now` to `target`: `target` itself when the voters stay the same, else
/// the joint configuration of both (Raft, section 6).
Configuration firstStep(const Configuration& now, Configuration target);
/// `now` with every member of `ready` (bound, Joining) made a voter and those that they replace gone.
Configuration withPromoted(const Configuration& now, const std::vector<ServerId>& ready);

/// Where a log begins that does not begin at 1: the last entry before it, compacted or replaced by a
/// snapshot.
struct LogBase
{
    LogIndex index;
    Term term;
    Configuration configuration; ///< in force at `index`
    bool operator==(const LogBase&) const = default;
};

std::string encodeConfiguration(const Configuration& configuration);
Result<Configuration> decodeConfiguration(std::string_view data);

/// Majority of `slots`: slots / 2 + 1.
std::size_t majorityOf(std::size_t slots);
/// CORE.md: min(max(majority, asked), voters): what an acknowledgement needs.
std::size_t effectiveQuorum(std::size_t voters, std::size_t asked);

} // namespace dsmsg::raft
