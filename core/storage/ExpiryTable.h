// SPDX-License-Identifier: GPL-3.0-or-later
//
// The messages that are to go by their own wish, in order of their end. A row only for those with a ttl, and
// gone with the message; everything in it follows from the batches.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

/// Reads and writes rows; knows nothing of transactions. Corrupt, from any read: a CRC is wrong.
class ExpiryTable
{
public:
    explicit ExpiryTable(Database& database);

    Result<void> add(const messaging::Expiry& expiry);
    Result<void> remove(const messaging::Expiry& expiry);
    /// Those that have ended by `now`, oldest end first, at most `limit`.
    Result<std::vector<Seq>> ended(UnixTime now, std::size_t limit);
    Result<bool> contains(const messaging::Expiry& expiry);
    Result<std::uint64_t> count();
    /// In order, those after `after`, or all, until `visit` returns false.
    Result<void> forEach(const std::optional<messaging::Expiry>& after,
                         const std::function<bool(const messaging::Expiry&)>& visit);

private:
    Result<messaging::Expiry> take(const Statement& row) const;

    Database& database_;
    Statement insert_;
    Statement remove_;
    Statement ended_;
    Statement contains_;
    Statement count_;
    Statement after_;
};

} // namespace dsmsg::storage
