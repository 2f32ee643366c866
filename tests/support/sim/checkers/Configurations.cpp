// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Configurations.h"

#include <algorithm>

namespace dsmsg::sim {

namespace {

bool configures(const raft::Entry& entry)
{
    return entry.kind == raft::EntryKind::Form || entry.kind == raft::EntryKind::Configuration;
}

std::vector<ServerId> votersOf(const raft::Configuration& configuration)
{
    std::vector<ServerId> voters;
    for (const raft::Member& member : configuration.members) {
        if (member.role == raft::MemberRole::Voter)
            voters.push_back(member.server);
    }
    std::ranges::sort(voters);
    return voters;
}

/// True when `next` only says who fills one voter's slot that nobody filled.
bool bindsOne(std::vector<ServerId> now, const std::vector<ServerId>& next)
{
    if (now.empty() || now.front())
        return false;
    const auto bound = std::ranges::find_if(
        next, [&](ServerId voter) { return voter && std::ranges::count(now, voter) == 0; });
    if (bound == next.end())
        return false;
    now.front() = *bound;
    std::ranges::sort(now);
    return now == next;
}

} // namespace

std::string ConfigurationSafety::flaw(const raft::Configuration& now, const raft::Configuration& next)
{
    if (next.cluster != now.cluster)
        return "it belongs to another cluster";
    const std::vector<ServerId> before = votersOf(now);
    const std::vector<ServerId> after = votersOf(next);
    if (after.empty())
        return "it has no voters";
    if (now.joint())
        return next.joint() || after != before ? "the joint change before it was not finished as begun" : "";
    if (next.joint()) {
        std::vector<ServerId> old = next.oldVoters;
        std::ranges::sort(old);
        return old == before ? "" : "its outgoing voters are not those in force";
    }
    return after == before || bindsOne(before, after) ? "" : "it changes the voters without a joint step";
}

void ConfigurationSafety::onWrite(const ClusterView&, const NodeView& node, const raft::Write& write)
{
    if (std::ranges::any_of(write.entries, [](const raft::EntryPtr& entry) { return configures(*entry); }))
        writer_ = node.slot;
}

void ConfigurationSafety::onStep(const ClusterView&, const NodeView& node)
{
    followCommitted();
    if (writer_ != node.slot)
        return;
    writer_.reset();
    if (node.role == raft::Role::Leader && committed_.termAt(node.commit) != node.term &&
        node.disk->written.configuration().first > LogIndex(1))
        fail(nameOfSlot(node.slot), " changes the members in term ", node.term,
             " before an entry of this term is committed");
    const DiskImage& log = node.disk->written;
    std::size_t open = 0;
    for (LogIndex index = log.lastIndex(); index > committed_.last() && log.at(index);
         index = index.previous())
        open += configures(*log.at(index)) ? 1u : 0u;
    if (open > 1)
        fail(nameOfSlot(node.slot), " has ", open, " changes of members in its log that are not committed");
}

void ConfigurationSafety::followCommitted()
{
    while (followed_ < committed_.last()) {
        ++followed_;
        const raft::Entry& entry = *committed_.at(followed_).entry;
        if (!configures(entry))
            continue;
        auto next = raft::decodeConfiguration(entry.data);
        if (!next)
            return; // CommittedLog says so
        if (last_) {
            if (const std::string why = flaw(*last_, *next); !why.empty())
                fail("the configuration of entry ", followed_, " may not follow the one before: ", why);
        }
        last_ = std::move(*next);
    }
}

} // namespace dsmsg::sim
