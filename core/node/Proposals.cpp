// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/Proposals.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::node {

namespace {

constexpr std::size_t latencySamples = 1000;
constexpr const char* noQuorum = "replication quorum not achieved";
constexpr const char* firstUnread =
    "the message is stored already, but its first copy could not be read in time";

std::size_t sizeOf(const messaging::Message& m)
{
    constexpr std::size_t framing = 80;
    return framing + m.msgId.size() + m.sender.size() + m.recipient.size() + m.payload.size();
}

/// What a reply repeats of a message: not the payload, nor who it was for.
messaging::Message forReceipt(const messaging::Message& m)
{
    return {m.msgId, {}, {}, {}, m.originalTs, m.receiveTs, m.correction, {}};
}

Unavailable unknownFate()
{
    return {Unavailable::Fate::Unknown, noQuorum, false, {}, {}};
}

} // namespace

void Proposals::add(Submission submission, AckLevel level, Instant now, UnixTime receiveTs,
                    const messaging::Correction& correction)
{
    Queued queued;
    messaging::Message& message = queued.message;
    message.msgId = std::move(submission.draft.msgId);
    message.sender = std::move(submission.draft.sender);
    message.recipient = std::move(submission.draft.recipient);
    message.payload = std::move(submission.draft.payload);
    message.receiveTs = receiveTs;
    message.originalTs = submission.draft.ts.value_or(receiveTs);
    message.correction = correction;
    message.ttl = submission.draft.ttl;
    queued.waiter = {submission.token, level, now, false};
    queue_.push_back(std::move(queued));
    ++open_;
}

bool Proposals::wantsBatch() const
{
    if (queue_.empty())
        return false;
    // What the leader alone has acknowledged waits for nobody; the core's bound on uncommitted bytes limits
    // it.
    const auto awaited = static_cast<std::size_t>(std::ranges::count_if(
        pipeline_, [](const Entry& entry) { return !entry.committed && entry.unanswered > 0; }));
    return awaited < limits_.entriesInFlightMax;
}

Proposals::Batch Proposals::takeBatch()
{
    Batch batch;
    Entry entry;
    if (!queue_.empty())
        batch.since = queue_.front().waiter.since;
    std::size_t bytes = 0;
    while (!queue_.empty() && entry.waiters.size() < limits_.batchMessagesMax) {
        bytes += sizeOf(queue_.front().message);
        if (!entry.waiters.empty() && bytes > limits_.batchBytesMax)
            break;
        Queued queued = std::move(queue_.front());
        queue_.pop_front();
        entry.waiters.push_back(queued.waiter);
        entry.messages.push_back(forReceipt(queued.message));
        batch.messages.push_back(std::move(queued.message));
    }
    entry.unanswered = entry.waiters.size();
    pipeline_.push_back(std::move(entry));
    return batch;
}

void Proposals::admitted(std::vector<Foreseen> foreseen)
{
    const auto entry = std::ranges::find_if(pipeline_, [](const Entry& e) { return !e.foreseen && !e.at; });
    DSMSG_ASSERT(entry != pipeline_.end() && foreseen.size() == entry->messages.size(),
                 "an admission answers no batch");
    entry->foreseen = std::move(foreseen);
}

void Proposals::proposed(raft::Proposed at)
{
    const auto entry = std::ranges::find_if(pipeline_, [](const Entry& e) { return !e.at; });
    DSMSG_ASSERT(entry != pipeline_.end(), "a proposal answers no batch");
    entry->at = at;
}

void Proposals::refused(const Unavailable& why)
{
    const auto entry = std::ranges::find_if(pipeline_, [](const Entry& e) { return !e.at; });
    DSMSG_ASSERT(entry != pipeline_.end(), "a refusal answers no batch");
    for (Waiter& waiter : entry->waiters) {
        if (!waiter.answered) // it may have expired meanwhile
            answer(waiter, why);
    }
    pipeline_.erase(entry);
}

void Proposals::applied(const std::vector<messaging::AppliedEntry>& entries)
{
    // Both lists ascend by index; entries of other leaders and no-ops are simply not in the pipeline.
    auto open = pipeline_.begin();
    for (const messaging::AppliedEntry& done : entries) {
        while (open != pipeline_.end() && open->at && open->at->index < done.index)
            ++open;
        if (open == pipeline_.end() || !open->at)
            return;
        if (open->at->index == done.index && open->at->term == done.term)
            open->result = done.messages;
    }
}

std::vector<Seq> Proposals::takeLookups()
{
    return std::exchange(lookups_, {});
}

