// SPDX-License-Identifier: GPL-3.0-or-later
//
// What clients get: writes through node::Proposals, reads through node::ReadWaits, both as the driver uses
// them; and what is counted and traced on the way.
#include "core/messaging/Command.h"
#include "tests/support/sim/Describe.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

using std::chrono::milliseconds;

namespace {

Kind kindOf(const ReadDemand& demand, raft::Role role)
{
    if (!demand.level)
        return demand.minSeq ? Kind::ReadMinSeq : Kind::ReadLocal;
    if (*demand.level == raft::ReadLevel::Leader)
        return Kind::ReadLeaderLevel;
    return role == raft::Role::Leader ? Kind::ReadOnLeader : Kind::ReadOnFollower;
}

} // namespace

void SimProcess::request(const Request& request, Answer answer)
{
    run([this, request, answer = std::move(answer)]() mutable {
        if (raft_->role() != raft::Role::Leader) {
            const int leader = host_.slotOf(raft_->leader());
            lab_.coverage.seen(Kind::Redirected);
            answer({leader < 0 ? Reply::Kind::Rejected : Reply::Kind::Redirected, Seq{}, leader});
            return;
        }
        if (!raft_->serving() || !timekeeper_.mayStamp()) {
            // Before, what earlier leaders stamped is not known here, nor the cluster's time.
            refusal(raft::Refusal::NotReady);
            answer({Reply::Kind::Rejected, Seq{}, -1});
            return;
        }
        const messaging::Message& message = request.message;
        node::Submission submission;
        submission.token = ++lastToken_;
        submission.draft = {message.msgId,      message.sender, message.recipient, message.payload,
                            message.originalTs, std::nullopt,   message.ttl};
        submitted_[lastToken_] = {message.msgId, request.ack, std::move(answer)};
        proposals_.add(std::move(submission), request.ack, now(), stamp(), message.correction);
        armExpiry();
        if (!std::exchange(turnDue_, true))
            later(Duration(random_.between(0, 3000)), [this] { endOfTurn(); });
    });
}

void SimProcess::endOfTurn()
{
    turnDue_ = false;
    while (proposals_.wantsBatch() && !lab_.judge.violation()) {
        if (raft_->role() != raft::Role::Leader)
            return loseLeadership();
        const node::Proposals::Batch batch = proposals_.takeBatch();
        const UnixTime watermark = pacer_.next(stamp());
        const raft::Ready ready = step(raft::Propose{messaging::encodeBatch(batch.messages, watermark)});
        if (!ready.proposed) {
            lab_.judge.condemn(
                {"Proposal", text(nameOfSlot(machine_.view.slot), " gives no answer to a proposal")});
            return;
        }
        if (const auto* at = std::get_if<raft::Proposed>(&*ready.proposed)) {
            lab_.trace.line(nameOfSlot(machine_.view.slot), " proposes ", batch.messages.size(),
                            " messages as ", at->index, '/', at->term);
            proposals_.proposed(*at);
            pacer_.proposed(watermark);
        } else {
            proposals_.refused(refusal(std::get<raft::Refusal>(*ready.proposed)));
        }
        handle(ready);
    }
}

node::Unavailable SimProcess::refusal(raft::Refusal why)
{
    constexpr std::array kinds{Kind::Redirected, Kind::RefusedNotReady, Kind::RefusedBusy,
                               Kind::RefusedDiskFull, Kind::RefusedHandingOver};
    lab_.coverage.seen(kinds[static_cast<std::size_t>(why)]);
    lab_.trace.line(nameOfSlot(machine_.view.slot), " refuses a proposal: ", nameOf(why));
    return {node::Unavailable::Fate::Rejected, nameOf(why), false, {}, {}};
}

void SimProcess::loseLeadership()
{
    proposals_.leadershipLost("this node does not lead any more");
    acks_.leadershipLost("this node does not lead any more");
}

