// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes of members by joint consensus (Raft, section 6; dissertation 4.3): one entry with both sets of
// voters, which counts from the moment it is in the log, then one with the new set alone. A new voter is a
// learner first, so that no change ever waits for a node that is still empty (dissertation 4.2.1), and a slot
// whose node lost its disk is given to the new incarnation in the same way.
#include "core/raft/Core.h"

#include <algorithm>

namespace dsmsg::raft {

// --- what a change makes of a configuration ---

namespace {

Error refused(std::string text)
{
    return {Error::Kind::Invalid, std::move(text)};
}

Member* memberById(Configuration& configuration, const std::string& id)
{
    const auto found = std::ranges::find(configuration.members, id, &Member::id);
    return found == configuration.members.end() ? nullptr : &*found;
}

/// One server in two slots would have two votes.
std::string ownedAlready(ServerId server, const Member& owner)
{
    return "The incarnation " + toHex(server) + " belongs to member " + owner.id + " already.";
}

Result<void> add(Configuration& target, Member member)
{
    if (member.id.empty() || member.url.empty())
        return refused("A member to add needs an id and a url.");
    if (target.findId(member.id) != nullptr)
        return refused("There is a member " + member.id + " already.");
    if (const Member* there = target.find(member.server); there != nullptr)
        return refused(ownedAlready(member.server, *there));
    if (const Member* there = target.findUrl(member.url); there != nullptr)
        return refused("The url " + member.url + " belongs to member " + there->id + " already.");
    if (member.replaces && !target.isVoter(member.replaces))
        return refused("The member to be replaced is not a voter.");
    if (member.role == MemberRole::Voter)
        member.role = MemberRole::Joining;
    if (member.role == MemberRole::Learner && member.replaces)
        return refused("Only a voter can replace one.");
    target.members.insert(std::ranges::upper_bound(target.members, member.url, {}, &Member::url), member);
    return {};
}

Result<void> rebind(Configuration& target, const Member& changed)
{
    const auto slot = std::ranges::find(target.members, changed.url, &Member::url);
    if (slot == target.members.end() || !changed.bound())
        return refused("There is no member at " + changed.url + ".");
    if (const Member* there = target.find(changed.server); there != nullptr && there != &*slot)
        return refused(ownedAlready(changed.server, *there));
    if (const Member* there = target.findId(changed.id); there != nullptr && there != &*slot)
        return refused("There is a member " + changed.id + " already.");
    slot->server = changed.server;
    slot->id = changed.id;
    if (slot->role == MemberRole::Voter)
        slot->role = MemberRole::Joining;
    return {};
}

Result<void> makeChange(Configuration& target, const MemberChange& change)
{
    if (change.kind == MemberChange::Kind::Add)
        return add(target, change.member);
    if (change.kind == MemberChange::Kind::Rebind)
        return rebind(target, change.member);
    Member* member = memberById(target, change.member.id);
    if (member == nullptr)
        return refused("There is no member " + change.member.id + ".");
    switch (change.kind) {
    case MemberChange::Kind::Promote:
        if (member->role == MemberRole::Learner)
            member->role = MemberRole::Joining;
        break;
    case MemberChange::Kind::Demote:
        member->role = MemberRole::Learner;
        member->replaces = {};
        break;
    default:
        target.members.erase(target.members.begin() + (member - target.members.data()));
        break;
    }
    return {};
}

/// The voters of the incoming set; 0 for a slot not bound.
std::vector<ServerId> votersOf(const Configuration& configuration)
{
    std::vector<ServerId> voters;
    for (const Member& member : configuration.members) {
        if (member.role == MemberRole::Voter)
            voters.push_back(member.server);
    }
    std::ranges::sort(voters);
    return voters;
}

} // namespace

Result<Configuration> withChanges(const Configuration& now, const std::vector<MemberChange>& changes)
{
    Configuration target = now;
    target.oldVoters.clear();
    for (const MemberChange& change : changes) {
        if (auto made = makeChange(target, change); !made)
            return made.error();
    }
    if (std::ranges::none_of(target.members, [](const Member& member) {
            return member.role == MemberRole::Voter && member.bound();
        }))
        return refused("No voter would be left: add others first, and wait until they have caught up.");
    if (target == now)
        return refused("The members are as asked for already.");
    return target;
}

Configuration firstStep(const Configuration& now, Configuration target)
{
    const std::vector<ServerId> before = votersOf(now);
    target.oldVoters = votersOf(target) == before ? std::vector<ServerId>{} : before;
    return target;
}

Configuration withPromoted(const Configuration& now, const std::vector<ServerId>& ready)
{
    Configuration target = now;
    target.oldVoters.clear();
    std::vector<ServerId> leaving;
    for (Member& member : target.members) {
        if (member.role != MemberRole::Joining || std::ranges::count(ready, member.server) == 0)
            continue;
        member.role = MemberRole::Voter;
        if (member.replaces)
            leaving.push_back(std::exchange(member.replaces, {}));
    }
    std::erase_if(target.members, [&](const Member& member) {
        return member.bound() && std::ranges::count(leaving, member.server) > 0;
    });
    return target;
}

// --- the leader carries it out ---

bool Raft::Impl::mayChangeMembers() const
{
    // One change at a time, and none before an entry of this term is committed: two leaders could otherwise
    // each change the same configuration in its own way (Ongaro, raft-dev, July 2015).
    return leads() && config().formed() && commit >= termStart && configurations.back().first <= commit &&
           !config().joint();
}

void Raft::Impl::on(ChangeMembers& request)
{
    if (!leads()) {
        ready.administered = Error{Error::Kind::Refused, "This node does not lead."};
    } else if (!mayChangeMembers()) {
        ready.administered = Error{Error::Kind::Busy, "Another change of members is under way: try again."};
    } else if (transferTo) {
        ready.administered = Error{Error::Kind::Busy, "Leadership is being handed over: try again."};
    } else if (auto target = withChanges(config(), request.changes); !target) {
        ready.administered = target.error();
    } else {
        changeMembers(std::move(*target), "as asked for");
        ready.administered = Result<void>{};
    }
}

void Raft::Impl::changeMembers(Configuration target, const std::string& why)
{
    appendOwn(EntryKind::Configuration, encodeConfiguration(firstStep(config(), std::move(target))));
    report(Event::Kind::MembersChanging, why, {}, log.last());
    replicate();
}

/// What the leader has to do about the members once more is committed, or a learner has come closer.
void Raft::Impl::tendMembers()
{
    const LogIndex since = configurations.back().first;
    if (!leads() || commit < since || commit < termStart)
        return;
    if (config().joint()) {
        Configuration alone = config();
        alone.oldVoters.clear();
        appendOwn(EntryKind::Configuration, encodeConfiguration(alone));
        replicate();
        return;
    }
    if (config().formed() && !config().isVoter(identity.server)) {
        resign();
        return;
    }
    if (transferTo)
        return;
    promoteReady();
    bindSlots();
    rebindSlots();
}

/// A leader that is no voter any more leads no longer than its own removal takes to commit (Raft, section 6),
/// and names its successor, so that nobody waits for an election timeout.
void Raft::Impl::resign()
{
    if (const ServerId successor = mostAdvancedVoter())
        send(successor, TimeoutNow{term()});
    becomeFollower(term(), {}, "this node is not a voter any more");
}

/// Makes voters of those that have caught up and are still there: one that went away since would be counted
/// in every quorum from then on, and of two voters one alone decides nothing.
void Raft::Impl::promoteReady()
{
    if (!mayChangeMembers())
        return;
    std::vector<ServerId> caughtUp;
    for (const Member& member : config().members) {
        const auto peer = progress.find(member.server);
        const bool fit = member.role == MemberRole::Joining && peer != progress.end() &&
                         peer->second.caughtUp() &&
                         now - peer->second.lastContact() < settings.electionTimeoutMin;
        if (fit)
            caughtUp.push_back(member.server);
    }
    if (!caughtUp.empty())
        changeMembers(withPromoted(config(), caughtUp), "a new voter has caught up");
}

/// Every bound slot whose URL is answered by another incarnation: the one that it was bound to is gone, and
/// with it what it voted and stored; the new one starts as a learner. It is blank, or has what a leader sent
/// it that was deposed before it could commit that it took it in.
void Raft::Impl::rebindSlots()
{
    if (!mayChangeMembers())
        return;
    std::vector<MemberChange> changes;
    for (const Member& slot : config().members) {
        const auto known = identified.find(slot.url);
        if (!slot.bound() || known == identified.end() || slot.server == identity.server)
            continue;
        const PeerIdentified& peer = known->second;
        const bool anotherId = peer.id != slot.id && config().findId(peer.id) != nullptr;
        const bool foreign = !peer.cluster.isZero() && peer.cluster != config().cluster;
        if (peer.server == slot.server || foreign || anotherId || config().find(peer.server) != nullptr)
            continue;
        changes.push_back({MemberChange::Kind::Rebind, {peer.server, peer.id, peer.url, slot.role, {}}});
    }
    if (changes.empty())
        return;
    auto target = withChanges(config(), changes);
    if (target)
        changeMembers(std::move(*target), "a member came back without its data and starts as a learner");
}

} // namespace dsmsg::raft
