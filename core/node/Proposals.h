// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leader's open writes: gathers submissions into entries, and decides when each may be answered and with
// what (CORE.md, Seq and dedup). No thread, no I/O; time and facts come in, outcomes are taken out.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Histogram.h"
#include "core/messaging/StateMachine.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

/// What an admission by the apply thread foresees for one message (acknowledgement by the leader alone).
struct Foreseen
{
    Seq seq;
    bool duplicate = false;
    std::optional<messaging::StoredMessage> first; ///< of a duplicate that is applied already
};

class Proposals
{
public:
    struct Limits
    {
        Duration writeTimeout;
        std::size_t batchBytesMax;
        std::size_t batchMessagesMax;
        std::size_t entriesInFlightMax;
    };

    /// What the leader knows at the moment of settling.
    struct Facts
    {
        std::function<LogIndex(std::size_t copies)> durableOn;
        std::function<std::vector<std::string>(LogIndex)> holders;
        LogIndex ownDurable;
        LogIndex commit;
        std::size_t quorum = 1; ///< effective
        std::size_t voters = 1;
        std::string leaderUrl;
    };

    explicit Proposals(Limits limits)
        : limits_(limits)
    {
    }

    /// Takes a submission; `level` is never Default. Times are fixed here: `correction` is of the client's
    /// timestamp, or of the leader's time where the client gave none.
    void add(Submission submission, AckLevel level, Instant now, UnixTime receiveTs,
             const messaging::Correction& correction);

    /// One entry's worth of messages.
    struct Batch
    {
        std::vector<messaging::Message> messages;
        std::vector<messaging::IdHash> ids; ///< filled only for an admission
        Instant since;                      ///< when the first of them was submitted
    };
    /// True when messages wait and the pipeline has room.
    bool wantsBatch() const;
    /// Moves the next messages out of the queue, into the pipeline. The host proposes them (or has them
    /// admitted first) and reports with admitted(), proposed() or refused(), batches in order.
    Batch takeBatch();
    void admitted(std::vector<Foreseen> foreseen); ///< for the oldest batch without an admission
    void proposed(raft::Proposed at);              ///< for the oldest batch that was not proposed
    void refused(const Unavailable& why);          ///< for the same: answered, forgotten

    void applied(const std::vector<messaging::AppliedEntry>& entries);
    /// Seqs of duplicates whose first copies are wanted; each is asked for once.
    std::vector<Seq> takeLookups();
    void lookedUp(Seq seq, const std::optional<messaging::StoredMessage>& first);

    /// Answers what can be answered.
    void settle(const Facts& facts, Instant now);
    /// Answers what has waited too long.
    void expire(const Facts& facts, Instant now);
    /// Leadership is gone: what was proposed is unknown, what was not is rejected.
    void leadershipLost(const std::string& why);

    std::vector<Outcome> takeOutcomes();
    bool empty() const { return queue_.empty() && pipeline_.empty() && awaitingFirst_.empty(); }
    std::size_t size() const { return open_; }
    /// Since when the oldest unanswered submission waits; and the entry it is in, if it was proposed.
    std::optional<Instant> oldestSince() const;
    LogIndex oldestIndex() const;
    /// Mean time from submission to acknowledgement over the last 1000 acknowledged messages.
    Duration averageLatency() const;
    /// The same of all of them, one by one.
    const Histogram& latencies() const { return allLatencies_; }
    const SubmissionCounts& counts() const { return counts_; }

private:
    struct Waiter
    {
        Token token = 0;
        AckLevel level = AckLevel::Quorum;
        Instant since;
        bool answered = false;
    };
    struct Queued
    {
        messaging::Message message;
        Waiter waiter;
    };
    struct Entry
    {
        std::vector<Waiter> waiters;
        std::vector<messaging::Message> messages; ///< what a receipt repeats
        std::optional<std::vector<Foreseen>> foreseen;
        std::optional<raft::Proposed> at;
        std::optional<std::vector<messaging::AppliedMessage>> result;
        std::size_t unanswered = 0;
        bool committed = false;
    };
    struct AwaitingFirst
    {
        Waiter waiter;
        std::string msgId; ///< which an expired first copy does not tell
        std::string leaderUrl;
        std::vector<std::string> holders;
    };

    void settleEntry(Entry& entry, const Facts& facts, Instant now);
    void answerApplied(Entry& entry, std::size_t position, const Facts& facts,
                       const std::vector<std::string>& holders, Instant now);
    void answerForeseen(Entry& entry, std::size_t position, const Facts& facts, Instant now);
    static void describeFirst(const messaging::StoredMessage& first, std::string msgId, Accepted& accepted);
    void answer(Waiter& waiter, std::variant<Accepted, Redirected, Unavailable> result);
    void giveUp(Entry& entry, std::size_t position, const Facts& facts);
    void expireLookups(Instant now);
    void count(const std::variant<Accepted, Redirected, Unavailable>& result);
    void recordLatency(Duration latency);
    void dropAnswered();

    const Limits limits_;
    std::deque<Queued> queue_;
    std::deque<Entry> pipeline_; ///< taken, in order; proposed ones first
    std::map<Seq, std::vector<AwaitingFirst>> awaitingFirst_;
    std::vector<Seq> lookups_;
    std::vector<Outcome> outcomes_;
    std::size_t open_ = 0;
    std::deque<Duration> latencies_;
    Duration latencySum_{};
    Histogram allLatencies_;
    SubmissionCounts counts_;
};

} // namespace dsmsg::node
