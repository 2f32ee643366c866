// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Backoff.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::client {

Backoff::Backoff(Settings settings, std::uint64_t seed)
    : settings_(settings)
    , random_(seed)
    , step_(settings.first)
{
    DSMSG_ASSERT(settings.first.count() > 0 && settings.greatest >= settings.first,
                 "a back-off that never waits would ask without end");
}

Milliseconds Backoff::next()
{
    const Milliseconds step = step_;
    step_ = std::min(step_ * 2, settings_.greatest);
    return Milliseconds(random_.between(step.count() / 2, step.count() + 1));
}

void Backoff::reset()
{
    step_ = settings_.first;
}

} // namespace dsmsg::client
