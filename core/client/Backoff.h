// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long to wait before asking again. Doubling keeps clients from burying a cluster that is electing a
// leader; the jitter keeps those that failed together from coming back together. Half of each wait is random
// ("equal jitter"), not all of it, so that a wait is never next to nothing. Exponential backoff and jitter:
// Amazon's Builders' Library.
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"

namespace dsmsg::client {

class Backoff
{
public:
    struct Settings
    {
        Milliseconds first{50};
        Milliseconds greatest{1000}; ///< at least `first`
    };

    Backoff(Settings settings, std::uint64_t seed);

    /// The next wait, in [step/2, step]; the step doubles with each call up to `greatest`.
    Milliseconds next();
    void reset();

private:
    Settings settings_;
    Random random_;
    Milliseconds step_;
};

} // namespace dsmsg::client
