// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/PostingIndex.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "core/base/Hash.h"

namespace dsmsg::storage {

namespace {

// A reader looks through the names of every batch that is not in a run yet, hence the bound on batches.
constexpr std::size_t pendingBatchesMax = 512;
constexpr std::size_t pendingEntriesMax = 32768;

void addDistinct(std::vector<NameHash>& out, NameRole role, std::span<const std::string_view> names)
{
    std::unordered_set<std::string_view> seen;
    std::string_view previous;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0 && names[i] == previous) // runs of one sender are common, and hashing is not free
            continue;
        previous = names[i];
        if (seen.insert(previous).second)
            out.push_back(hashName(role, previous));
    }
}

} // namespace

NameHash hashName(NameRole role, std::string_view name)
{
    const char prefix = static_cast<char>(role);
    return IndexKey::ofHash(blake2s128({std::string_view(&prefix, 1), name})).high;
}

std::vector<NameHash> distinctNames(std::span<const std::string_view> senders,
                                    std::span<const std::string_view> recipients)
{
    std::vector<NameHash> names;
    addDistinct(names, NameRole::Sender, senders);
    addDistinct(names, NameRole::Recipient, recipients);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::string encodeNames(std::span<const NameHash> names)
{
    std::string bytes;
    bytes.reserve(names.size() * sizeof(NameHash) + sizeof(std::uint32_t));
    for (const NameHash name : names)
        appendLittle(bytes, name);
    appendLittle(bytes, crc32(bytes));
    return bytes;
}

Result<std::vector<NameHash>> decodeNames(std::string_view bytes)
{
    const std::size_t count = bytes.size() / sizeof(NameHash);
    const std::size_t end = count * sizeof(NameHash);
    if (bytes.size() != end + sizeof(std::uint32_t) ||
        loadLittle<std::uint32_t>(bytes.data() + end) != crc32(bytes.substr(0, end)))
        return Error{Error::Kind::Corrupt, "The names of a batch are damaged"};
    std::vector<NameHash> names(count);
    for (std::size_t i = 0; i < count; ++i)
        names[i] = loadLittle<NameHash>(bytes.data() + i * sizeof(NameHash));
    return names;
}

void PostingIndex::add(std::span<const NameHash> names, Seq firstSeq)
{
    for (const NameHash name : names)
        pending_.push_back({keyOf(name), firstSeq});
    ++pendingBatches_;
}

bool PostingIndex::isFull() const
{
    return pending_.size() >= pendingEntriesMax || pendingBatches_ >= pendingBatchesMax;
}

Result<void> PostingIndex::flush(std::uint64_t runId, Seq throughSeq)
{
    std::vector<IndexEntry> sorted = pending_;
    std::sort(sorted.begin(), sorted.end(), sortsBefore);
    if (auto flushed = runs_.flush(runId, sorted, throughSeq); !flushed)
        return flushed;
    if (!flushed_)
        flushed_ = std::exchange(pending_, {});
    pending_.clear();
    pendingBatches_ = 0;
    return {};
}

void PostingIndex::begin()
{
    runs_.begin();
    committedSize_ = pending_.size();
    committedBatches_ = pendingBatches_;
    flushed_.reset();
}

void PostingIndex::committed()
{
    runs_.committed();
    flushed_.reset();
}

void PostingIndex::rolledBack()
{
    runs_.rolledBack();
    if (flushed_)
        pending_ = std::move(*flushed_);
    flushed_.reset();
    pending_.resize(committedSize_);
    pendingBatches_ = committedBatches_;
}

} // namespace dsmsg::storage
