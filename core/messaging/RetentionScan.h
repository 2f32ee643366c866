// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds what retention and ttl say is to go: the leader's part, for a Removal that it puts into the log. What
// it finds is a proposal and no decision, so that nothing here must be equal on every node, and it may count
// in its own memory: how much each recipient with a rule has. Every call does a bounded amount of reading.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"

namespace dsmsg::messaging {

class RetentionScan
{
public:
    struct Found
    {
        std::vector<SeqRange> ranges; ///< for a Removal
        bool more = false;            ///< ask again at once
    };

    /// Reads from `store` outside of transactions and by `reader`. Both must outlive this.
    RetentionScan(Store& store, MessageReader& reader)
        : store_(store)
        , reader_(reader)
    {
    }

    /// At `now`, in the cluster's time. Only delivered messages. Not to be asked again before what it found
    /// is applied or lost.
    Result<Found> find(UnixTime now);
    /// Hears of everything that is removed, whoever found it.
    void removed(std::span<const RemovedMessage> messages);

private:
    /// Of one recipient with a rule.
    struct Count
    {
        Seq through; ///< counted up to here
        Seq oldest;  ///< nothing is kept up to here
        std::uint64_t messages = 0;
        std::uint64_t bytes = 0;
    };
    /// Along the messages of a rule, oldest first.
    struct Walk
    {
        const RetentionRule& rule;
        UnixTime now;
        std::uint64_t messages; ///< that would be kept
        std::uint64_t bytes;
        Seq after; ///< nothing is kept up to here

        bool passesCounts() const; ///< more is kept than the limits say
        bool takes(const StoredMessage& stored);
    };

    Result<void> findExpired(UnixTime now, std::vector<Seq>& seqs);
    // True: not done, for lack of pages.
    Result<bool> apply(const RetentionRule& rule, UnixTime now, std::vector<Seq>& seqs);
    Result<bool> count(const std::string& recipient, Count& counted);
    Result<bool> go(Walk& walk, std::vector<Seq>& seqs);
    bool take(const StoredMessage& stored, std::vector<Seq>& seqs);

    Store& store_;
    MessageReader& reader_;
    std::map<std::string, Count> counts_;
    std::optional<std::string> turn_; ///< of the rule that comes first next time
    std::size_t quiet_ = 0;           ///< rules in a row that had nothing to remove, over several calls
    int pagesLeft_ = 0;               ///< of this call
    std::uint64_t bytesLeft_ = 0;     ///< same, of what is to be removed
};

} // namespace dsmsg::messaging
