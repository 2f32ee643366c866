// SPDX-License-Identifier: GPL-3.0-or-later
//
// state.db: the applied state (CORE.md, Storage, Layout), WAL with synchronous=NORMAL. The writer belongs to
// the apply thread; any number of readers, each with a connection of its own, belong to theirs.
#pragma once

#include <memory>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/DataDirectory.h"

namespace dsmsg::storage {

/// All calls from the thread that opened it.
class StateStore : public messaging::Store
{
public:
    /// Migrates older layouts, rebuilds the id memtable from the batches after its last run.
    static Result<std::unique_ptr<StateStore>> open(const DataDirectory& directory);
    /// The same for a file by its path, such as a staged snapshot.
    static Result<std::unique_ptr<StateStore>> openFile(const QString& path);

    /// The applied index that the last complete checkpoint has made durable: the log may be compacted up to
    /// here. 0 before the first one since open.
    virtual LogIndex durableIndex() const = 0;
    /// Makes a checkpoint now, outside a transaction; durableIndex() as it is then. It stays behind when a
    /// reader is at work: ask again.
    virtual Result<LogIndex> sync() = 0;

    /// One bounded step of background work (merging small batches and id runs, checkpointing). True when more
    /// is waiting. Outside a transaction only. begin() takes such a step by itself when work has piled up.
    virtual Result<bool> maintain() = 0;
    /// Checks the CRC of the next stretch of batches, about a megabyte. True when the pass is not done.
    /// Outside a transaction only.
    virtual Result<bool> scrub() = 0;
};

/// A reader on the state in use, also after a snapshot has been installed; opens its connections in the
/// calling thread and stays there. `directory` must outlive it.
Result<std::unique_ptr<messaging::MessageReader>> openMessageReader(const DataDirectory& directory);
/// A reader on one file.
Result<std::unique_ptr<messaging::MessageReader>> openMessageReader(const QString& stateDatabase);

} // namespace dsmsg::storage
