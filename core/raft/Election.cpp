// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leader election: Raft 5.2 and 5.4.1, pre-vote (dissertation 9.6), and followers that stand by a leader they
// hear (dissertation 4.2.3), without which a node that returns would depose a healthy leader.
#include "core/raft/Core.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft {

bool Raft::Impl::mayCampaign() const
{
    return config().formed() ? mayStillVote() : mayForm();
}

/// True for a voter of any configuration that may be in force. One that the newest leaves out, but which is
/// not known to be committed, still campaigns, without a vote of its own: nobody else may have that entry,
/// and whoever has not may need this node's vote, which a shorter log does not get (dissertation 4.2.2).
bool Raft::Impl::mayStillVote() const
{
    for (auto known = configurations.rbegin(); known != configurations.rend(); ++known) {
        if (known->second.isVoter(identity.server))
            return true;
        if (known->first <= commit)
            break;
    }
    return false;
}

void Raft::Impl::armElectionTimer()
{
    electionTimeoutArmed =
        Duration(random.between(settings.electionTimeoutMin.count(), settings.electionTimeoutMax.count()));
    electionDeadline = now + electionTimeoutArmed;
    campaignWhenDurable = false;
}

void Raft::Impl::electionTimeout()
{
    armElectionTimer();
    leaderId = {};
    if (!mayCampaign())
        return;
    if (!durability.idle()) {
        // A node whose disk does not answer would make a leader that cannot acknowledge (CORE.md, Raft).
        campaignWhenDurable = true;
        return;
    }
    campaignIsTransfer = false;
    campaign(isLoneVoter() ? Ballot::Vote : Ballot::PreVote);
}

void Raft::Impl::campaign(Ballot ballot)
{
    votes.clear();
    verified = {};
    acknowledged = {};
    if (ballot == Ballot::PreVote) {
        role = Role::PreCandidate;
        votes[identity.server] = true;
        askForVotes();
        return;
    }
    role = Role::Candidate;
    leaderId = {};
    setHardState({term().next(), identity.server});
    // The vote for ourselves is on disk before anybody hears of the campaign: a candidate that crashed and
    // forgot it could otherwise vote again in this term, or count answers given to a longer log than it has
    // now.
    ownVote = durability.nextId();
    report(Event::Kind::ElectionStarted,
           campaignIsTransfer ? "the leader hands over to this node"
                              : "no leader was heard for an election timeout",
           {}, log.last());
}

void Raft::Impl::askForVotes()
{
    const Ballot ballot = role == Role::PreCandidate ? Ballot::PreVote : Ballot::Vote;
    const RequestVote request{ballot, ballot == Ballot::PreVote ? term().next() : term(), log.last(),
                              log.lastTerm(), campaignIsTransfer};
    for (ServerId peer : config().others(identity.server)) {
        if (config().isVoter(peer))
            send(peer, request);
    }
}

bool Raft::Impl::upToDate(const RequestVote& request) const
{
    return std::pair(request.lastLogTerm, request.lastLogIndex) >= std::pair(log.lastTerm(), log.last());
}

bool Raft::Impl::hearsLeader() const
{
    if (leads())
        return true;
    return leaderId && leaderContact && now - *leaderContact < settings.electionTimeoutMin;
}

bool Raft::Impl::belongsToFormed(ServerId server) const
{
    return std::ranges::any_of(identified, [server](const auto& known) {
        return known.second.server == server && !known.second.cluster.isZero();
    });
}

bool Raft::Impl::wouldGrant(ServerId from, const RequestVote& request) const
{
    // An unformed node that may not form yet could be a wiped one, which voted before and does not know it.
    // But a candidate of a formed cluster asks only the incarnations that its configuration names, and a
    // wiped disk comes back as another one. Without this vote a Form entry that reached too few nodes would
    // block the formation for ever: its holders need the others, who wait because somebody is formed already.
    if (!config().formed() && !mayForm() && !belongsToFormed(from))
        return false;
    if (!upToDate(request))
        return false;
    if (request.ballot == Ballot::PreVote)
        return request.term > term();
    return request.term == term() && (!hardState.votedFor || hardState.votedFor == from);
}

void Raft::Impl::onRequestVote(ServerId from, const RequestVote& request)
{
    if (request.term > term() && hearsLeader() && !request.transfer) {
        // Nobody is helped by unseating a leader that works. The pre-candidate is told, so that it does not
        // wait.
        if (request.ballot == Ballot::PreVote)
            reply(from, RequestVoteReply{Ballot::PreVote, term(), false});
        return;
    }
    if (request.ballot == Ballot::Vote && request.term > term())
        adoptTerm(request.term);
    const bool granted = wouldGrant(from, request);
    if (request.ballot == Ballot::PreVote) {
        reply(from, RequestVoteReply{Ballot::PreVote, granted ? request.term : term(), granted});
        return;
    }
    if (granted) {
        setHardState({term(), from});
        armElectionTimer();
        report(Event::Kind::VoteGranted, "its log is at least as complete as ours", from);
    }
    reply(from, RequestVoteReply{Ballot::Vote, term(), granted});
}

void Raft::Impl::onRequestVoteReply(ServerId from, const RequestVoteReply& answer)
{
    // A refusal carries the voter's own term: this is how a node that fell behind learns of it.
    if (answer.term > term() && !(answer.ballot == Ballot::PreVote && answer.granted)) {
        adoptTerm(answer.term);
        return;
    }
    const bool expected = (role == Role::PreCandidate && answer.ballot == Ballot::PreVote &&
                           (!answer.granted || answer.term == term().next())) ||
                          (role == Role::Candidate && answer.ballot == Ballot::Vote && answer.term == term());
    if (!expected)
        return;
    votes[from] = answer.granted;
    countVotes();
}

void Raft::Impl::countVotes()
{
    switch (tally(config(), votes)) {
    case VoteResult::Pending:
        return;
    case VoteResult::Lost:
        becomeFollower(term(), {}, "a majority refused the vote");
        return;
    case VoteResult::Won:
        break;
    }
    if (role == Role::Candidate)
        becomeLeader();
    else if (durability.idle())
        campaign(Ballot::Vote);
    else
        campaignWhenDurable = true;
}

void Raft::Impl::becomeLeader()
{
    DSMSG_ASSERT(hardState.votedFor == identity.server, "a leader must have voted for itself");
    role = Role::Leader;
    leaderId = identity.server;
    leaderSince = now;
    nextHeartbeat = now + settings.heartbeatInterval;
    uncommittedBytes = 0;
    votes.clear();
    progress.clear();
    const bool formed = config().formed();
    report(Event::Kind::LeaderElected,
           formed ? "a majority voted for this node" : "this node forms the cluster", {},
           log.last().next());
    // The first entry of the term lets everything before it commit (Raft 5.4.2); for a new cluster it is the
    // Form.
    if (formed) {
        configurationChanged();
        termStart = appendOwn(EntryKind::NoOp, {}).index;
    } else {
        Configuration formedNow = config();
        while (formedNow.cluster.isZero())
            static_cast<Bits128&>(formedNow.cluster) = random.bits128();
        termStart = appendOwn(EntryKind::Form, encodeConfiguration(formedNow)).index;
        report(Event::Kind::Formed, "cluster " + toHex(formedNow.cluster), {}, termStart);
    }
    replicate();
}

} // namespace dsmsg::raft
