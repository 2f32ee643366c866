// SPDX-License-Identifier: GPL-3.0-or-later
//
// A consumer as the contract wants it: reads its inbox on any node, does its work, acknowledges to the
// leader, follows redirects, begins anew from what the cluster remembers. Now and then it acknowledges only a
// part, or again, or what there is not.
#pragma once

#include <functional>
#include <string>

#include "core/base/Random.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

class Consumer
{
public:
    struct Options
    {
        int number = 0;
        std::string recipient; ///< several may share one
        int nodes = 3;
        Duration pause = std::chrono::milliseconds(100); ///< mean time between two looks
    };
    /// Bring a question to a node and its answer back, or not.
    struct Calls
    {
        std::function<void(int slot, const InboxDemand&, InboxAnswer)> read;
        std::function<void(int slot, const messaging::MoveCursor&, OrderAnswer)> acknowledge;
    };

    Consumer(Lab& lab, Options options, Calls calls);

    void start();
    /// From now on it reads without pause, until nothing is left.
    void finish() { finishing_ = true; }
    bool satisfied() const { return satisfied_; }

private:
    void lookLater();
    void look();
    int choose(int known);
    void received(const InboxView& page);
    void acknowledge(Seq seq, int slot);

    Lab& lab_;
    const Options options_;
    Calls calls_;
    Random random_;
    std::uint64_t looks_ = 0;
    Seq done_;        ///< as far as it was told
    int reader_ = -1; ///< the node that answered last; -1: none
    int leader_ = -1; ///< same, of acknowledgements
    bool finishing_ = false;
    bool satisfied_ = false;
};

} // namespace dsmsg::sim
