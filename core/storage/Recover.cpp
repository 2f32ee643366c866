// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log gets one more entry, of a new term, that makes this node the only voter: all entries before it are
// committed by it, as those of a new leader's log always are. The log is changed before the identity: in
// between, the directory belongs to nobody and can only be recovered again.
#include <algorithm>

#include "core/storage/DirectoryIdentity.h"
#include "core/storage/LogStore.h"
#include "core/storage/Restore.h"
#include "core/storage/SnapshotInstall.h"
#include "core/storage/SoleMember.h"
#include "core/storage/StateStore.h"

namespace dsmsg::storage {

namespace {

std::string count(std::uint64_t number, const char* one, const char* many)
{
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

Result<raft::Configuration> newestConfiguration(const raft::Restored& log)
{
    if (log.configurationEntries.empty())
        return log.base.configuration;
    return raft::decodeConfiguration(log.configurationEntries.back()->data);
}

Term lastTerm(const raft::Restored& log)
{
    return log.termRuns.empty() ? log.base.term : log.termRuns.back().term;
}

void tellLoss(RecoveredNode& out, const raft::Restored& log, const raft::Configuration& former)
{
    const std::size_t voters = former.voterSlots();
    const raft::Member* own = former.find(out.server);
    const bool voted = own != nullptr && own->role == raft::MemberRole::Voter;
    if (voted && voters == 1) {
        out.mayBeLost.emplace_back("Nothing: this node was the only voter.");
        return;
    }
    out.mayBeLost.push_back(
        "Whatever the other nodes acknowledged after entry " + std::to_string(log.lastIndex.value) +
        " is lost if this node had not received it. How much that is cannot be known from here.");
    if (voted)
        out.mayBeLost.push_back("This node was one of " + count(voters, "voter", "voters") + "; " +
                                std::to_string(raft::majorityOf(voters)) +
                                " of them sufficed for an acknowledgement, with or without this one.");
    else
        out.mayBeLost.push_back("This node was no voter of its cluster (" + count(voters, "voter", "voters") +
                                "), so messages were acknowledged without waiting for it.");
    out.next.emplace_back(
        "If the directory of another node of the old cluster survives, compare them first: 'dsmsg "
        "verify' prints the last entry of each. Recover the one with the highest term of its last "
        "entry, and among those the one with the highest index.");
    out.next.emplace_back(
        "The other nodes must not be started with their old directories: they belong to the old "
        "cluster, and are refused. Start them with empty ones and --join this node.");
}

void tellCertain(RecoveredNode& out, const raft::Restored& log)
{
    const LogIndex applied = out.applied.index;
    out.certain.push_back("Every message that this node had applied is kept: " +
                          count(out.applied.lastSeq.value, "message", "messages") + ", up to entry " +
                          std::to_string(applied.value) + ".");
    if (log.lastIndex > applied) {
        const std::uint64_t rest = log.lastIndex - applied;
        out.certain.push_back(
            count(rest, "entry", "entries") + " after it, up to entry " +
            std::to_string(log.lastIndex.value) + " of term " + std::to_string(lastTerm(log).value) + ", " +
            (rest == 1 ? "is" : "are") +
            " kept as well. Some may hold messages whose senders were never told that they are "
            "stored, or were told that it is unknown; a retry with the same id stays safe.");
    }
}

Result<void> writeConfiguration(LogStore& log, const raft::Restored& restored,
                                const raft::Configuration& configuration)
{
    raft::Write write;
    const Term term = std::max(restored.hardState.term, lastTerm(restored)).next();
    write.hardState = raft::HardState{term, {}};
    write.entries.push_back(std::make_shared<const raft::Entry>(
        raft::Entry{term, restored.lastIndex.next(), raft::EntryKind::Configuration,
                    raft::encodeConfiguration(configuration)}));
    return log.write({&write, 1});
}

Result<messaging::AppliedState> appliedState(const DataDirectory& directory, const raft::Restored& log)
{
    if (auto completed = completeInstall(directory, log.base); !completed)
        return completed.error();
    auto store = StateStore::open(directory);
    if (!store)
        return store.error();
    if ((*store)->applied().index > log.lastIndex)
        return Error{Error::Kind::Corrupt,
                     "The state has applied entry " + std::to_string((*store)->applied().index.value) +
                         ", but the log ends at entry " + std::to_string(log.lastIndex.value)};
    return (*store)->applied();
}

} // namespace

Result<RecoveredNode> recoverAsSoleMember(const QString& dataDirectory, const std::string& url)
{
    auto directory = DataDirectory::openExisting(dataDirectory);
    if (!directory)
        return directory.error();
    if (const auto noted = (*directory)->damageNoted())
        return Error{Error::Kind::Corrupt, "The node found its data damaged (" + *noted +
                                               "): recover another node, or restore a backup"};
    auto log = LogStore::open(**directory);
    if (!log)
        return log.error();
    const raft::Restored restored = (*log)->takeRestored();
    const auto former = newestConfiguration(restored);
    if (!former)
        return former.error();
    if (!former->formed())
        return Error{Error::Kind::Refused,
                     "This node never belonged to a cluster: there is nothing to recover"};
    auto applied = appliedState(**directory, restored);
    if (!applied)
        return applied.error();

    RecoveredNode out;
    out.formerCluster = former->cluster;
    out.node = (*directory)->node();
    out.server = (*directory)->server();
    out.lastIndex = restored.lastIndex;
    out.applied = *applied;
    tellCertain(out, restored);
    out.next.emplace_back(
        "Start this node without --peers: those of the old cluster are none of this one, and it would refuse.");
    tellLoss(out, restored, *former);
    out.server = newServerId();
    const raft::Configuration configuration = soleMember(out.server, out.node, url);
    out.cluster = configuration.cluster;
    if (auto written = writeConfiguration(**log, restored, configuration); !written)
        return written.error();
    if (auto written = writeIdentity((*directory)->path(), {out.server, out.node, false}); !written)
        return written.error();
    return out;
}

} // namespace dsmsg::storage
