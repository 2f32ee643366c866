// SPDX-License-Identifier: GPL-3.0-or-later
//
// Proposals with everything around it in the test's hand: what is durable where, what is committed and
// applied, what time it is. Outcomes come back as short texts, so that a test reads as a story.
#pragma once

#include <string>
#include <vector>

#include "core/node/Proposals.h"

namespace dsmsg::node::testing {

inline constexpr Duration writeTimeout = std::chrono::seconds(5);

struct Desk
{
    explicit Desk(std::size_t entriesInFlight = 3, std::size_t batchMessages = 100,
                  std::size_t batchBytes = 100'000);

    void send(Token token, const std::string& id, AckLevel level = AckLevel::Quorum,
              const std::string& payload = "1");
    /// Takes the next batch and appends it as entry `index` of term 3.
    Proposals::Batch propose(std::uint64_t index);
    /// The entry is applied; `seqs` as "4", or "4d" for a duplicate of 4.
    void apply(std::uint64_t index, const std::vector<std::string>& seqs, std::uint64_t term = 3);
    /// How far each of the three voters' disks is, the leader's first.
    void durable(std::uint64_t own, std::uint64_t second, std::uint64_t third);

    void settle() { proposals.settle(facts(), now); }
    void expire() { proposals.expire(facts(), now); }
    /// "1:accepted seq 4 at 9 on n1,n2; 2:unknown": everything answered since the last call, by token.
    std::string answers();

    Proposals proposals;
    Instant now{std::chrono::hours(1)};
    LogIndex commit;
    std::size_t quorum = 2;

private:
    Proposals::Facts facts() const;

    std::vector<std::uint64_t> disks_ = {0, 0, 0};
};

std::string describe(const Outcome& outcome);

} // namespace dsmsg::node::testing
