// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the state machine needs from a place that keeps things, and nothing more. core/storage has the real
// one (SQLite), tests/support one in memory whose power can be cut; tests/storage runs one conformance suite
// on both.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Hash.h"
#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/messaging/DeliveryOrder.h"
#include "core/messaging/Message.h"
#include "core/messaging/Orders.h"

namespace dsmsg::messaging {

/// The messages that are not removed.
struct KeptMessages
{
    Seq first{1};               ///< the oldest; one past the last seq when there are none
    std::uint64_t messages = 0; ///< how many
    std::uint64_t bytes = 0;    ///< contentBytes() of all of them

    /// But for `first`.
    void subtract(std::span<const RemovedMessage> removed)
    {
        messages -= removed.size();
        for (const RemovedMessage& message : removed)
            bytes -= message.bytes;
    }
    bool operator==(const KeptMessages&) const = default;
};

/// Where the applied state stands. Written in the same transaction as the rows it covers.
struct AppliedState
{
    LogIndex index; ///< last entry applied
    Term term;      ///< its term
    Seq lastSeq;    ///< last seq given out; 0 before the first message
    Bits128 hash;   ///< running hash over every applied entry and its outcome
    DeliveryState delivery{};
    KeptMessages kept{};
    UnixTime newestReceive{}; ///< greatest receive_ts of a message; a leader's stamps go on from here
    bool operator==(const AppliedState&) const = default;
};

/// A message that is to go by its own wish.
struct Expiry
{
    Seq seq;
    UnixTime at{}; ///< receive_ts + ttl
    bool operator==(const Expiry&) const = default;
};

/// Where the consumer of an inbox is.
struct InboxCursor
{
    std::string recipient;
    Seq seq;
    bool operator==(const InboxCursor&) const = default;
};

/// The new messages of one applied entry: seqs firstSeq, firstSeq + 1, ... for the messages that are not
/// skipped.
struct BatchRecord
{
    Seq firstSeq;
    Term term;
    LogIndex index;
    std::string_view command;           ///< the entry's data, kept as it is
    std::vector<std::uint32_t> skipped; ///< positions in the command of duplicates, ascending
    std::uint32_t count = 0;            ///< of messages kept; at least 1
    std::vector<IdHash> ids;            ///< of the kept messages, in order
    std::vector<Expiry> expiries;       ///< of those with a ttl, in order
    /// Sender and recipient of each kept message but the remnants, in order; views into `command`.
    std::vector<std::string_view> senders;
    std::vector<std::string_view> recipients;
};

/// One applied entry that gave out seqs, as a snapshot carries it.
struct StateSegment
{
    Seq firstSeq;
    std::uint32_t count = 0; ///< of messages kept; at least 1
    Term term;
    LogIndex index;
    std::vector<std::uint32_t> skipped; ///< positions in the command of duplicates, ascending
    std::string command;                ///< the entry's data, or what removals have left of it

    Seq endSeq() const { return firstSeq + count; } ///< one past the last
    bool operator==(const StateSegment&) const = default;
};

/// A stretch of the applied state (Snapshot.h). A position in the stream of a snapshot is the last seq
/// passed; it means the same on every node of a cluster.
struct StateChunk
{
    Seq after;                            ///< the position that it continues
    std::vector<StateSegment> segments;   ///< without a gap
    std::optional<AppliedState> finished; ///< set when nothing follows: what the whole of it stands for
    std::vector<InboxCursor> cursors;     ///< all, ascending by recipient, when finished
    std::vector<RetentionRule> rules;     ///< same
    /// When finished: removed lately, at finished->kept.first or after it; earlier pieces may still hold
    /// them.
    std::vector<SeqRange> removed;

    Seq through() const { return segments.empty() ? after : segments.back().endSeq().previous(); }
    bool operator==(const StateChunk&) const = default;
};

/// One writer (the apply thread). Between begin() and commit() reads see the transaction's own writes.
class Store
{
public:
    virtual ~Store() = default;

    virtual AppliedState applied() const = 0; ///< as last committed

