// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bench of checkers: passes every observation on to each and keeps the first violation.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tests/support/sim/checkers/Checker.h"
#include "tests/support/sim/checkers/CommittedLog.h"
#include "tests/support/sim/checkers/Removals.h"

namespace dsmsg::sim {

class Judge
{
public:
    explicit Judge(const ClusterView& cluster);

    void start(const NodeView& node) { each(&Checker::onStart, node); }
    void write(const NodeView& node, const raft::Write& write) { each(&Checker::onWrite, node, write); }
    void durable(const NodeView& node) { each(&Checker::onDurable, node); }
    void step(const NodeView& node) { each(&Checker::onStep, node); }
    void send(const NodeView& node, const raft::Envelope& envelope)
    {
        each(&Checker::onSend, node, envelope);
    }
    void apply(const NodeView& node, std::span<const raft::EntryPtr> entries,
               const std::vector<messaging::AppliedEntry>& outcomes, const messaging::AppliedState& state)
    {
        each(&Checker::onApply, node, entries, outcomes, state);
    }
    void install(const NodeView& node) { each(&Checker::onInstall, node); }
    void acknowledge(const NodeView& node, const Acknowledgement& told)
    {
        each(&Checker::onAcknowledge, node, told);
    }
    void submit(const std::string& msgId) { each(&Checker::onSubmit, msgId); }
    void readBegun(const ReadDemand& demand) { each(&Checker::onReadBegun, demand); }
    void readServed(const NodeView& node, const ServedRead& read)
    {
        each(&Checker::onReadServed, node, read);
    }
    void cursorTold(const NodeView& node, const messaging::MoveCursor& wish, Seq cursor)
    {
        each(&Checker::onCursorTold, node, wish, cursor);
    }
    void inboxAsked(const InboxDemand& demand) { each(&Checker::onInboxAsked, demand); }
    void inboxServed(const NodeView& node, const InboxDemand& demand, const InboxView& page)
    {
        each(&Checker::onInboxServed, node, demand, page);
    }
    void census(const NodeView& node, const Census& census) { each(&Checker::onCensus, node, census); }
    void time(const NodeView& node) { each(&Checker::onTime, node); }
    void clocks() { each(&Checker::onClocks); }
    void exchange(const NodeView& node, const TimedExchange& exchange)
    {
        each(&Checker::onExchange, node, exchange);
    }
    /// For what no checker sees: the world's own findings.
    void condemn(Violation violation);

    const std::optional<Violation>& violation() const { return violation_; }
    const CommittedLog& committed() const { return *committed_; }
    const Removals& removals() const { return *removals_; }

private:
    template <class Method, class... Args>
    void each(Method method, const Args&... args)
    {
        for (const auto& checker : checkers_) {
            ((*checker).*method)(cluster_, args...);
            if (checker->violation() && !violation_)
                violation_ = checker->violation();
        }
    }

    const ClusterView& cluster_;
    std::vector<std::unique_ptr<Checker>> checkers_;
    const CommittedLog* committed_ = nullptr;
    const Removals* removals_ = nullptr;
    std::optional<Violation> violation_;
};

} // namespace dsmsg::sim
