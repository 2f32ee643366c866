// SPDX-License-Identifier: GPL-3.0-or-later
//
// Majorities of a configuration, joint ones included (Raft, section 6): while a change is under way, a
// decision needs a majority of the incoming voters and one of the outgoing voters.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "core/raft/Configuration.h"

namespace dsmsg::raft {

enum class VoteResult : std::uint8_t
{
    Pending,
    Won,
    Lost
};

/// `votes`: who answered, and whether it was a yes. Answers of non-voters do not count.
VoteResult tally(const Configuration& configuration, const std::map<ServerId, bool>& votes);

namespace detail {

/// The `copies`-th greatest value; the default value when there are fewer.
template <class Value>
Value nthGreatest(std::vector<Value> values, std::size_t copies)
{
    if (copies == 0 || copies > values.size())
        return Value{};
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(copies - 1);
    std::nth_element(values.begin(), nth, values.end(), [](const Value& a, const Value& b) { return b < a; });
    return *nth;
}

} // namespace detail

/// The greatest value that at least `copies` bound voters of the incoming set have reached; the default value
/// when fewer exist. copies >= 1. `Value` needs < and a default value below all others.
template <class Value>
Value reachedByCopies(const Configuration& configuration, std::size_t copies,
                      const std::function<Value(ServerId)>& of)
{
    std::vector<Value> values;
    for (const Member& member : configuration.members) {
        if (member.role == MemberRole::Voter && member.bound())
            values.push_back(of(member.server));
    }
    return detail::nthGreatest(std::move(values), copies);
}

/// The greatest value that a quorum of the voters has reached. Unbound slots have reached nothing.
template <class Value>
Value reachedByQuorum(const Configuration& configuration, const std::function<Value(ServerId)>& of)
{
    const Value incoming = reachedByCopies<Value>(configuration, majorityOf(configuration.voterSlots()), of);
    if (!configuration.joint())
        return incoming;
    std::vector<Value> values;
    for (ServerId server : configuration.oldVoters)
        values.push_back(of(server));
    return std::min(incoming,
                    detail::nthGreatest(std::move(values), majorityOf(configuration.oldVoters.size())));
}

} // namespace dsmsg::raft