void Proposals::lookedUp(Seq seq, const std::optional<messaging::StoredMessage>& first)
{
    const auto found = awaitingFirst_.find(seq);
    if (found == awaitingFirst_.end())
        return;
    for (AwaitingFirst& waiting : found->second) {
        Accepted accepted;
        accepted.seq = seq;
        accepted.committed = true;
        accepted.duplicate = true;
        accepted.leaderUrl = waiting.leaderUrl;
        if (first) {
            describeFirst(*first, waiting.msgId, accepted);
            accepted.receipt.durableOn = waiting.holders;
        }
        answer(waiting.waiter, std::move(accepted));
    }
    awaitingFirst_.erase(found);
}

void Proposals::describeFirst(const messaging::StoredMessage& first, std::string msgId, Accepted& accepted)
{
    accepted.message = first.message;
    if (first.expired)
        accepted.message.msgId = std::move(msgId);
    accepted.receipt = {first.term, first.index, {}};
    accepted.expired = first.expired;
}

void Proposals::settle(const Facts& facts, Instant now)
{
    for (Entry& entry : pipeline_) {
        if (!entry.at)
            break;
        entry.committed = entry.at->index <= facts.commit;
        settleEntry(entry, facts, now);
    }
    dropAnswered();
}

void Proposals::settleEntry(Entry& entry, const Facts& facts, Instant now)
{
    const LogIndex index = entry.at->index;
    const bool onLeader = entry.foreseen && index <= facts.ownDurable;
    const bool onQuorum = entry.result && index <= facts.durableOn(facts.quorum);
    if (entry.unanswered == 0 || (!onLeader && !onQuorum))
        return;
    const bool onAll = entry.result && index <= facts.durableOn(facts.voters);
    const std::vector<std::string> holders = facts.holders(index);
    for (std::size_t i = 0; i < entry.waiters.size(); ++i) {
        const Waiter& waiter = entry.waiters[i];
        if (waiter.answered)
            continue;
        const bool enough = waiter.level == AckLevel::All ? onAll : onQuorum;
        if (enough)
            answerApplied(entry, i, facts, holders, now);
        else if (waiter.level == AckLevel::Leader && onLeader)
            answerForeseen(entry, i, facts, now);
    }
}

void Proposals::answerApplied(Entry& entry, std::size_t position, const Facts& facts,
                              const std::vector<std::string>& holders, Instant now)
{
    Waiter& waiter = entry.waiters[position];
    const messaging::AppliedMessage& result = (*entry.result)[position];
    recordLatency(now - waiter.since);
    if (result.duplicate) {
        // The reply speaks of the first copy, which the store has.
        auto& waiting = awaitingFirst_[result.seq];
        if (waiting.empty())
            lookups_.push_back(result.seq);
        waiting.push_back({waiter, entry.messages[position].msgId, facts.leaderUrl, holders});
        waiter.answered = true;
        --entry.unanswered;
        return;
    }
    Accepted accepted;
    accepted.seq = result.seq;
    accepted.message = entry.messages[position];
    accepted.committed = true;
    accepted.receipt = {entry.at->term, entry.at->index, holders};
    accepted.leaderUrl = facts.leaderUrl;
    --entry.unanswered;
    answer(waiter, std::move(accepted));
}

void Proposals::answerForeseen(Entry& entry, std::size_t position, const Facts& facts, Instant now)
{
    Waiter& waiter = entry.waiters[position];
    const Foreseen& foreseen = (*entry.foreseen)[position];
    Accepted accepted;
    accepted.seq = foreseen.seq;
    accepted.duplicate = foreseen.duplicate;
    accepted.committed = foreseen.first.has_value() || entry.committed;
    accepted.message = entry.messages[position];
    accepted.receipt = {entry.at->term, entry.at->index, {}};
    if (foreseen.first)
        describeFirst(*foreseen.first, accepted.message.msgId, accepted);
    accepted.receipt.durableOn = facts.holders(accepted.receipt.index);
    accepted.leaderUrl = facts.leaderUrl;
    recordLatency(now - waiter.since);
    --entry.unanswered;
    answer(waiter, std::move(accepted));
}

