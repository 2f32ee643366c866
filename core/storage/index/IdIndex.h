// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every msg_id ever applied and its seq, for ever (CORE.md, Storage, Layout). New ids go into a memtable,
// which becomes a run when it is full; after a restart it is filled again from the batches newer than the
// last run. A unique index over random ids would write several pages for every message instead.
#pragma once

#include <optional>

#include "core/base/Result.h"
#include "core/storage/index/Memtable.h"
#include "core/storage/index/RunSet.h"

namespace dsmsg::storage {

class IdIndex
{
public:
    explicit IdIndex(RunTable& table)
        : table_(table)
        , runs_(table, RunKind::Ids)
    {
    }

    Result<void> load(const std::vector<RunTable::Listed>& listed) { return runs_.load(listed); }
    /// Ids of messages up to here need not be added again after load().
    Seq throughSeq() const { return runs_.throughSeq(); }

    Result<std::optional<Seq>> find(const IndexKey& key);
    /// An id that find() did not find, with a seq greater than all before.
    void add(const IndexKey& key, Seq seq) { memtable_.add({key, seq}); }

    /// True when the memtable should become a run before the transaction ends.
    bool isFull() const;
    Result<void> flush(std::uint64_t runId, Seq throughSeq);

    RunSet& runs() { return runs_; }
    const RunSet& runs() const { return runs_; }

    /// Brackets every transaction, as in RunSet.
    void begin();
    void committed();
    void rolledBack();

private:
    Result<std::optional<Seq>> findInRun(const Run& run, const IndexKey& key);

    RunTable& table_;
    RunSet runs_;
    Memtable memtable_;
    std::size_t committedSize_ = 0;   ///< of the memtable at begin()
    std::optional<Memtable> flushed_; ///< the memtable of begin(), if this transaction has flushed it
};

} // namespace dsmsg::storage
