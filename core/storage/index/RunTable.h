// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of runs: one in `run`, one per page in `run_page`, and in `run_part` pieces of what is kept in
// memory (fences, then filter), so that opening a database with millions of ids reads megabytes, not all of
// them. A run becomes visible when its state turns to Live; what a crash leaves in another state is swept
// away.
#pragma once

#include <optional>
#include <vector>

#include "core/base/Result.h"
#include "core/storage/Database.h"
#include "core/storage/index/Run.h"

namespace dsmsg::storage {

enum class RunState : std::uint8_t
{
    Building = 0,
    Live = 1,
    Obsolete = 2
};

class RunTable
{
public:
    explicit RunTable(Database& database);

    struct Listed
    {
        std::uint64_t id = 0;
        RunKind kind = RunKind::Ids;
        RunState state = RunState::Building;
    };
    /// Every run, ascending by id.
    Result<std::vector<Listed>> list();
    /// A live run with its fences and filter.
    Result<RunPtr> load(std::uint64_t id);
    /// Corrupt: missing, of a wrong length, or its CRC is wrong.
    Result<RunPage> page(const Run& run, std::size_t number);

    Result<void> insert(std::uint64_t id, RunKind kind);
    Result<void> insertPage(std::uint64_t id, std::size_t number, std::string_view bytes);
    /// How many parts fences and filter make, and writing one of them.
    static std::size_t partCount(const Run& run);
    Result<void> insertPart(const Run& run, std::size_t number);
    Result<void> publish(const Run& run);
    Result<void> retire(std::uint64_t id);
    /// Deletes up to some hundred rows of a run that is not live. True when nothing of it is left.
    Result<bool> sweep(std::uint64_t id);

private:
    Result<void> loadParts(Run& run, std::size_t pages, std::size_t filterBytes);
    Result<bool> sweepRows(Statement& lowest, Statement& remove, std::uint64_t id, qint64 rows);
    Error damaged(std::uint64_t id) const;

    Database& database_;
    Statement list_;
    Statement select_;
    Statement insert_;
    Statement publish_;
    Statement retire_;
    Statement remove_;
    Statement page_;
    Statement insertPage_;
    Statement lowestPage_;
    Statement removePages_;
    Statement parts_;
    Statement insertPart_;
    Statement lowestPart_;
    Statement removeParts_;
};

} // namespace dsmsg::storage
