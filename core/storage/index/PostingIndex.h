// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which batches hold messages of a sender or for a recipient: postings (name, first seq of the batch) in the
// same kind of runs as the ids. A row per posting in a table ordered by name touches one page for every name
// in a batch (measured with 100 000 senders and 500 000 messages: 6.2 kB written and 7.8 us a message, and
// growing; here 0.09 kB and 0.3 us). A posting names a seq, not a row, so it stays right when small batch
// rows are joined. Names are 64-bit hashes; a reader compares the names themselves in the batch.
#pragma once

#include <span>
#include <vector>

#include "core/base/Result.h"
#include "core/storage/index/RunSet.h"

namespace dsmsg::storage {

enum class NameRole : char
{
    Sender = 's',
    Recipient = 'r'
};

using NameHash = std::uint64_t;
NameHash hashName(NameRole role, std::string_view name);

/// The distinct names of a batch, ascending. Its row keeps them, with a CRC of their own, for readers ahead
/// of the next flush.
std::vector<NameHash> distinctNames(std::span<const std::string_view> senders,
                                    std::span<const std::string_view> recipients);
std::string encodeNames(std::span<const NameHash> names);
/// encodeNames() of none: the CRC of nothing.
inline constexpr std::string_view noNames("\0\0\0\0", 4);
/// Corrupt: the CRC is wrong.
Result<std::vector<NameHash>> decodeNames(std::string_view bytes);

inline IndexKey keyOf(NameHash name)
{
    return {name, 0};
}

/// The writer's side; PostingReader is the other.
class PostingIndex
{
public:
    explicit PostingIndex(RunTable& table)
        : runs_(table, RunKind::Postings)
    {
    }

    Result<void> load(const std::vector<RunTable::Listed>& listed) { return runs_.load(listed); }
    Seq throughSeq() const { return runs_.throughSeq(); }

    void add(std::span<const NameHash> names, Seq firstSeq);
    bool isFull() const;
    Result<void> flush(std::uint64_t runId, Seq throughSeq);

    RunSet& runs() { return runs_; }
    const RunSet& runs() const { return runs_; }

    /// Brackets every transaction, as in RunSet.
    void begin();
    void committed();
    void rolledBack();

private:
    RunSet runs_;
    std::vector<IndexEntry> pending_;
    std::size_t pendingBatches_ = 0;
    std::size_t committedSize_ = 0;
    std::size_t committedBatches_ = 0;
    std::optional<std::vector<IndexEntry>>
        flushed_; ///< pending_ of begin(), if this transaction has flushed it
};

} // namespace dsmsg::storage
