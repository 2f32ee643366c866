// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gives orders to whoever leads: changes of members in every shape, and transfers. Sees to one thing only,
// that of the voters it leaves behind a majority can still come back; a disk that was wiped cannot. All else
// is the cluster's affair.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimNode.h"

namespace dsmsg::sim {

/// True when the voters of `configuration` whose incarnation still exists are a majority, and still are
/// when every joining member has become a voter. `without`: as if this one were gone, too.
bool canRecover(const ClusterView& cluster, const raft::Configuration& configuration, ServerId without = {});

class Administrator
{
public:
    Administrator(Lab& lab, std::vector<std::unique_ptr<SimNode>>& nodes);

    void start();
    void finish() { finished_ = true; }

private:
    using Changes = std::vector<raft::MemberChange>;
    using Order = bool (Administrator::*)(SimNode& leader);
    struct Weighted
    {
        Kind kind;
        Order order;
        std::uint64_t weight;
    };

    void next();
    void giveOne();
    SimNode* leader() const;
    bool change(SimNode& leader, const Changes& changes);
    bool transfer(SimNode& leader, ServerId to);
    void watchTransfer(ServerId from, ServerId to);
    /// A node that belongs to no member; null when there is none.
    const SimNode* spare(const raft::Configuration& configuration);
    /// A member other than `self` with this role; null when there is none.
    const raft::Member* pick(const raft::Configuration& configuration, raft::MemberRole role, ServerId self);
    raft::Member memberFor(const SimNode& node, raft::MemberRole role);

    bool addVoter(SimNode& leader);
    bool addLearner(SimNode& leader);
    bool promote(SimNode& leader);
    bool demote(SimNode& leader);
    bool remove(SimNode& leader);
    bool removeLeader(SimNode& leader);
    bool replace(SimNode& leader);
    bool several(SimNode& leader);
    bool transferTo(SimNode& leader);
    bool transferBest(SimNode& leader);

    Lab& lab_;
    std::vector<std::unique_ptr<SimNode>>& nodes_;
    Random random_;
    std::vector<Weighted> chosen_;
    std::uint64_t totalWeight_ = 0;
    Duration pace_{};
    bool finished_ = false;
};

} // namespace dsmsg::sim
