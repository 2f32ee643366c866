// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a leader moves the watermark of delivery (messaging/DeliveryOrder.h), and how far: with every entry it
// proposes, to the cluster's time less the window, and alone when something waits that no entry on its way
// delivers. No thread, no clock; facts come in.
#pragma once

#include <algorithm>
#include <optional>

#include "core/base/Clock.h"

namespace dsmsg::node {

class DeliveryPacer
{
public:
    /// How long a message waits for those that were sent before it.
    explicit DeliveryPacer(Duration window)
        : window_(window)
    {
    }

    /// Leadership begins: what an earlier one proposed may be lost.
    void restart() { moved_ = applied_; }
    /// What is applied now; `oldest`: time of the first message that waits.
    void applied(UnixTime watermark, std::optional<UnixTime> oldest)
    {
        applied_ = watermark;
        oldest_ = oldest;
    }

    /// For an entry proposed at `now`, in the cluster's time; never lower than any before it.
    UnixTime next(UnixTime now) const { return std::max({applied_, moved_, now - window_}); }
    /// An entry with this watermark was taken into the log.
    void proposed(UnixTime watermark) { moved_ = std::max(moved_, watermark); }

    /// From when on, in the cluster's time, a watermark alone delivers something; none while nothing waits,
    /// or while an entry on its way will deliver it.
    std::optional<UnixTime> due() const
    {
        return oldest_ && *oldest_ > std::max(applied_, moved_) ? std::optional(*oldest_ + window_)
                                                                : std::nullopt;
    }

private:
    Duration window_;
    UnixTime applied_{};
    UnixTime moved_{}; ///< by entries of this leadership, applied or not
    std::optional<UnixTime> oldest_;
};

} // namespace dsmsg::node
