// SPDX-License-Identifier: GPL-3.0-or-later
//
// CommittedLog comes first, because the others compare with it.
#include "tests/support/sim/Judge.h"

#include "tests/support/sim/checkers/Bounds.h"
#include "tests/support/sim/checkers/Clocks.h"
#include "tests/support/sim/checkers/Configurations.h"
#include "tests/support/sim/checkers/Delivery.h"
#include "tests/support/sim/checkers/Durability.h"
#include "tests/support/sim/checkers/Elections.h"
#include "tests/support/sim/checkers/Inboxes.h"
#include "tests/support/sim/checkers/Linearizability.h"
#include "tests/support/sim/checkers/Logs.h"
#include "tests/support/sim/checkers/Snapshots.h"

namespace dsmsg::sim {

Judge::Judge(const ClusterView& cluster)
    : cluster_(cluster)
{
    auto committed = std::make_unique<CommittedLog>();
    committed_ = committed.get();
    checkers_.push_back(std::move(committed));
    checkers_.push_back(std::make_unique<ElectionSafety>());
    checkers_.push_back(std::make_unique<VoteOnce>());
    checkers_.push_back(std::make_unique<CommitRule>());
    checkers_.push_back(std::make_unique<NoStalledLeader>());
    checkers_.push_back(std::make_unique<ConfigurationInForce>());
    checkers_.push_back(std::make_unique<LeaderCompleteness>(*committed_));
    checkers_.push_back(std::make_unique<Monotone>());
    checkers_.push_back(std::make_unique<LogMatching>());
    checkers_.push_back(std::make_unique<WriteDiscipline>(*committed_));
    checkers_.push_back(std::make_unique<HonestAcknowledgement>());
    checkers_.push_back(std::make_unique<DurableCommit>(*committed_));
    checkers_.push_back(std::make_unique<StateMachineSafety>(*committed_));
    checkers_.push_back(std::make_unique<ExactlyOnce>(*committed_));
    checkers_.push_back(std::make_unique<DeliveryByTime>(*committed_));
    checkers_.push_back(std::make_unique<SingleCluster>(*committed_));
    checkers_.push_back(std::make_unique<ConfigurationSafety>(*committed_));
    checkers_.push_back(std::make_unique<SnapshotDiscipline>(*committed_));
    checkers_.push_back(std::make_unique<Linearizability>(*committed_));
    checkers_.push_back(std::make_unique<EstimatesHold>());
    checkers_.push_back(std::make_unique<WallClockFollowed>());
    checkers_.push_back(std::make_unique<ClusterTimeAgrees>());
    checkers_.push_back(std::make_unique<ClusterTimeSlews>());
    checkers_.push_back(std::make_unique<StampsNeverGoBack>(*committed_));
    auto removals = std::make_unique<Removals>(*committed_);
    removals_ = removals.get();
    checkers_.push_back(std::move(removals));
    checkers_.push_back(std::make_unique<InboxCursors>(*committed_, *removals_));
    checkers_.push_back(std::make_unique<BoundedMemory>());
}

void Judge::condemn(Violation violation)
{
    if (!violation_)
        violation_ = std::move(violation);
}

} // namespace dsmsg::sim
