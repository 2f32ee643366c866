// SPDX-License-Identifier: GPL-3.0-or-later
//
// The MessageReader of one database as this folder knows it. Pages by seq are in MessageReader.cpp, those
// with filters in FilteredPages.cpp, those by delivery in DeliveryPages.cpp.
#pragma once

#include "core/storage/AppliedRow.h"
#include "core/storage/BatchCache.h"
#include "core/storage/BatchTable.h"
#include "core/storage/CursorTable.h"
#include "core/storage/Database.h"
#include "core/storage/DeliveryTable.h"
#include "core/storage/PageBounds.h"
#include "core/storage/StateStore.h"
#include "core/storage/index/PostingReader.h"

namespace dsmsg::storage {

inline constexpr std::uint32_t pageMessagesMax = 1000;

class SqliteMessageReader final : public messaging::MessageReader
{
public:
    explicit SqliteMessageReader(std::unique_ptr<Database> database)
        : database_(std::move(database))
        , applied_(*database_)
        , batches_(*database_)
        , deliveries_(*database_)
        , cache_(batches_)
        , postings_(*database_, batches_)
        , cursors_(*database_)
    {
    }

    Result<messaging::Page> page(const messaging::PageQuery& query) override;
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override;
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override;
    Result<messaging::AppliedState> applied() override { return applied_.load(); }
    Result<std::optional<Seq>> cursor(const std::string& recipient) override
    {
        return cursors_.find(recipient);
    }
    Result<messaging::InboxSummary> inboxes(std::size_t limit) override;

private:
    struct Filter
    {
        const messaging::PageQuery& query;
        std::vector<NameHash> names; ///< up to two, all must be in a batch

        bool matches(const messaging::MessageView& message) const { return passes(query, message); }
    };
    /// Where a filtered search goes on.
    struct Candidate
    {
        bool exhausted = false; ///< no later batch can match
        bool matches = false;   ///< `batch` holds all names
        BatchBounds batch;
    };

    /// The state that a call begins with.
    Result<messaging::AppliedState> begin();
    /// From `from` on past rows of which nothing is kept, at most `seqsMax` seqs further.
    Result<Seq> passRemoved(Seq from, std::uint64_t seqsMax);
    /// Where a page of deliveries that is `wanted` from there on may begin: before it, everything is removed.
    Result<DeliverySeq> firstDelivery(DeliverySeq wanted, const messaging::AppliedState& state);
    /// Null only when `seq` is not given out yet.
    Result<std::shared_ptr<const UnpackedBatch>> batchWith(Seq seq);
    Result<messaging::StoredMessage> messageOf(Seq seq);
    Error missing(Seq seq) const;
    /// Says of each message, in ascending or descending order of seq, when it was delivered.
    Result<void> addPlaces(std::span<messaging::StoredMessage> messages);
    Result<messaging::Page> plainPage(const messaging::PageQuery& query);
    Result<messaging::Page> filteredPage(const messaging::PageQuery& query);
    Result<messaging::Page> backwardPage(const messaging::PageQuery& query);
    Result<messaging::Page> search(const Filter& filter);
    Result<Candidate> nextCandidate(const Filter& filter, Seq from);
    /// Appends matches from `from` on, up to the limit. The first seq that was not looked at.
    Result<Seq> collect(const Filter& filter, const UnpackedBatch& batch, Seq from, Room& room,
                        messaging::Page& page);

    std::unique_ptr<Database> database_;
    AppliedRow applied_;
    BatchTable batches_;
    DeliveryTable deliveries_;
    BatchCache cache_;
    PostingReader postings_;
    CursorTable cursors_;
};

} // namespace dsmsg::storage
