// SPDX-License-Identifier: GPL-3.0-or-later
//
// An administrator who changes his mind about what is kept: rules for the cluster and for single recipients,
// each replaced or cleared after a while.
#pragma once

#include <functional>

#include "core/base/Random.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

class RetentionClient
{
public:
    /// Brings a rule to a node and the answer back, or not.
    using Call = std::function<void(int slot, const messaging::RetentionRule&, OrderAnswer)>;

    RetentionClient(Lab& lab, int nodes, Call call);

    void start();
    void finish() { finished_ = true; }

private:
    void next();
    void send(const messaging::RetentionRule& rule, int slot);
    messaging::RetentionRule draw();

    Lab& lab_;
    const int nodes_;
    Call call_;
    Random random_;
    const Duration pace_;
    bool finished_ = false;
};

} // namespace dsmsg::sim
