// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two indexes of the state, by id and by name, as their writer handles them: together in every
// transaction, flushed when full, merged in the background, recovered at open.
#pragma once

#include <span>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/BatchTable.h"
#include "core/storage/index/IdIndex.h"
#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

class StateIndexes
{
public:
    explicit StateIndexes(Database& database)
        : table_(database)
        , ids_(table_)
        , postings_(table_)
    {
    }

    /// Loads the runs, and from the batches what is newer than they are. Corrupt: something is missing or
    /// damaged.
    Result<void> load(const messaging::AppliedState& applied, BatchTable& batches);

    Result<std::optional<Seq>> find(const messaging::IdHash& id) { return ids_.find(IndexKey::ofHash(id)); }
    /// The new messages from `firstSeq` on, and the names among them.
    void add(Seq firstSeq, std::span<const messaging::IdHash> ids, std::span<const NameHash> names);

    struct Flushed
    {
        bool ids = false;
        bool postings = false;
    };
    /// Writes down what has outgrown memory; everything up to `lastSeq` has been added.
    Result<Flushed> flushFull(Seq lastSeq);

    bool hasWork() const { return ids_.runs().hasWork() || postings_.runs().hasWork(); }
    bool isBehind() const { return ids_.runs().isBehind() || postings_.runs().isBehind(); }
    /// One bounded step of merging or sweeping, when there is work.
    Result<void> step();

    /// Reads every page of every run. The number of pages; the first that is damaged is an error.
    Result<std::uint64_t> check();

    /// Brackets every transaction.
    void begin();
    void committed();
    void rolledBack();

private:
    RunTable table_;
    IdIndex ids_;
    PostingIndex postings_;
    std::uint64_t nextRunId_ = 1;
};

} // namespace dsmsg::storage
