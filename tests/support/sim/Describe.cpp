// SPDX-License-Identifier: GPL-3.0-or-later
//
// Positions are written index/term, as in "prev 12/3".
#include "tests/support/sim/Describe.h"

#include <array>

#include "tests/support/sim/Text.h"

namespace dsmsg::sim {

namespace {

const char* ballotOf(raft::Ballot ballot)
{
    return ballot == raft::Ballot::PreVote ? "PreVote" : "Vote";
}

struct Describer
{
    std::string operator()(const raft::RequestVote& m) const
    {
        return text("Request", ballotOf(m.ballot), " t", m.term, " last ", m.lastLogIndex, '/',
                    m.lastLogTerm);
    }
    std::string operator()(const raft::RequestVoteReply& m) const
    {
        return text(ballotOf(m.ballot), "Reply t", m.term, m.granted ? " granted" : " denied");
    }
    std::string operator()(const raft::AppendEntries& m) const
    {
        return text("Append t", m.term, " prev ", m.prevLogIndex, '/', m.prevLogTerm, " commit ",
                    m.leaderCommit, " +", m.entries.size());
    }
    std::string operator()(const raft::AppendEntriesReply& m) const
    {
        if (m.success)
            return text("AppendReply t", m.term, " match ", m.match);
        return text("AppendReply t", m.term, " rejected ", m.rejected, " hint ", m.hint, '/', m.hintTerm,
                    m.noSpace ? " no space" : "");
    }
    std::string operator()(const raft::Heartbeat& m) const
    {
        return text("Heartbeat t", m.term, " commit ", m.commit, " round ", m.round);
    }
    std::string operator()(const raft::HeartbeatReply& m) const
    {
        return text("HeartbeatReply t", m.term, " round ", m.round, m.noSpace ? " no space" : "");
    }
    std::string operator()(const raft::TimeoutNow& m) const { return text("TimeoutNow t", m.term); }
    std::string operator()(const raft::ReadIndexRequest& m) const
    {
        return text("ReadIndex t", m.term, " read ", m.id);
    }
    std::string operator()(const raft::ReadIndexReply& m) const
    {
        return text("ReadIndexReply t", m.term, " read ", m.id, " index ", m.index);
    }
    std::string operator()(const raft::InstallSnapshot& m) const
    {
        return text("Snapshot t", m.term, " from ", m.position, " +", m.chunk.size(),
                    m.finished ? text(" ends at ", m.finished->index, '/', m.finished->term) : "");
    }
    std::string operator()(const raft::InstallSnapshotReply& m) const
    {
        return text("SnapshotReply t", m.term, " has ", m.position, " installed ", m.installed,
                    m.noSpace ? " no space" : "");
    }
};

} // namespace

std::string describe(const raft::Message& message)
{
    return std::visit(Describer{}, message);
}

std::string describe(const raft::Write& write)
{
    std::string out = text("write ", write.id);
    if (write.hardState)
        out += text(" hard t", write.hardState->term, " vote ", toHex(write.hardState->votedFor));
    if (write.reset)
        out += text(" reset to ", write.reset->index, '/', write.reset->term);
    if (write.compact)
        out += text(" compact to ", write.compact->index);
    if (write.truncateFrom)
        out += text(" truncate ", write.truncateFrom);
    if (!write.entries.empty()) {
        const raft::Entry& last = *write.entries.back();
        out += text(" append ", write.entries.front()->index, "..", last.index, '/', last.term);
    }
    return out;
}

const char* nameOf(raft::Role role)
{
    constexpr std::array names{"Follower", "PreCandidate", "Candidate", "Leader"};
    return names[static_cast<std::size_t>(role)];
}

const char* nameOf(raft::Refusal refusal)
{
    constexpr std::array names{"NotLeader", "NotReady", "Busy", "DiskFull", "HandingOver"};
    return names[static_cast<std::size_t>(refusal)];
}

const char* nameOf(raft::Event::Kind kind)
{
    constexpr std::array names{
        "ElectionStarted", "VoteGranted",       "LeaderElected",  "LeaderFollowed", "SteppedDown",
        "PeerLost",        "PeerFound",         "MemberBound",    "Formed",         "DiskStall",
        "Contradiction",   "MembersChanging",   "MembersChanged", "Removed",        "Transferring",
        "SnapshotSending", "SnapshotInstalled", "Compacted"};
    return names[static_cast<std::size_t>(kind)];
}

} // namespace dsmsg::sim
