// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes messages out of the batch rows, on the apply thread: a row keeps its place and its number of
// messages, and gets a remnant for each that goes. A row is read and written once for a call, however many of
// its messages go, since its size and not their number is the price. One of which nothing is left loses its
// names, and is passed over without being read from then on. The postings of names stay as they are: a
// posting only says where to look.
#pragma once

#include <span>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/BatchMerger.h"
#include "core/storage/BatchTable.h"
#include "core/storage/ExpiryTable.h"

namespace dsmsg::storage {

/// Inside a transaction. All that it is given must outlive it.
class MessageRemover
{
public:
    MessageRemover(BatchTable& batches, ExpiryTable& expiries, BatchMerger& merger)
        : batches_(batches)
        , expiries_(expiries)
        , merger_(merger)
    {
    }

    struct Removed
    {
        std::vector<messaging::RemovedMessage> messages;
        std::uint64_t rows = 0;  ///< written
        std::uint64_t bytes = 0; ///< same
    };
    /// `ranges` ascending, of messages that are in the rows. Corrupt: one is not, or cannot be read.
    Result<Removed> remove(std::span<const messaging::SeqRange> ranges);
    /// The first message from `from` on that is no remnant; `end`, one past the last seq, when there is none.
    Result<Seq> nextKept(Seq from, Seq end);

private:
    /// Of the message `row.firstSeq + n`, whether it goes.
    Result<void> rewrite(const BatchRow& row, const std::vector<bool>& goes, Removed& out);
    Result<BatchRow> rowWith(Seq seq);

    BatchTable& batches_;
    ExpiryTable& expiries_;
    BatchMerger& merger_;
};

} // namespace dsmsg::storage
