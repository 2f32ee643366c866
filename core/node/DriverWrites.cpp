// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's way of a write: from the submission through the core to the outcome.
#include <algorithm>

#include "core/base/Assert.h"
#include "core/messaging/Command.h"
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

namespace {

constexpr const char* comparesClocks =
    "the leader has just started and still compares its clock with the others; "
    "try again in a moment";

} // namespace

std::optional<std::variant<Redirected, Unavailable>> RaftDriver::notLeading() const
{
    const auto rejected = [](std::string reason) {
        return Unavailable{Unavailable::Fate::Rejected, std::move(reason), false, {}, {}};
    };
    if (stopped_)
        return rejected("this node is shutting down");
    if (!failure_.empty())
        return rejected("this node's storage failed: " + failure_);
    if (raft_.role() != raft::Role::Leader) {
        if (const raft::Member* leader = leaderMember(); leader != nullptr && !leader->url.empty())
            return Redirected{leader->url};
        const std::string why = raft_.status(clock_.now()).explain;
        return rejected(why.empty() ? "no leader is known yet" : why);
    }
    return std::nullopt;
}

std::optional<std::variant<Redirected, Unavailable>> RaftDriver::cannotServe() const
{
    if (auto elsewhere = notLeading())
        return elsewhere;
    if (disk_.sufficient)
        return std::nullopt;
    return Unavailable{Unavailable::Fate::Rejected,
                       "the leader's disk is full: less than its reserve of " +
                           std::to_string(options_.diskReserveBytes) +
                           " bytes is free, and no other node could take over. Free some space",
                       true,
                       {},
                       {}};
}

void RaftDriver::submit(std::vector<Submission> submissions)
{
    auto refusal = cannotServe();
    // Before it serves, what earlier leaders stamped is not known here, and a message may be stamped before
    // it.
    if (!refusal && !raft_.serving())
        refusal = *refusalFor(raft::Refusal::NotReady);
    if (!refusal && !timekeeper_.mayStamp())
        refusal = Unavailable{Unavailable::Fate::Rejected, comparesClocks, false, {}, {}};
    if (refusal) {
        observer_.turnedAway(submissions.size());
        std::vector<Outcome> outcomes;
        outcomes.reserve(submissions.size());
        for (const Submission& submission : submissions) {
            outcomes.push_back(
                {submission.token,
                 std::visit([](const auto& r) { return std::variant<Accepted, Redirected, Unavailable>(r); },
                            *refusal)});
        }
        if (outcomeSink_)
            outcomeSink_(std::move(outcomes));
        return;
    }
    const Instant now = clock_.now();
    const UnixTime receiveTs = stamp();
    for (Submission& submission : submissions) {
        const AckLevel level = levelOf(submission.ack);
        const messaging::Correction correction = correctionOf(submission.draft);
        proposals_.add(std::move(submission), level, now, receiveTs, correction);
    }
    if (!expiryTimer_.isActive())
        expiryTimer_.start();
    scheduleEndOfTurn();
}

AckLevel RaftDriver::levelOf(AckLevel asked) const
{
    if (asked != AckLevel::Default)
        return asked;
    return options_.mode == ReplicationMode::Async ? AckLevel::Leader : AckLevel::Quorum;
}

bool RaftDriver::mayPump() const
{
    // While leadership is handed over messages wait: they are answered by this node after all, or sent on.
    return proposals_.wantsBatch() && appliedState_.index >= admissionsResumeAt_ && !raft_.handingOver();
}

void RaftDriver::pump()
{
    while (mayPump()) {
        if (const auto refusal = cannotServe()) {
            const auto* unavailable = std::get_if<Unavailable>(&*refusal);
            proposals_.leadershipLost(unavailable != nullptr ? unavailable->reason
                                                             : "another node leads; send the message again");
            return;
        }
        offer(proposals_.takeBatch());
    }
}

void RaftDriver::offer(Proposals::Batch batch)
{
    if (options_.mode != ReplicationMode::Async)
        return propose(batch);
    for (const messaging::Message& message : batch.messages)
        batch.ids.push_back(messaging::hashMessageId(message.msgId));
    QMetaObject::invokeMethod(
        workers_.apply,
        [apply = workers_.apply, epoch = epoch_, ids = batch.ids]() mutable {
            apply->admit(epoch, std::move(ids));
        },
        Qt::QueuedConnection);
    admitting_.push_back(std::move(batch));
}

