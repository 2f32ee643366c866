// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is to be kept: a row a rule, under its scope, which is x'00' for the whole cluster and x'01' followed
// by the recipient's name for one, so that no name means all and the cluster's comes first. Rules are few
// and read rarely: nothing of them is held in memory.
#pragma once

#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Orders.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

/// Reads and writes rows; knows nothing of transactions.
class RetentionTable
{
public:
    explicit RetentionTable(Database& database);

    /// Replaces the rule for the same recipient; one without limits only removes it.
    Result<void> set(const messaging::RetentionRule& rule);
    /// Ascending by recipient, the cluster's first. Corrupt: a CRC is wrong, or a rule malformed.
    Result<std::vector<messaging::RetentionRule>> all();

private:
    Database& database_;
    Statement replace_;
    Statement remove_;
    Statement all_;
};

} // namespace dsmsg::storage
