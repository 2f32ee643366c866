// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one row of term and vote (Raft, figure 2, persistent state), with a CRC of its own: a vote read back
// wrong could be given twice.
#pragma once

#include "core/base/Result.h"
#include "core/raft/Entry.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

class HardStateRow
{
public:
    explicit HardStateRow(Database& database);

    /// Term 0 and no vote when none was ever written. Corrupt: the CRC is wrong.
    Result<raft::HardState> load();
    Result<void> store(const raft::HardState& state);

private:
    Database& database_;
    Statement select_;
    Statement replace_;
};

} // namespace dsmsg::storage
