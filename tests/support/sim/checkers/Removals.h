// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may go, worked out from the committed log alone: the rules and messages as they stand before each
// entry, counted in sets. The time by which a ttl or an age must have ended is that of the moment when the
// leader wrote the removal, by its own view of the cluster's time and the bound of it, or by its stamps where
// those lie ahead (node::Timekeeper::stamp).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/messaging/Command.h"
#include "tests/support/sim/checkers/CommittedLog.h"

namespace dsmsg::sim {

/// Nothing is removed before it is delivered, nor without a ttl that ended or a rule in force that says so,
/// the oldest first; every node keeps what the log says; a repeat of what was removed is told so.
class Removals final : public Checker
{
public:
    struct Known
    {
        std::string recipient;
        std::uint64_t bytes = 0;
        UnixTime received{};
        UnixTime orderTs{};
        std::optional<Duration> ttl;
        LogIndex removedAt; ///< 0: never
    };
    /// How many messages went for what reason.
    struct Causes
    {
        std::uint64_t ttl = 0;
        std::uint64_t age = 0;
        std::uint64_t count = 0;
        std::uint64_t bytes = 0;
    };

    explicit Removals(const CommittedLog& committed)
        : committed_(committed)
    {
    }
    std::string name() const override { return "Removals"; }
    void onStart(const ClusterView&, const NodeView& node) override { compare(node); }
    void onInstall(const ClusterView&, const NodeView& node) override { compare(node); }
    void onWrite(const ClusterView&, const NodeView& node, const raft::Write& write) override;
    void onStep(const ClusterView&, const NodeView& node) override;
    void onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                 const std::vector<messaging::AppliedEntry>&, const messaging::AppliedState&) override
    {
        compare(node);
    }
    void onAcknowledge(const ClusterView&, const NodeView& node, const Acknowledgement& told) override;

    /// Of every committed message, that with seq 1 first.
    const std::vector<Known>& messages() const { return messages_; }
    bool removedBy(Seq seq, LogIndex index) const;
    const Causes& causes() const { return causes_; }

private:
    struct Kept
    {
        std::set<Seq> seqs;
        std::uint64_t bytes = 0;
    };
    void applyCommand(const raft::EntryPtr& entry);
    void add(const messaging::MessageView& message, Seq seq);
    void remove(const messaging::Removal& removal, const raft::Entry& entry);
    bool allowed(const Known& message, Seq seq, UnixTime latest);
    bool allowedBy(const messaging::RetentionLimits& limits, const Kept& kept, const Known& message, Seq seq,
                   UnixTime latest);
    std::string describe(const std::optional<std::string>& recipient, const Kept& kept);
    void compare(const NodeView& node);

    const CommittedLog& committed_;
    std::vector<Known> messages_;
    Kept all_;
    std::map<std::string, Kept> of_; ///< by recipient
    std::map<std::optional<std::string>, messaging::RetentionLimits> rules_;
    UnixTime watermark_{};
    std::map<std::pair<LogIndex, Term>, UnixTime> written_; ///< removals, and what the time was at most
    std::vector<messaging::KeptMessages> reached_;          ///< after each entry
    Causes causes_;
};

} // namespace dsmsg::sim
