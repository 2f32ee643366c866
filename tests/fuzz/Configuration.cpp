// SPDX-License-Identifier: GPL-3.0-or-later
//
// Configurations come from a leader's log and go through the administrator's hands. The bytes are tried as
// an encoded configuration and as a script of changes, which must never make a valid configuration one that
// a cluster cannot live with.
#include <algorithm>
#include <set>

#include "core/base/Assert.h"
#include "core/raft/Configuration.h"
#include "tests/fuzz/Choices.h"
#include "tests/fuzz/Targets.h"

namespace dsmsg::fuzz {

namespace {

using raft::Configuration;
using raft::MemberChange;
using raft::MemberRole;

template <class T>
bool repeats(const std::vector<T>& values)
{
    return std::set<T>(values.begin(), values.end()).size() != values.size();
}

void assertValid(const Configuration& configuration)
{
    std::vector<std::string> urls, ids;
    std::vector<ServerId> servers;
    bool voter = false;
    for (const raft::Member& member : configuration.members) {
        urls.push_back(member.url);
        ids.push_back(member.id);
        if (member.bound())
            servers.push_back(member.server);
        voter = voter || (member.bound() && member.role == MemberRole::Voter);
    }
    DSMSG_ASSERT(voter, "no voter is left");
    DSMSG_ASSERT(std::ranges::is_sorted(urls) && !repeats(urls), "two members have one url");
    DSMSG_ASSERT(!repeats(ids), "two members have one id");
    DSMSG_ASSERT(!repeats(servers), "two members are one server, whose vote would count twice");
    DSMSG_ASSERT(!repeats(configuration.oldVoters), "a server is twice among the old voters");
}

Configuration beginning(Choices& choices)
{
    Configuration configuration;
    configuration.cluster.bytes[0] = 1;
    const std::uint64_t voters = 1 + choices.below(4);
    for (std::uint64_t n = 1; n <= voters; ++n)
        configuration.members.push_back({ServerId(n),
                                         std::string(1, static_cast<char>('a' + n)),
                                         "http://" + std::to_string(n),
                                         MemberRole::Voter,
                                         {}});
    return configuration;
}

MemberChange anyChange(Choices& choices)
{
    MemberChange change;
    change.kind = static_cast<MemberChange::Kind>(choices.below(5));
    change.member.server = ServerId(choices.below(8));
    change.member.id = std::string(1, static_cast<char>('a' + choices.below(8)));
    change.member.url = "http://" + std::to_string(choices.below(8));
    change.member.role = static_cast<MemberRole>(choices.below(3));
    change.member.replaces = ServerId(choices.below(8));
    return change;
}

/// One wish or several, made through both steps of a joint change; sometimes whoever joins has caught up.
void changeOnce(Configuration& now, Choices& choices)
{
    std::vector<MemberChange> changes;
    for (std::size_t n = 1 + choices.below(3); n > 0; --n)
        changes.push_back(anyChange(choices));
    const auto target = raft::withChanges(now, changes);
    if (!target) {
        DSMSG_ASSERT(!target.error().text.empty(), "a refusal gives no reason");
    } else {
        const Configuration joint = raft::firstStep(now, *target);
        assertValid(joint);
        assertValid(*target);
        now = *target;
    }
    std::vector<ServerId> ready;
    for (const raft::Member& member : now.members) {
        if (member.role == MemberRole::Joining && member.bound() && choices.yes())
            ready.push_back(member.server);
    }
    if (ready.empty())
        return;
    now = raft::withPromoted(now, ready);
    assertValid(now);
}

} // namespace

void configuration(std::string_view input)
{
    if (const auto decoded = raft::decodeConfiguration(input)) {
        const auto again = raft::decodeConfiguration(raft::encodeConfiguration(*decoded));
        DSMSG_ASSERT(again.ok() && *again == *decoded, "a configuration changed on its way");
        static_cast<void>(decoded->others(ServerId(1)));
    }
    Choices choices(input);
    Configuration now = beginning(choices);
    while (!choices.done())
        changeOnce(now, choices);
}

} // namespace dsmsg::fuzz