    virtual Result<void> begin() = 0;
    virtual Result<std::optional<Seq>> findId(const IdHash& id) = 0;
    virtual Result<void> addBatch(const BatchRecord& batch) = 0;
    /// Delivers messages that are in the store, after all that were delivered before.
    virtual Result<void> addDeliveries(std::span<const DeliveryRun> runs) = 0;
    /// Leaves remnants of the messages, which may be new in this transaction. What was removed before is not
    /// in the result.
    virtual Result<std::vector<RemovedMessage>> remove(std::span<const SeqRange> ranges) = 0;
    /// The first message from `from` on that is not removed; one past the last seq when there is none.
    virtual Result<Seq> nextKept(Seq from) = 0;
    virtual Result<std::optional<Seq>> findCursor(const std::string& recipient) = 0;
    virtual Result<std::size_t> cursorCount() = 0;
    virtual Result<void> setCursor(const InboxCursor& cursor) = 0;
    /// Replaces the rule for the same recipient; one without limits only removes it.
    virtual Result<void> setRule(const RetentionRule& rule) = 0;
    /// Ascending by recipient, the cluster's first.
    virtual Result<std::vector<RetentionRule>> rules() = 0;
    /// The messages whose ttl has ended by `now`, oldest end first, at most `limit`.
    virtual Result<std::vector<Seq>> expired(UnixTime now, std::size_t limit) = 0;
    /// Makes everything since begin() and `state` visible together. Durable only after a later checkpoint:
    /// what a power cut takes away is replayed from the log.
    virtual Result<void> commit(const AppliedState& state) = 0;
    virtual void rollback() = 0;

    /// The committed state after `after`: whole segments until their commands exceed `bytesMax`, at least
    /// one, and `finished` when they reach its end. Invalid: `after` lies inside a segment. NotFound: the
    /// state does not reach `after` yet. Outside a transaction only; holds nothing open.
    virtual Result<StateChunk> readChunk(Seq after, std::size_t bytesMax) = 0;

    /// The committed messages that are not delivered, in any order. Outside a transaction only.
    virtual Result<std::vector<HeldMessage>> undelivered() = 0;
};

struct PageQuery
{
    std::optional<Seq> after;             ///< exclusive; none: from the first
    std::uint32_t limit = 50;             ///< 1 to 1000
    std::optional<std::string> sender;    ///< exact match
    std::optional<std::string> recipient; ///< exact match
    /// Of the payloads: the page ends, with `more`, after the message that reaches it.
    std::size_t bytesMax = SIZE_MAX;
    std::optional<Seq> before{};    ///< exclusive; newest first from here on, and `after` counts for nothing
    std::optional<UnixTime> from{}; ///< corrected time, inclusive
    std::optional<UnixTime> to{};   ///< same, exclusive
};

struct Page
{
    std::vector<StoredMessage> messages; ///< ascending by seq; descending with `before`
    bool more = false;                   ///< a bound on the page or on scanning ended it, not the data
    /// Every match up to here, or with `before` from here on, is in `messages`.
    Seq scannedThrough;
};

/// As PageQuery, in order of delivery.
struct DeliveryQuery
{
    std::optional<DeliverySeq> after;
    std::uint32_t limit = 50;
    std::optional<std::string> sender;
    std::optional<std::string> recipient;
    std::size_t bytesMax = SIZE_MAX;
    std::optional<DeliverySeq> before{};
    std::optional<UnixTime> from{};
    std::optional<UnixTime> to{};
};

/// As Page, in order of delivery.
struct DeliveryPage
{
    std::vector<StoredMessage> messages;
    bool more = false;
    DeliverySeq scannedThrough;
};

/// The consumers of a cluster.
struct InboxSummary
{
    std::uint64_t count = 0;
    std::vector<InboxCursor> behind; ///< the furthest behind first
    bool operator==(const InboxSummary&) const = default;
};

/// Whether a query shows only some of the messages.
template <class Query>
bool isFiltered(const Query& query)
{
    return query.sender || query.recipient || query.from || query.to;
}

/// Whether a message, or a view of one, is among them.
template <class Query, class AnyMessage>
bool passes(const Query& query, const AnyMessage& message)
{
    const UnixTime corrected = message.originalTs + message.correction.appliedOffset;
    return (!query.sender || message.sender == *query.sender) &&
           (!query.recipient || message.recipient == *query.recipient) &&
           (!query.from || corrected >= *query.from) && (!query.to || corrected < *query.to);
}

/// Read side; each reader belongs to one thread and holds no transaction open between calls. Pages leave
/// removed messages out; bySeq() returns what is left of one.
class MessageReader
{
public:
    virtual ~MessageReader() = default;
    virtual Result<Page> page(const PageQuery& query) = 0;
    virtual Result<DeliveryPage> deliveries(const DeliveryQuery& query) = 0;
    virtual Result<std::optional<StoredMessage>> bySeq(Seq seq) = 0;
    virtual Result<AppliedState> applied() = 0;
    virtual Result<std::optional<Seq>> cursor(const std::string& recipient) = 0;
    /// With at most `limit` of those that are furthest behind.
    virtual Result<InboxSummary> inboxes(std::size_t limit) = 0;
};

} // namespace dsmsg::messaging
