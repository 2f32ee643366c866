// SPDX-License-Identifier: GPL-3.0-or-later
//
// The messages: one row per applied batch, small ones joined later. A row is found by any seq it contains,
// since seqs have no gap. It names the senders and recipients of the messages that are kept, so that one
// without names, of which only remnants are left, is passed without reading it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QByteArray>

#include "core/base/Result.h"
#include "core/storage/BatchSegments.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

struct BatchRow
{
    Seq firstSeq;
    std::uint64_t count = 0;
    QByteArray names;    ///< encodeNames()
    QByteArray segments; ///< appendSegment(), one after another

    Seq endSeq() const { return firstSeq + count; } ///< one past the last
    bool anyKept() const;
};

/// A row without its messages.
struct BatchBounds
{
    Seq firstSeq;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0; ///< of the segments
    bool anyKept = true;

    Seq endSeq() const { return firstSeq + count; }
};

class BatchTable
{
public:
    explicit BatchTable(Database& database);

    Result<void> insert(const BatchRow& row);
    /// Gives the row that begins where this one does other contents.
    Result<void> replace(const BatchRow& row);
    /// Removes the rows whose first seq is in [first, end).
    Result<void> remove(Seq first, Seq end);

    /// The row that contains `seq`, its CRC checked; none when `seq` is not given out yet.
    Result<std::optional<BatchRow>> containing(Seq seq);
    Result<std::optional<BatchBounds>> boundsContaining(Seq seq);
    /// One past the last seq of the last row; 1 when there is none.
    Result<Seq> endSeq();
    /// Bounds of the rows from the one that begins at `first` on, at most `limit`.
    Result<std::vector<BatchBounds>> boundsFrom(Seq first, std::size_t limit);

    /// Where the first row of which something is kept begins, of those that begin in [first, end).
    Result<std::optional<Seq>> nextWithKept(Seq first, Seq end);

    /// Rows, CRC checked and without a gap, from the one that contains `seq` on, until `visit` returns false
    /// or an error. The first may also be the last before `seq`.
    Result<void> forEach(Seq seq, const std::function<Result<bool>(const BatchRow&)>& visit);

    struct Names
    {
        Seq firstSeq;
        std::uint64_t count = 0;
        QByteArray names;
    };
    /// Names of all rows that contain a seq from `seq` on, for decodeNames().
    Result<std::vector<Names>> namesFrom(Seq seq);
    /// The same of the one row that contains `seq`.
    Result<std::optional<Names>> namesContaining(Seq seq);

private:
    Result<BatchRow> take(const Statement& row) const;
    static BatchBounds takeBounds(const Statement& row);

    Database& database_;
    Statement insert_;
    Statement replace_;
    Statement remove_;
    Statement containing_;
    Statement bounds_;
    Statement boundsFrom_;
    Statement nextWithKept_;
    Statement rows_;
    Statement names_;
    Statement namesContaining_;
};

} // namespace dsmsg::storage
