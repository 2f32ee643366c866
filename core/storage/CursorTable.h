// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the consumer of each inbox is: a row a recipient, found by the bytes of its name. There may be tens
// of thousands, so they stay on disk; only their number is kept in memory, because every new one is measured
// against the bound of the state.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

/// Reads and writes rows; knows nothing of transactions. Corrupt, from any read: a CRC is wrong.
class CursorTable
{
public:
    explicit CursorTable(Database& database);

    Result<std::optional<Seq>> find(const std::string& recipient);
    /// Replaces the one of the same recipient.
    Result<void> store(const messaging::InboxCursor& cursor);
    Result<std::size_t> count();
    /// At most `limit`, the one with the least seq first.
    Result<std::vector<messaging::InboxCursor>> furthestBehind(std::size_t limit);
    /// Ascending by recipient, those after `recipient`, or all, until `visit` returns false.
    Result<void> forEach(const std::optional<std::string>& after,
                         const std::function<bool(const messaging::InboxCursor&)>& visit);

private:
    Result<messaging::InboxCursor> take(const Statement& row) const;

    Database& database_;
    Statement select_;
    Statement replace_;
    Statement count_;
    Statement all_;
    Statement after_;
    Statement behind_;
};

/// The writer's side, on the apply thread.
class CursorWriter
{
public:
    explicit CursorWriter(Database& database)
        : table_(database)
    {
    }

    Result<void> load();
    Result<void> set(const messaging::InboxCursor& cursor);
    std::size_t count() const { return count_; }
    CursorTable& table() { return table_; }

    /// Brackets every transaction.
    void begin() { committedCount_ = count_; }
    void rolledBack() { count_ = committedCount_; }

private:
    CursorTable table_;
    std::size_t count_ = 0; ///< with the running transaction's
    std::size_t committedCount_ = 0;
};

} // namespace dsmsg::storage
