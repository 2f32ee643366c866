// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/storage/DeliveryTable.h"
#include "core/storage/VerifyParts.h"

namespace dsmsg::storage {

namespace {

/// Goes through the runs as they were delivered and counts along.
class DeliveryVerifier
{
public:
    DeliveryVerifier(const messaging::AppliedState& applied, Complaints& complaints)
        : applied_(applied)
        , complaints_(complaints)
        , delivered_(applied.lastSeq.value + 1)
    {
    }

    /// False when there is no use in going on.
    bool row(const DeliveryRow& row)
    {
        if (row.first != next_)
            complaints_.add("The order of delivery is missing from " + std::to_string(next_.value) + " on");
        for (const messaging::DeliveryRun& run : row.runs)
            this->run(run);
        if (row.reach != reach_)
            complaints_.add("The order of delivery at " + std::to_string(row.first.value) +
                            " says that it reaches seq " + std::to_string(row.reach.value));
        next_ = row.end();
        return !complaints_.full();
    }

    void end()
    {
        const messaging::DeliveryState& delivery = applied_.delivery;
        if (next_.previous() != delivery.last || late_ != delivery.late || hash_ != delivery.orderHash)
            complaints_.add("The order of delivery has " + std::to_string(next_.previous().value) +
                            " messages, " + std::to_string(late_) + " of them late; the state says " +
                            std::to_string(delivery.last.value) + " and " + std::to_string(delivery.late) +
                            ", or another order");
    }

private:
    void run(const messaging::DeliveryRun& run)
    {
        for (Seq seq = run.firstSeq; seq < run.endSeq() && !complaints_.full(); ++seq) {
            if (!seq || seq > applied_.lastSeq || delivered_[seq.value]) {
                complaints_.add("Seq " + std::to_string(seq.value) + " is delivered twice, or not there");
                continue;
            }
            delivered_[seq.value] = true;
            hash_ = messaging::extendOrderHash(hash_, seq);
            reach_ = std::max(reach_, seq);
        }
        late_ += run.late ? run.count : 0;
    }

    const messaging::AppliedState& applied_;
    Complaints& complaints_;
    std::vector<bool> delivered_; ///< by seq
    DeliverySeq next_{1};
    Seq reach_;
    std::uint64_t late_ = 0;
    std::uint64_t hash_ = 0;
};

} // namespace

void verifyDeliveries(Database& database, const messaging::AppliedState& applied, Complaints& complaints)
{
    DeliveryTable table(database);
    DeliveryVerifier verifier(applied, complaints);
    const auto read =
        table.forEach(DeliverySeq(1), [&](const DeliveryRow& row) { return verifier.row(row); });
    if (!read)
        return complaints.add(read.error());
    verifier.end();
}

} // namespace dsmsg::storage
