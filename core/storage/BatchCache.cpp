// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/BatchCache.h"

#include <algorithm>

namespace dsmsg::storage {

namespace {
constexpr std::size_t batchesMax = 8;
constexpr qsizetype batchBytesMax = 256 * 1024; // larger ones are not kept
} // namespace

void BatchCache::follow(std::uint64_t removed)
{
    if (std::exchange(removed_, removed) != removed)
        recent_.clear();
}

Result<std::shared_ptr<const UnpackedBatch>> BatchCache::containing(Seq seq)
{
    const auto cached = std::find_if(recent_.begin(), recent_.end(),
                                     [seq](const auto& batch) { return batch->contains(seq); });
    if (cached != recent_.end()) {
        recent_.splice(recent_.begin(), recent_, cached);
        return recent_.front();
    }
    auto row = batches_.containing(seq);
    if (!row)
        return row.error();
    if (!row->has_value())
        return std::shared_ptr<const UnpackedBatch>();
    const bool anyKept = (*row)->anyKept();
    auto unpacked = unpackBatch((*row)->firstSeq, (*row)->count, std::move((*row)->segments));
    if (!unpacked)
        return unpacked.error();
    unpacked->anyKept = anyKept;
    auto batch = std::make_shared<const UnpackedBatch>(std::move(*unpacked));
    if (batch->bytes.size() <= batchBytesMax) {
        recent_.push_front(batch);
        if (recent_.size() > batchesMax)
            recent_.pop_back();
    }
    return batch;
}

} // namespace dsmsg::storage
