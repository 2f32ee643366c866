// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client that only reads: from any node, at every level there is, and never content with less than it has
// seen before when it asks for a seq.
#pragma once

#include <functional>

#include "core/base/Random.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

class ReadingClient
{
public:
    struct Options
    {
        int number = 0;
        int nodes = 3;
        Duration pause = std::chrono::milliseconds(100); ///< mean time between reads
    };
    /// Brings a demand to a node and its answer back, or not.
    using Call = std::function<void(int slot, const ReadDemand&, ReadAnswer)>;

    ReadingClient(Lab& lab, const Options& options, Call call);

    void start();
    /// From now on one linearizable read, repeated until it is answered.
    void finish();
    bool satisfied() const { return satisfied_; }

private:
    void next();
    void begin(std::optional<raft::ReadLevel> level, Seq minSeq);

    Lab& lab_;
    Options options_;
    Call call_;
    Random random_;
    std::uint64_t reads_ = 0;
    Seq seen_;
    bool finishing_ = false;
    bool satisfied_ = false;
};

} // namespace dsmsg::sim
