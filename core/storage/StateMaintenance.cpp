// SPDX-License-Identifier: GPL-3.0-or-later
//
// The state store between its transactions: merging, checkpoints and the scrub.
#include "core/storage/SqliteStateStore.h"

namespace dsmsg::storage {

namespace {
constexpr std::uint64_t checkpointBytes = 4u << 20;
constexpr std::uint64_t checkpointBytesForced = 64u << 20;
} // namespace

bool SqliteStateStore::hasWork() const
{
    return walBytes_ > checkpointBytes || indexes_.hasWork() || merger_.hasWork();
}

bool SqliteStateStore::isBehind() const
{
    return walBytes_ > checkpointBytesForced || indexes_.isBehind();
}

Result<bool> SqliteStateStore::maintain()
{
    DSMSG_ASSERT(!inTransaction_, "maintenance runs between transactions");
    if (failure_)
        return *failure_;
    if (walBytes_ > checkpointBytes) {
        if (auto done = checkpoint(); !done)
            return done.error();
        return hasWork();
    }
    if (!hasWork())
        return false;
    if (auto begun = beginTransaction(); !begun)
        return begun.error();
    if (auto stepped = maintainStep(); !stepped) {
        rollback();
        return fail(stepped.error());
    }
    if (auto committed = commitTransaction(); !committed)
        return committed.error();
    return hasWork();
}

Result<void> SqliteStateStore::maintainStep()
{
    walBytes_ += stepOverheadBytes;
    if (indexes_.hasWork())
        return indexes_.step();
    return merger_.step();
}

Result<void> SqliteStateStore::checkpoint()
{
    auto done = database_->checkpoint();
    if (!done) {
        walBytes_ = 0; // a full disk only postpones it
        return fail(done.error());
    }
    walBytes_ = static_cast<std::uint64_t>(done->frames - done->backfilled) * statePageBytes;
    // SQLite says -1 for both when it could not even look; that is no checkpoint.
    if (done->frames >= 0 && done->frames == done->backfilled)
        durable_ = applied_.index;
    return {};
}

Result<LogIndex> SqliteStateStore::sync()
{
    DSMSG_ASSERT(!inTransaction_, "a checkpoint covers whole transactions");
    if (failure_)
        return *failure_;
    if (durable_ != applied_.index) {
        if (auto done = checkpoint(); !done)
            return done.error();
    }
    return durable_;
}

Result<bool> SqliteStateStore::scrub()
{
    DSMSG_ASSERT(!inTransaction_, "the scrub runs between transactions");
    if (failure_)
        return *failure_;
    auto more = scrub_.step();
    if (!more)
        return fail(more.error());
    return more;
}

} // namespace dsmsg::storage