node::Proposals::Facts SimProcess::facts() const
{
    node::Proposals::Facts facts;
    facts.durableOn = [this](std::size_t copies) { return raft_->durableOn(copies); };
    facts.holders = [this](LogIndex index) { return raft_->holders(index); };
    facts.ownDurable = raft_->durableIndex();
    facts.commit = raft_->commitIndex();
    facts.voters = raft_->configuration().voterSlots();
    facts.quorum = raft::effectiveQuorum(facts.voters, machine_.quorumAsked);
    return facts;
}

void SimProcess::settle()
{
    proposals_.settle(facts(), now());
    for (const Seq seq : proposals_.takeLookups()) {
        later(machine_.disk->readDelay(), [this, seq] {
            proposals_.lookedUp(seq, machine_.state->store().message(seq));
            settle();
        });
    }
    for (const node::Outcome& outcome : proposals_.takeOutcomes())
        answer(outcome);
    if (proposals_.wantsBatch() && !std::exchange(turnDue_, true))
        later(Duration(random_.between(0, 1000)), [this] { endOfTurn(); });
}

void SimProcess::armExpiry()
{
    if (std::exchange(expiryDue_, true))
        return;
    later(milliseconds(20), [this] {
        expiryDue_ = false;
        proposals_.expire(facts(), now());
        reads_.expire(now());
        acks_.expire(now());
        entryWaits_.expire(now());
        if (!acksDue_)
            proposeAcks();
        settle();
        if (!proposals_.empty() || !reads_.empty() || !acks_.empty() || !entryWaits_.empty())
            armExpiry();
    });
}

void SimProcess::answer(const node::Outcome& outcome)
{
    const auto found = submitted_.find(outcome.token);
    if (found == submitted_.end()) {
        lab_.judge.condemn({"Proposal", text("a second answer to one submission")});
        return;
    }
    const Submitted submitted = std::move(found->second);
    submitted_.erase(found);
    if (const auto* accepted = std::get_if<node::Accepted>(&outcome.result))
        acknowledge(submitted, *accepted);
    else
        giveUp(submitted, std::get<node::Unavailable>(outcome.result));
}

void SimProcess::acknowledge(const Submitted& submitted, const node::Accepted& accepted)
{
    const std::size_t voters = raft_->configuration().voterSlots();
    // The first copy of a duplicate was counted when it was settled, perhaps among other members.
    std::size_t copies = accepted.duplicate ? 0 : raft::effectiveQuorum(voters, machine_.quorumAsked);
    if (submitted.ack == node::AckLevel::All && copies > 0) {
        copies = voters;
        lab_.coverage.seen(Kind::AcknowledgedByAll);
    }
    lab_.coverage.seen(accepted.duplicate ? Kind::AcknowledgedDuplicate : Kind::Acknowledged);
    if (accepted.expired)
        lab_.coverage.seen(Kind::AcknowledgedExpired);
    lab_.trace.line(nameOfSlot(machine_.view.slot), " acknowledges ", submitted.msgId, " seq ", accepted.seq,
                    " at ", accepted.receipt.index, '/', accepted.receipt.term);
    lab_.judge.acknowledge(machine_.view,
                           {submitted.msgId, accepted.seq, accepted.receipt.term, accepted.receipt.index,
                            copies, accepted.duplicate, accepted.expired});
    if (accepted.message.msgId != submitted.msgId)
        lab_.judge.condemn(
            {"Proposal", text("the answer for ", submitted.msgId, " speaks of ", accepted.message.msgId)});
    submitted.answer({Reply::Kind::Acknowledged, accepted.seq, -1});
}

void SimProcess::giveUp(const Submitted& submitted, const node::Unavailable& verdict)
{
    const auto unknown = node::Unavailable::Fate::Unknown;
    if (verdict.fate == node::Unavailable::Fate::Committed && verdict.seq) {
        lab_.coverage.seen(Kind::CommittedTooFew);
        submitted.answer({Reply::Kind::Acknowledged, *verdict.seq, -1});
    } else {
        if (verdict.fate == unknown)
            lab_.coverage.seen(Kind::OutcomeUnknown);
        submitted.answer({verdict.fate == unknown ? Reply::Kind::Unknown : Reply::Kind::Rejected, Seq{}, -1});
    }
}

