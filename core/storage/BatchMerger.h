// SPDX-License-Identifier: GPL-3.0-or-later
//
// Joins neighbouring small batch rows. At a low rate every entry carries one message, and a page of fifty
// would read fifty rows. Each message is rewritten at most once: a group of rows is joined only when it is
// full, never while its end may still grow.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/Result.h"
#include "core/storage/BatchTable.h"

namespace dsmsg::storage {

class BatchMerger
{
public:
    BatchMerger(Database& database, BatchTable& batches);

    Result<void> load();
    /// A row was added at the end.
    void added(const BatchBounds& row);
    /// Messages of a row were removed; `before` and `after` are the bytes of its segments.
    void shrunk(Seq firstSeq, std::uint64_t before, std::uint64_t after);
    /// Writes down how far the rows have been looked at, so that load() starts there. Inside a transaction.
    Result<void> storeCursor();

    bool hasWork() const;
    /// Joins one group, inside a transaction.
    Result<void> step();

    /// Brackets every transaction.
    void begin() { before_ = state_; }
    void rolledBack() { state_ = before_; }

private:
    struct State
    {
        Seq cursor{1};              ///< the first row that may still be joined begins here
        std::uint64_t messages = 0; ///< from there on
        std::uint64_t bytes = 0;    ///< same
    };

    Result<void> join(Seq first, Seq end);
    void pass(const BatchBounds& row);

    BatchTable& batches_;
    Statement selectCursor_;
    Statement storeCursor_;
    Statement sums_;
    State state_;
    State before_;
};

} // namespace dsmsg::storage
