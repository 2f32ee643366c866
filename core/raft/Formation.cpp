// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a cluster comes to be, and which configuration is in force (CORE.md, Formation and identity). The
// latest configuration in the log counts, committed or not (Raft, section 6), and goes when its entry is
// truncated.
#include "core/raft/Core.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft {

void Raft::Impl::restoreConfiguration(const Restored& restored)
{
    Configuration initial = restored.base.configuration;
    if (!initial.formed()) {
        initial.members.clear();
        for (const std::string& url : identity.initialUrls) {
            const bool own = url == identity.url;
            initial.members.push_back({own ? identity.server : ServerId{},
                                       own ? identity.id : std::string{},
                                       url,
                                       MemberRole::Voter,
                                       {}});
        }
        std::ranges::sort(initial.members, {}, &Member::url);
    }
    configurations.emplace_back(restored.base.index, std::move(initial));
    for (const EntryPtr& entry : restored.configurationEntries)
        adoptConfiguration(entry->index, *entry);
}

void Raft::Impl::adoptConfiguration(LogIndex index, const Entry& entry)
{
    auto decoded = decodeConfiguration(entry.data);
    DSMSG_ASSERT(decoded.ok(), "a configuration entry of the log cannot be read");
    configurations.emplace_back(index, std::move(*decoded));
    configurationChanged();
}

void Raft::Impl::rollBackConfiguration(LogIndex from)
{
    while (configurations.size() > 1 && configurations.back().first >= from)
        configurations.pop_back();
    configurationChanged();
}

void Raft::Impl::configurationChanged()
{
    ++membersVersion;
    wasMember = wasMember || config().find(identity.server) != nullptr;
    if (!leads())
        return;
    // A member that a change leaves out hears of everything until the change is committed, so that it knows.
    std::vector<ServerId> others;
    for (auto it = configurations.rbegin(); it != configurations.rend(); ++it) {
        const std::vector<ServerId> more = it->second.others(identity.server);
        others.insert(others.end(), more.begin(), more.end());
        if (it->first <= commit)
            break;
    }
    std::erase_if(progress, [&](const auto& peer) { return std::ranges::count(others, peer.first) == 0; });
    for (ServerId server : others)
        progress.try_emplace(server, log.last().next(), now);
}

void Raft::Impl::forgetConfigurations(LogIndex through)
{
    while (configurations.size() > 1 && configurations[1].first <= through)
        configurations.erase(configurations.begin());
}

void Raft::Impl::noteRemoval()
{
    const bool wasRemoved = std::exchange(
        removed, wasMember && configurations.back().first <= commit && config().formed() &&
                     config().find(identity.server) == nullptr && !config().isVoter(identity.server));
    if (removed && !wasRemoved)
        report(Event::Kind::Removed, "this node is no member of the cluster any more");
}

/// A leader takes commands only after the first entry of its term is applied, so a command in the log proves
/// that the Form entry is committed, even when the commit index was forgotten. Counted without reading the
/// log: besides configurations and commands it has one no-op a term, but for the first term, which begins
/// with the Form.
bool Raft::Impl::holdsCommands(const Restored& restored)
{
    if (restored.base.index)
        return true;
    const std::size_t others = restored.configurationEntries.size() + restored.termRuns.size();
    return restored.lastIndex && restored.lastIndex.value + 1 > others;
}

bool Raft::Impl::mayForm() const
{
    const auto& members = config().members;
    const auto answered = static_cast<std::size_t>(std::ranges::count_if(members, &Member::bound));
    return !identity.joinsOnly && !foreignCluster && answered >= majorityOf(members.size());
}

void Raft::Impl::on(const PeerIdentified& peer)
{
    if (const auto found = progress.find(peer.server); found != progress.end()) {
        report(Event::Kind::PeerFound, "the link is up", peer.server);
        found->second.restart();
        replicateTo(peer.server, found->second);
    }
    identified[peer.url] = peer;
    if (config().formed()) {
        tendMembers();
        return;
    }
    auto& provisional = configurations.back().second;
    const auto slot = std::ranges::find(provisional.members, peer.url, &Member::url);
    if (slot == provisional.members.end() || peer.server == identity.server)
        return;
    slot->server = peer.server;
    slot->id = peer.id;
    // Kept when the link goes down: only the same URL may take it back. Wiped nodes must not form anew just
    // because the one that still has the data is away.
    if (peer.cluster.isZero())
        formedPeers.erase(peer.url);
    else
        formedPeers.insert(peer.url);
    foreignCluster = !formedPeers.empty();
}

void Raft::Impl::bindSlots()
{
    if (!mayChangeMembers())
        return;
    for (const Member& slot : config().members) {
        const auto known = identified.find(slot.url);
        if (slot.bound() || known == identified.end() || config().find(known->second.server) != nullptr)
            continue;
        const PeerIdentified& peer = known->second;
        // A slot added by an administrator names who is to fill it.
        const Member* namesake = config().findId(peer.id);
        const bool idTaken =
            (namesake != nullptr && namesake != &slot) || (!slot.id.empty() && slot.id != peer.id);
        const bool stranger = !peer.cluster.isZero() && peer.cluster != config().cluster;
        if (idTaken || stranger)
            continue;
        Configuration bound = config();
        auto& member = *std::ranges::find(bound.members, slot.url, &Member::url);
        member.server = peer.server;
        member.id = peer.id;
        appendOwn(EntryKind::Configuration, encodeConfiguration(bound));
        report(Event::Kind::MemberBound, member.id + " at " + member.url, peer.server, log.last());
        replicate();
        return;
    }
}

std::string Raft::Impl::formationProblem() const
{
    if (foreignCluster || identity.joinsOnly) {
        return "This node has no data and belongs to a cluster that exists: it does not vote and waits for the "
               "leader to take it in as a learner, because it cannot know what it may have voted before. If the "
               "cluster never had a member at " +
               identity.url + ", start this node with --join instead of --peers.";
    }
    std::string missing;
    for (const Member& member : config().members) {
        if (!member.bound())
            missing += (missing.empty() ? "" : ", ") + member.url;
    }
    return "The cluster is not formed yet: waiting for a majority of the " +
           std::to_string(config().members.size()) + " configured nodes; not heard from " + missing + ".";
}

} // namespace dsmsg::raft
