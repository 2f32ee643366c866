// SPDX-License-Identifier: GPL-3.0-or-later
//
// The batches a reader looked at last, checked and unpacked. A message never changes, so what is here is
// right for ever, also after its row was joined with others; a client that pages forward asks for the same
// batch five times.
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

    /// The batch that contains `seq`; null when it is not given out yet.
    Result<std::shared_ptr<const UnpackedBatch>> containing(Seq seq);

private:
    BatchTable& batches_;
    std::list<std::shared_ptr<const UnpackedBatch>> recent_; ///< the last used first
};

} // namespace dsmsg::storage
