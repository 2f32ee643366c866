// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pass over everything that a running node reads rarely, a stretch at a time: the CRC of each batch row,
// then of the times when messages are to go, of the cursors and of the rules. What is read often is found out
// by whoever reads it.
#pragma once

#include "core/base/Result.h"
#include "core/storage/BatchTable.h"
#include "core/storage/CursorTable.h"
#include "core/storage/ExpiryTable.h"
#include "core/storage/RetentionTable.h"

namespace dsmsg::storage {

class StateScrub
{
public:
    /// All must outlive this.
    StateScrub(BatchTable& batches, ExpiryTable& expiries, CursorTable& cursors, RetentionTable& rules)
        : batches_(batches)
        , expiries_(expiries)
        , cursors_(cursors)
        , rules_(rules)
    {
    }

    /// The next stretch, about a megabyte, outside a transaction. True when the pass is not done. Corrupt:
    /// something is damaged.
    Result<bool> step();

private:
    enum class Part
    {
        Batches,
        Expiries,
        Cursors,
        Rules
    };

    // True: more of the same.
    Result<bool> checkPart();
    Result<bool> checkBatches();
    Result<bool> checkExpiries();
    Result<bool> checkCursors();

    BatchTable& batches_;
    ExpiryTable& expiries_;
    CursorTable& cursors_;
    RetentionTable& rules_;
    Part part_ = Part::Batches;
    Seq batch_;                               ///< checked up to here
    std::optional<messaging::Expiry> expiry_; ///< same
    std::optional<std::string> cursor_;       ///< same
};

} // namespace dsmsg::storage
