// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages from the newest message to the oldest. The sorted runs of the postings are read upwards only, so a
// filter looks at the names that each batch row lists instead: eight bytes a name, no message unpacked in
// vain.
#pragma once

#include <functional>

#include "core/messaging/Store.h"
#include "core/storage/BatchCache.h"
#include "core/storage/BatchTable.h"
#include "core/storage/DeliveryTable.h"

namespace dsmsg::storage {

/// Inside one read transaction; `query.before` is set. The delivery of the messages is left open.
Result<messaging::Page> pageBefore(BatchTable& batches, BatchCache& cache, const messaging::PageQuery& query,
                                   const messaging::AppliedState& state);

/// `query.before` is set; looks at `wanted` messages, which `messageOf` reads.
Result<messaging::DeliveryPage>
deliveriesBefore(DeliveryTable& deliveries, const messaging::DeliveryQuery& query, std::size_t wanted,
                 const std::function<Result<messaging::StoredMessage>(Seq)>& messageOf);

} // namespace dsmsg::storage
