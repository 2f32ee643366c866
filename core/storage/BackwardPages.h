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
                                   Seq lastSeq);

/// `query.before` is set; `messageOf` reads a message that is there.
Result<messaging::DeliveryPage>
deliveriesBefore(DeliveryTable& deliveries, const messaging::DeliveryQuery& query,
                 const std::function<Result<messaging::StoredMessage>(Seq)>& messageOf);

} // namespace dsmsg::storage
