// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one row that says how far the applied state has come; moved in the transaction that writes what it
// covers.
#pragma once

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

class AppliedRow
{
public:
    explicit AppliedRow(Database& database);

    /// All zero before the first entry. An older layout's has counted no bytes, though messages are kept:
    /// isCounted(). Corrupt: the CRC is wrong.
    Result<messaging::AppliedState> load();
    Result<void> store(const messaging::AppliedState& state);

    /// A message has at least the byte of its id.
    static bool isCounted(const messaging::KeptMessages& kept)
    {
        return kept.bytes > 0 || kept.messages == 0;
    }

private:
    Database& database_;
    Statement select_;
    Statement replace_;
};

} // namespace dsmsg::storage
