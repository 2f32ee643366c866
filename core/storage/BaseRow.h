// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one row that says where the log begins (raft::LogBase), with a CRC: a base read back wrong would claim
// entries as applied that never were. Rows of the log up to it are garbage, whether they are deleted yet or
// not.
#pragma once

#include "core/base/Result.h"
#include "core/raft/Configuration.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

class BaseRow
{
public:
    explicit BaseRow(Database& database);

    /// All zero when the log begins at 1. Corrupt: the CRC is wrong.
    Result<raft::LogBase> load();
    Result<void> store(const raft::LogBase& base);

private:
    Database& database_;
    Statement select_;
    Statement replace_;
};

} // namespace dsmsg::storage