void Proposals::expire(const Facts& facts, Instant now)
{
    const auto late = [&](const Waiter& waiter) { return now - waiter.since >= limits_.writeTimeout; };
    while (!queue_.empty() && late(queue_.front().waiter)) {
        answer(queue_.front().waiter, Unavailable{Unavailable::Fate::Rejected,
                                                  "the leader is overloaded; the message was not taken",
                                                  false,
                                                  {},
                                                  {}});
        queue_.pop_front();
    }
    for (Entry& entry : pipeline_) {
        for (std::size_t i = 0; i < entry.waiters.size(); ++i) {
            if (!entry.waiters[i].answered && late(entry.waiters[i]))
                giveUp(entry, i, facts);
        }
    }
    expireLookups(now);
    dropAnswered();
}

void Proposals::expireLookups(Instant now)
{
    // Happens only when the store does not answer any more: the first copy is committed, but cannot be shown.
    for (auto& [seq, waiting] : awaitingFirst_) {
        std::erase_if(waiting, [&, first = seq](AwaitingFirst& one) {
            if (now - one.waiter.since < limits_.writeTimeout)
                return false;
            answer(one.waiter, Unavailable{Unavailable::Fate::Committed, firstUnread, false, first, {}});
            return true;
        });
    }
    std::erase_if(awaitingFirst_, [](const auto& lookup) { return lookup.second.empty(); });
}

void Proposals::giveUp(Entry& entry, std::size_t position, const Facts& facts)
{
    Unavailable verdict = unknownFate();
    if (entry.result) {
        verdict.fate = Unavailable::Fate::Committed;
        verdict.seq = (*entry.result)[position].seq;
        verdict.receipt = Receipt{entry.at->term, entry.at->index, facts.holders(entry.at->index)};
    }
    --entry.unanswered;
    answer(entry.waiters[position], std::move(verdict));
}

void Proposals::leadershipLost(const std::string& why)
{
    for (Entry& entry : pipeline_) {
        for (Waiter& waiter : entry.waiters) {
            if (!waiter.answered) {
                answer(waiter, entry.at ? unknownFate()
                                        : Unavailable{Unavailable::Fate::Rejected, why, false, {}, {}});
            }
        }
    }
    for (Queued& queued : queue_)
        answer(queued.waiter, Unavailable{Unavailable::Fate::Rejected, why, false, {}, {}});
    pipeline_.clear();
    queue_.clear();
}

void Proposals::answer(Waiter& waiter, std::variant<Accepted, Redirected, Unavailable> result)
{
    waiter.answered = true;
    --open_;
    count(result);
    outcomes_.push_back({waiter.token, std::move(result)});
}

void Proposals::count(const std::variant<Accepted, Redirected, Unavailable>& result)
{
    if (const auto* accepted = std::get_if<Accepted>(&result)) {
        ++counts_.accepted;
        counts_.duplicates += accepted->duplicate ? 1 : 0;
        return;
    }
    const auto* unavailable = std::get_if<Unavailable>(&result);
    DSMSG_ASSERT(unavailable != nullptr, "who leads redirects nobody");
    switch (unavailable->fate) {
    case Unavailable::Fate::Rejected:
        ++counts_.rejected;
        break;
    case Unavailable::Fate::Unknown:
        ++counts_.unknown;
        break;
    case Unavailable::Fate::Committed:
        ++counts_.committed;
        break;
    }
}

void Proposals::dropAnswered()
{
    // Nobody asks for an answered entry any more, committed or not; one that is not proposed yet still has
    // its admission or proposal to come.
    while (!pipeline_.empty() && pipeline_.front().unanswered == 0 && pipeline_.front().at)
        pipeline_.pop_front();
}

std::vector<Outcome> Proposals::takeOutcomes()
{
    return std::exchange(outcomes_, {});
}

std::optional<Instant> Proposals::oldestSince() const
{
    for (const Entry& entry : pipeline_) {
        for (const Waiter& waiter : entry.waiters) {
            if (!waiter.answered)
                return waiter.since;
        }
    }
    if (!queue_.empty())
        return queue_.front().waiter.since;
    return std::nullopt;
}

LogIndex Proposals::oldestIndex() const
{
    const auto entry = std::ranges::find_if(pipeline_, [](const Entry& e) { return e.unanswered > 0; });
    return entry != pipeline_.end() && entry->at ? entry->at->index : LogIndex{};
}

void Proposals::recordLatency(Duration latency)
{
    latencies_.push_back(latency);
    latencySum_ += latency;
    allLatencies_.record(latency);
    if (latencies_.size() > latencySamples) {
        latencySum_ -= latencies_.front();
        latencies_.pop_front();
    }
}

Duration Proposals::averageLatency() const
{
    if (latencies_.empty())
        return Duration::zero();
    return latencySum_ / static_cast<Duration::rep>(latencies_.size());
}

} // namespace dsmsg::node
