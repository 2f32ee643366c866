// SPDX-License-Identifier: GPL-3.0-or-later
//
// One seed's cluster: nodes, network, clients, faults; then healing, and the demand that it makes progress.
// One thread, no wall clock, no chance but the seed's: the same options give the same history, event by
// event.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/sim/Administrator.h"
#include "tests/support/sim/Client.h"
#include "tests/support/sim/Consumer.h"
#include "tests/support/sim/FaultPlan.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/PeerLinks.h"
#include "tests/support/sim/ReadingClient.h"
#include "tests/support/sim/RetentionClient.h"
#include "tests/support/sim/SimNetwork.h"
#include "tests/support/sim/SimNode.h"

namespace dsmsg::sim {

struct WorldOptions
{
    std::uint64_t seed = 1;
    std::optional<int> nodes;      ///< that form the cluster; none: drawn from the seed (1, 3 or 5)
    std::ostream* trace = nullptr; ///< every line goes there
};

struct WorldResult
{
    std::optional<Violation> violation;
    std::uint64_t traceHash = 0;
    std::vector<std::string> tail; ///< the end of the trace
    Coverage coverage;
    int nodes = 0;
    std::uint64_t events = 0;
    std::uint64_t messages = 0; ///< acknowledged to clients
    SimTime duration{};
    Duration recovery{}; ///< from healing until the cluster had converged
};

class World final : public NodeHost
{
public:
    explicit World(const WorldOptions& options);
    ~World() override;

    WorldResult run();

private:
    void transmit(int from, const raft::Envelope& envelope) override;
    void transmitTime(int from, ServerId to, const TimeFrame& frame) override;
    std::vector<ServerId> connectedTo(int slot) const override;
    void helloChanged(int slot) override;
    int slotOf(ServerId server) const override;
    void deliver(int from, int to, ServerId sender, ServerId receiver, std::uint32_t run,
                 const raft::Message& message);
    std::function<void()> hello(int from, int to);
    bool compatible(int a, int b) const;
    void installing(int slot, InstallStage stage) override;
    void call(int slot, const Request& request, const Answer& answer);
    void callForRead(int slot, const ReadDemand& demand, const ReadAnswer& answer);
    void callForInbox(int slot, const InboxDemand& demand, const InboxAnswer& answer);
    /// `order` is an acknowledgement of an inbox or a rule of retention.
    void callForOrder(int slot, std::function<void(SimProcess&, OrderAnswer)> order,
                      const OrderAnswer& answer);
    void checkpointLater(SimNode& node);
    void lookAtClocksLater();
    void compactLater(SimNode& node);
    SimNode::Options drawMachine();
    void addClients();
    void addConsumers();

    void runUntil(SimTime end);
    void healedTime();
    bool converged() const;
    std::string unfinishedMembers() const;
    std::string describeDivergence() const;
    std::size_t acknowledged() const;

    SimNode& node(int slot) { return *nodes_[static_cast<std::size_t>(slot)]; }
    const SimNode& node(int slot) const { return *nodes_[static_cast<std::size_t>(slot)]; }

    Lab lab_;
    Random random_;
    int initial_;                               ///< nodes that form the cluster
    int count_;                                 ///< with those that may join it
    std::optional<std::uint64_t> compactKeeps_; ///< entries that compaction leaves; none: it never happens
    std::unique_ptr<SimNetwork> network_;
    std::unique_ptr<PeerLinks> links_;
    std::vector<std::unique_ptr<SimNode>> nodes_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<std::unique_ptr<ReadingClient>> readers_;
    std::vector<std::unique_ptr<Consumer>> consumers_;
    std::unique_ptr<RetentionClient> retention_;
    std::unique_ptr<Administrator> administrator_;
    std::unique_ptr<FaultPlan> faults_;
    std::uint64_t eventCount_ = 0;
    Duration recovery_{};
};

} // namespace dsmsg::sim
