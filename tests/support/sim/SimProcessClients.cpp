// SPDX-License-Identifier: GPL-3.0-or-later
//
// The proposals of a run: messages gathered into entries, answered when applied and durable where promised,
// called unknown when leadership is lost; and what is counted and traced on the way.
#include "core/messaging/Command.h"
#include "tests/support/sim/Describe.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

void SimProcess::request(messaging::Message message, Answer answer)
{
    run([this, message = std::move(message), answer = std::move(answer)]() mutable {
        if (raft_->role() != raft::Role::Leader) {
            const int leader = host_.slotOf(raft_->leader());
            lab_.coverage.seen(Kind::Redirected);
            answer({leader < 0 ? Reply::Kind::Rejected : Reply::Kind::Redirected, Seq{}, leader});
            return;
        }
        batch_.push_back({std::move(message), std::move(answer)});
        if (proposalDue_)
            return;
        proposalDue_ = true;
        later(Duration(random_.between(0, 3000)), [this] { propose(); });
    });
}

void SimProcess::propose()
{
    proposalDue_ = false;
    std::vector<Pending> messages = std::move(batch_);
    batch_.clear();
    std::vector<messaging::Message> plain;
    plain.reserve(messages.size());
    for (const Pending& pending : messages)
        plain.push_back(pending.message);
    const auto proposed = step(raft::Propose{messaging::encodeBatch(plain)});
    if (!proposed) {
        lab_.judge.condemn(
            {"Proposal", text(nameOfSlot(machine_.view.slot), " gives no answer to a proposal")});
        return;
    }
    if (const auto* refusal = std::get_if<raft::Refusal>(&*proposed))
        return refuse(messages, *refusal);
    const auto& [term, index] = std::get<raft::Proposed>(*proposed);
    lab_.trace.line(nameOfSlot(machine_.view.slot), " proposes ", messages.size(), " messages as ", index,
                    '/', term);
    proposals_[index] = Proposal{term, std::move(messages), std::nullopt};
    // A single node may have stepped down in this very step.
    if (raft_->role() != raft::Role::Leader || raft_->term() != term)
        abandonProposals();
}

void SimProcess::refuse(std::vector<Pending>& messages, raft::Refusal refusal)
{
    constexpr std::array kinds{Kind::Redirected, Kind::RefusedNotReady, Kind::RefusedBusy,
                               Kind::RefusedDiskFull};
    lab_.coverage.seen(kinds[static_cast<std::size_t>(refusal)]);
    lab_.trace.line(nameOfSlot(machine_.view.slot), " refuses a proposal: ", nameOf(refusal));
    for (const Pending& pending : messages)
        pending.answer({Reply::Kind::Rejected, Seq{}, -1});
}

void SimProcess::noteOutcome(const messaging::AppliedEntry& entry)
{
    const auto proposal = proposals_.find(entry.index);
    if (proposal != proposals_.end() && proposal->second.term == entry.term)
        proposal->second.outcome = entry.messages;
}

void SimProcess::answerDurable()
{
    if (proposals_.empty() || raft_->role() != raft::Role::Leader)
        return;
    const std::size_t copies =
        raft::effectiveQuorum(raft_->configuration().voterSlots(), machine_.quorumAsked);
    const LogIndex durable = raft_->durableOn(copies);
    while (!proposals_.empty()) {
        const auto oldest = proposals_.begin();
        if (!oldest->second.outcome || oldest->first > durable)
            return;
        acknowledge(oldest->first, oldest->second, copies);
        proposals_.erase(oldest);
    }
}

void SimProcess::acknowledge(LogIndex index, const Proposal& proposal, std::size_t copies)
{
    for (std::size_t i = 0; i < proposal.messages.size(); ++i) {
        const Pending& pending = proposal.messages[i];
        const messaging::AppliedMessage& applied = (*proposal.outcome)[i];
        lab_.coverage.seen(applied.duplicate ? Kind::AcknowledgedDuplicate : Kind::Acknowledged);
        lab_.trace.line(nameOfSlot(machine_.view.slot), " acknowledges ", pending.message.msgId, " seq ",
                        applied.seq, " at ", index, '/', proposal.term);
        lab_.judge.acknowledge(machine_.view, {pending.message.msgId, applied.seq, proposal.term, index,
                                               copies, applied.duplicate});
        pending.answer({Reply::Kind::Acknowledged, applied.seq, -1});
    }
}

void SimProcess::abandonProposals()
{
    for (const auto& [index, proposal] : proposals_) {
        for (const Pending& pending : proposal.messages) {
            lab_.coverage.seen(Kind::OutcomeUnknown);
            pending.answer({Reply::Kind::Unknown, Seq{}, -1});
        }
    }
    proposals_.clear();
}

void SimProcess::reportRole(raft::Role before, Term termBefore)
{
    const NodeView& view = machine_.view;
    if (view.role == before && view.term == termBefore)
        return;
    lab_.trace.line(nameOfSlot(view.slot), " is ", nameOf(view.role), " of term ", view.term);
    if (view.role == before)
        return;
    constexpr std::array kinds{Kind::RoleFollower, Kind::RolePreCandidate, Kind::RoleCandidate,
                               Kind::RoleLeader};
    lab_.coverage.seen(kinds[static_cast<std::size_t>(view.role)]);
    if (before == raft::Role::Leader)
        lab_.coverage.seen(Kind::StepDown);
}

void SimProcess::reportEvents(const raft::Ready& ready)
{
    for (const raft::Event& event : ready.events) {
        lab_.trace.line(nameOfSlot(machine_.view.slot), ' ', nameOf(event.kind), ": ", event.cause);
        if (event.kind == raft::Event::Kind::Formed)
            lab_.coverage.seen(Kind::Formed);
        if (event.kind == raft::Event::Kind::MemberBound)
            lab_.coverage.seen(Kind::MemberBound);
        if (event.kind == raft::Event::Kind::DiskStall)
            lab_.coverage.seen(Kind::DiskStallSeen);
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