void SimProcess::read(const ReadDemand& demand, ReadAnswer answer)
{
    run([this, demand, answer = std::move(answer)] {
        const auto served = [this, demand, answer](const Result<void>& verdict) {
            if (!verdict) {
                lab_.coverage.seen(Kind::ReadRefused);
                return answer(std::nullopt);
            }
            const Seq last = machine_.view.state.applied.lastSeq;
            const auto newest = machine_.state->store().message(last);
            lab_.coverage.seen(kindOf(demand, raft_->role()));
            lab_.trace.line(nameOfSlot(machine_.view.slot), " serves read ", demand.number, " at seq ", last);
            lab_.judge.readServed(machine_.view, {demand.number, last, newest ? newest->message.msgId : "",
                                                  newest && newest->expired});
            answer(last);
        };
        const node::ReadWish wish{demand.level, demand.minSeq, milliseconds(random_.between(100, 2000))};
        if (const auto question = reads_.add(wish, served, now()))
            handle(step(*question));
        armExpiry();
    });
}

void SimProcess::reportRole()
{
    const NodeView& view = machine_.view;
    const raft::Role before = std::exchange(role_, view.role);
    const Term termBefore = std::exchange(term_, view.term);
    if (view.role == before && view.term == termBefore)
        return;
    lab_.trace.line(nameOfSlot(view.slot), " is ", nameOf(view.role), " of term ", view.term);
    pacer_.restart();
    retention_.restart(now());
    armDelivery();
    armRetention();
    if (before == raft::Role::Leader) {
        lab_.coverage.seen(Kind::StepDown);
        loseLeadership();
    }
    if (view.role == before)
        return;
    constexpr std::array kinds{Kind::RoleFollower, Kind::RolePreCandidate, Kind::RoleCandidate,
                               Kind::RoleLeader};
    lab_.coverage.seen(kinds[static_cast<std::size_t>(view.role)]);
}

void SimProcess::reportEvents(const raft::Ready& ready)
{
    static const std::map<raft::Event::Kind, Kind> kinds{
        {raft::Event::Kind::Formed, Kind::Formed},
        {raft::Event::Kind::MemberBound, Kind::MemberBound},
        {raft::Event::Kind::DiskStall, Kind::DiskStallSeen},
        {raft::Event::Kind::MembersChanging, Kind::MembersChanging},
        {raft::Event::Kind::MembersChanged, Kind::MembersChanged},
        {raft::Event::Kind::Removed, Kind::RemovedSeen},
        {raft::Event::Kind::Transferring, Kind::Transferring},
        {raft::Event::Kind::SnapshotSending, Kind::SnapshotSending},
        {raft::Event::Kind::SnapshotInstalled, Kind::SnapshotAccepted},
        {raft::Event::Kind::Compacted, Kind::Compacted},
    };
    for (const raft::Event& event : ready.events) {
        lab_.trace.line(nameOfSlot(machine_.view.slot), ' ', nameOf(event.kind), ": ", event.cause);
        if (const auto kind = kinds.find(event.kind); kind != kinds.end())
            lab_.coverage.seen(kind->second);
    }
}

void SimProcess::countMessage(const raft::Message& message)
{
    if (const auto* vote = std::get_if<raft::RequestVoteReply>(&message))
        lab_.coverage.seen(vote->granted ? Kind::VoteGranted : Kind::VoteDenied);
    if (const auto* appended = std::get_if<raft::AppendEntriesReply>(&message);
        appended && !appended->success)
        lab_.coverage.seen(appended->noSpace ? Kind::AppendNoSpace : Kind::AppendRefused);
}

} // namespace dsmsg::sim
