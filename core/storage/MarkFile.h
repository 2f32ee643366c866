// SPDX-License-Identifier: GPL-3.0-or-later
//
// What raft.db must still hold, kept outside of it: SQLite treats a damaged WAL as one that ends earlier, so
// a log that lost its tail, or a vote, looks perfectly sound (CORE.md, Trust nothing read back).
//
// The mark is written after each commit and is not synced. That is enough: a process that dies leaves it in
// the page cache, and after a power cut an older mark merely covers less. A mark behind the log is legal, a
// log behind the mark is not. The one change that moves the log back is a truncation; before it commits, the
// mark is lowered below the truncation and synced, or a power cut could bring the older, higher mark back
// beside the shorter log.
//
// Two slots, in different blocks, take turns, so that a torn write costs one mark and never both.
#pragma once

#include <cstdint>

#include <QString>

#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/storage/FaultVfs.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

struct Mark
{
    Term term;
    ServerId votedFor;
    LogIndex lastIndex; ///< durable
    Term lastTerm;      ///< of the entry at lastIndex

    bool operator==(const Mark&) const = default;
};

class MarkFile
{
public:
    /// A file with an empty mark, durable, its name too.
    static Result<void> create(const QString& path);
    /// Corrupt: neither slot is readable.
    static Result<MarkFile> open(const QString& path);

    const Mark& mark() const { return mark_; }
    Result<void> write(const Mark& mark);
    /// Makes the last mark durable.
    Result<void> sync();

private:
    MarkFile(Descriptor file, QString path)
        : file_(std::move(file))
        , path_(std::move(path))
        , faults_(FaultVfs::faultsOf(path_))
    {
    }

    Descriptor file_;
    QString path_;
    std::shared_ptr<DiskFaults> faults_; ///< null on a node without fault injection
    Mark mark_;
    std::uint64_t generation_ = 0; ///< of mark_; its lowest bit names the slot
};

} // namespace dsmsg::storage
