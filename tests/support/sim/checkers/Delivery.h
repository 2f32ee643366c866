// SPDX-License-Identifier: GPL-3.0-or-later
//
// Delivery by time, worked out from the committed log in another way than the state machine's: what waits is
// kept sorted in a set, and nothing is kept of how the nodes do it but the hash of the order that they end
// with.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// Every applied message is delivered once the watermark has passed its time, in order of (time, seq) unless
/// it came late, and in the same order on every node, however it came to its state; watermarks never go back.
class DeliveryByTime final : public Checker
{
public:
    explicit DeliveryByTime(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "DeliveryByTime"; }
    void onStart(const ClusterView&, const NodeView& node) override { compare(node, node.state.applied); }
    void onInstall(const ClusterView&, const NodeView& node) override { compare(node, node.state.applied); }
    void onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                 const std::vector<messaging::AppliedEntry>& outcomes,
                 const messaging::AppliedState& state) override;

private:
    struct Reached
    {
        std::uint64_t delivered = 0;
        std::uint64_t late = 0;
        std::uint64_t orderHash = 0;
    };
    void catchUp();
    void applyCommand(const raft::EntryPtr& entry);
    void deliver(Seq seq);
    void compare(const NodeView& node, const messaging::AppliedState& state);

    const CommittedLog& committed_;
    std::set<std::pair<UnixTime, Seq>> waiting_;
    UnixTime watermark_{};
    Seq seen_; ///< greatest seq that has been waiting or delivered
    Reached now_;
    std::vector<Reached> reached_; ///< after each entry
};

} // namespace dsmsg::sim
