// SPDX-License-Identifier: GPL-3.0-or-later
//
// The batches a reader looked at last, checked and unpacked; a client that pages forward asks for the same
// batch five times. A message never changes until it is removed, so what is here stays right, also after its
// row was joined with others, as long as nothing is removed: a reader says at the beginning of each read how
// many messages have been by then, and a removal empties the cache.
#pragma once

#include <list>
#include <memory>

#include "core/base/Result.h"
#include "core/storage/BatchTable.h"

namespace dsmsg::storage {

class BatchCache
{
public:
    explicit BatchCache(BatchTable& batches)
        : batches_(batches)
    {
    }

    /// `removed` messages in all, as the applied state says before the read begins.
    void follow(std::uint64_t removed);
    /// The batch that contains `seq`; null when it is not given out yet.
    Result<std::shared_ptr<const UnpackedBatch>> containing(Seq seq);

private:
    BatchTable& batches_;
    std::uint64_t removed_ = 0;
    std::list<std::shared_ptr<const UnpackedBatch>> recent_; ///< the last used first
};

} // namespace dsmsg::storage
