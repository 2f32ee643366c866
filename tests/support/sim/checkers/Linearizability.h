// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real time (Herlihy and Wing 1990), for the two things that clients do: a message gets a seq above all that
// were acknowledged before it was sent, and a linearizable read sees all that was acknowledged, or seen by
// such a read, before it began. With seqs as the order this needs no search: it is a floor for each
// operation, taken when it begins. Weaker reads are held to what they promise.
#pragma once

#include <string>
#include <unordered_map>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

class Linearizability final : public Checker
{
public:
    explicit Linearizability(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "Linearizability"; }
    void onSubmit(const ClusterView&, const std::string& msgId) override;
    void onAcknowledge(const ClusterView&, const NodeView& node, const Acknowledgement& told) override;
    void onReadBegun(const ClusterView&, const ReadDemand& demand) override;
    void onReadServed(const ClusterView&, const NodeView& node, const ServedRead& read) override;

private:
    struct Open
    {
        ReadDemand demand;
        Seq floor;
    };
    const CommittedLog& committed_;
    Seq known_;                                      ///< acknowledged, or seen by a linearizable read
    std::unordered_map<std::string, Seq> submitted_; ///< the floor of each message
    std::unordered_map<std::uint64_t, Open> reads_;
};

} // namespace dsmsg::sim
