// SPDX-License-Identifier: GPL-3.0-or-later
//
// Membership (Raft, section 6; dissertation 4): one change at a time, and every committed configuration
// follows from the one before by a step that keeps majorities overlapping. That each decision had its
// majority in both sets is ElectionSafety's and DurableCommit's to see.
#pragma once

#include <optional>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

class ConfigurationSafety final : public Checker
{
public:
    explicit ConfigurationSafety(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "ConfigurationSafety"; }
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;
    void onStep(const ClusterView&, const NodeView& node) override;

    /// Why `next` may not follow `now`; empty when it may.
    static std::string flaw(const raft::Configuration& now, const raft::Configuration& next);

private:
    void followCommitted();

    const CommittedLog& committed_;
    LogIndex followed_;
    std::optional<raft::Configuration> last_; ///< of the committed log up to `followed_`
    std::optional<int> writer_;               ///< the slot whose step appended a configuration
};

} // namespace dsmsg::sim
