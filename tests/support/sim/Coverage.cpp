// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kinds of messages follow raft::Message's order, the two ballots apart, because a pre-vote and a vote
// have different bugs.
#include "tests/support/sim/Coverage.h"

#include "tests/support/sim/Text.h"

namespace dsmsg::sim {

namespace {

constexpr std::array<std::string_view, kindCount> names{
#define DSMSG_SIM_NAME(name, text) text,
    DSMSG_SIM_KINDS(DSMSG_SIM_NAME)
#undef DSMSG_SIM_NAME
};

std::size_t positionOf(const raft::Message& message)
{
    if (const auto* request = std::get_if<raft::RequestVote>(&message))
        return request->ballot == raft::Ballot::PreVote ? 0 : 1;
    if (const auto* reply = std::get_if<raft::RequestVoteReply>(&message))
        return reply->ballot == raft::Ballot::PreVote ? 2 : 3;
    return message.index() + 2;
}

} // namespace

std::string_view nameOf(Kind kind)
{
    return names[static_cast<std::size_t>(kind)];
}

void Coverage::merge(const Coverage& other)
{
    for (std::size_t i = 0; i < kindCount; ++i)
        counts_[i] += other.counts_[i];
}

std::vector<Kind> Coverage::missing() const
{
    std::vector<Kind> never;
    for (std::size_t i = 0; i < kindCount; ++i) {
        if (counts_[i] == 0)
            never.push_back(static_cast<Kind>(i));
    }
    return never;
}

std::string Coverage::report() const
{
    std::string out;
    for (std::size_t i = 0; i < kindCount; ++i) {
        const std::string number = std::to_string(counts_[i]);
        out +=
            text(std::string(number.size() < 12 ? 12 - number.size() : 0, ' '), number, "  ", names[i], "\n");
    }
    return out;
}

Kind kindOf(Fate fate, const raft::Message& message)
{
    constexpr std::array firstOf{Kind::SentRequestPreVote, Kind::DroppedRequestPreVote,
                                 Kind::TwiceRequestPreVote};
    const auto first = static_cast<std::size_t>(firstOf[static_cast<std::size_t>(fate)]);
    return static_cast<Kind>(first + positionOf(message));
}

Counted countedAs(const raft::Message& message)
{
    return {kindOf(Fate::Sent, message), kindOf(Fate::Dropped, message), kindOf(Fate::Twice, message)};
}

} // namespace dsmsg::sim
