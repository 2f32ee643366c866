// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order of delivery as runs of messages whose seqs follow each other (CORE.md, Delivery order): in order
// of arrival a million messages are one run of a few bytes, shuffled ones cost about three bytes each. A row
// holds some two kilobytes of runs; the last one is rewritten until it is full, which costs a page a
// transaction, as a row of its own would.
//
// A row also knows how far the seqs reach in all rows up to it. Both numbers ascend, and a message is
// delivered near its place in order of arrival, so that the row of a seq is found from the row of the
// delivery seq of the same number in a few steps, without an index.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

struct DeliveryRow
{
    DeliverySeq first;
    std::uint64_t count = 0;
    Seq reach; ///< greatest seq in this row and all before it
    std::vector<messaging::DeliveryRun> runs;

    DeliverySeq end() const { return first + count; } ///< one past the last
};

/// Where a message is in the order of delivery; delivery 0: not there yet.
struct DeliveryPlace
{
    DeliverySeq delivery;
    bool late = false;
};

/// Reads and writes rows; knows nothing of transactions.
class DeliveryTable
{
public:
    explicit DeliveryTable(Database& database);

    Result<void> store(const DeliveryRow& row);
    /// None when the table is empty.
    Result<std::optional<DeliveryRow>> last();
    /// Rows without a gap, from the one that contains `delivery` on, until `visit` returns false.
    Result<void> forEach(DeliverySeq delivery, const std::function<bool(const DeliveryRow&)>& visit);
    /// Of the messages first, first + 1, ... up to `last`, in that order.
    Result<std::vector<DeliveryPlace>> places(Seq first, Seq last);
    /// Where the first row begins that reaches `seq`, looked for from the row with that number on; none when
    /// none does.
    Result<std::optional<DeliverySeq>> firstReaching(Seq seq);

private:
    Result<DeliveryRow> take(const Statement& row) const;
    Database& database_;
    Statement replace_;
    Statement last_;
    Statement rows_;
    Statement reach_;
    Statement nextReach_;
};

/// The end of the table, where the apply thread writes. All calls from that thread; add() inside a
/// transaction.
class DeliveryWriter
{
public:
    explicit DeliveryWriter(Database& database)
        : table_(database)
    {
    }

    Result<void> load();
    Result<void> add(std::span<const messaging::DeliveryRun> runs);
    /// Writes down what add() has changed, before the commit.
    Result<void> flush();
    /// The tail is read again at the next call.
    void rolledBack() { loaded_ = false; }
    DeliverySeq last() const { return tail_.end().previous(); }

    DeliveryTable& table() { return table_; }

private:
    DeliveryTable table_;
    DeliveryRow tail_{DeliverySeq(1), 0, {}, {}};
    std::size_t tailBytes_ = 0; ///< about what it takes encoded
    bool dirty_ = false;
    bool loaded_ = false;
};

} // namespace dsmsg::storage