void RaftDriver::admitted(std::uint64_t epoch, std::vector<Foreseen> foreseen)
{
    if (stopped() || epoch != epoch_ || admitting_.empty())
        return;
    const Proposals::Batch batch = std::move(admitting_.front());
    admitting_.pop_front();
    proposals_.admitted(std::move(foreseen));
    propose(batch);
}

void RaftDriver::propose(const Proposals::Batch& batch)
{
    const UnixTime watermark = pacer_.next(stamp());
    raft::Ready ready = step(raft::Propose{messaging::encodeBatch(batch.messages, watermark)});
    DSMSG_ASSERT(ready.proposed.has_value(), "the core did not answer a proposal");
    if (const auto* at = std::get_if<raft::Proposed>(&*ready.proposed)) {
        lastProposed_ = at->index;
        observer_.proposed(at->index, batch.since, lastNow_);
        pacer_.proposed(watermark);
        proposals_.proposed(*at);
    } else {
        const auto refusal = std::get<raft::Refusal>(*ready.proposed);
        if (const auto why = refusalFor(refusal))
            proposals_.refused(*why);
        if (options_.mode == ReplicationMode::Async) {
            // What was foreseen for the messages behind this one is wrong now. Start over when the air is
            // clear.
            admissionsResumeAt_ = lastProposed_;
            ++epoch_;
            for (; !admitting_.empty(); admitting_.pop_front())
                proposals_.refused(*refusalFor(raft::Refusal::Busy));
            QMetaObject::invokeMethod(workers_.apply, &ApplyWorker::dropAdmissions, Qt::QueuedConnection);
        }
    }
    handle(std::move(ready));
}

std::optional<Unavailable> RaftDriver::refusalFor(raft::Refusal refusal)
{
    const auto rejected = [](const char* reason, bool diskFull = false) {
        return Unavailable{Unavailable::Fate::Rejected, reason, diskFull, {}, {}};
    };
    switch (refusal) {
    case raft::Refusal::NotLeader:
        return rejected("the leader stepped down before it took the message");
    case raft::Refusal::NotReady:
        return rejected("the new leader is not serving yet; try again in a moment");
    case raft::Refusal::Busy:
        return rejected("too many messages wait for a quorum; try again later");
    case raft::Refusal::HandingOver:
        return rejected("leadership is being handed over; try again in a moment");
    case raft::Refusal::DiskFull:
        return rejected("the leader's disk is full, and no other node could take over. Free some space",
                        true);
    }
    return std::nullopt;
}

void RaftDriver::lookedUp(Seq seq, const std::optional<messaging::StoredMessage>& first)
{
    proposals_.lookedUp(seq, first);
    deliverOutcomes();
}

Proposals::Facts RaftDriver::facts() const
{
    Proposals::Facts facts;
    facts.durableOn = [this](std::size_t copies) { return raft_.durableOn(copies); };
    facts.holders = [this](LogIndex index) { return raft_.holders(index); };
    facts.ownDurable = raft_.durableIndex();
    facts.commit = raft_.commitIndex();
    facts.voters = raft_.configuration().voterSlots();
    facts.quorum = raft::effectiveQuorum(facts.voters, options_.quorum);
    facts.leaderUrl = options_.advertiseUrl;
    return facts;
}

void RaftDriver::settle()
{
    settleOrders();
    if (proposals_.empty()) {
        if (!json_.waiting() && reads_.empty() && orders_.empty() && acks_.empty() && entryWaits_.empty())
            expiryTimer_.stop();
        // Whoever emptied it may have left the verdicts: a step-down or a refusal.
        return deliverOutcomes();
    }
    proposals_.settle(facts(), clock_.now());
    const std::vector<Seq> lookups = proposals_.takeLookups();
    if (!lookups.empty()) {
        QMetaObject::invokeMethod(
            workers_.apply, [apply = workers_.apply, lookups] { apply->lookUp(lookups); },
            Qt::QueuedConnection);
    }
    deliverOutcomes();
    // An answered entry may have made room in the pipeline.
    if (mayPump())
        scheduleEndOfTurn();
}

void RaftDriver::deliverOutcomes()
{
    std::vector<Outcome> outcomes = proposals_.takeOutcomes();
    if (!outcomes.empty() && outcomeSink_)
        outcomeSink_(std::move(outcomes));
}

} // namespace dsmsg::node
