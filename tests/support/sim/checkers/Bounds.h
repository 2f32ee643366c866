// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stays within limits: memory within its settings, and the number of clusters, which is one.
#pragma once

#include <string>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// Windows, uncommitted proposals and the cache keep to their settings.
class BoundedMemory final : public Checker
{
public:
    std::string name() const override { return "BoundedMemory"; }
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;
    void onCensus(const ClusterView&, const NodeView& node, const Census& census) override;

private:
    std::size_t largest_ = 0; ///< payload of the largest entry ever; it may be compacted and still in flight
};

/// One cluster: no two formed nodes belong to different ones.
class SingleCluster final : public Checker
{
public:
    explicit SingleCluster(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "SingleCluster"; }
    void onStep(const ClusterView&, const NodeView& node) override;

private:
    const CommittedLog& committed_;
    ClusterId cluster_; ///< of the first committed Form entry
};

} // namespace dsmsg::sim
