// SPDX-License-Identifier: GPL-3.0-or-later
//
// The layout of a database as an ordered list of steps; the last step's number is the layout's version, kept
// in SQLite's user_version. A file from a newer program is refused, never guessed at.
#pragma once

#include <span>

#include <QLatin1String>

#include "core/base/Result.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

struct Migration
{
    int version = 0;   ///< ascending in the list, the first is 1
    QLatin1String sql; ///< statements, each ended by a semicolon
};

/// Brings the file to the list's last version, each step in a transaction of its own. Refused: the file is
/// newer.
Result<void> migrate(Database& database, std::span<const Migration> migrations);

std::span<const Migration> raftMigrations();
std::span<const Migration> stateMigrations();

} // namespace dsmsg::storage
