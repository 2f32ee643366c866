// SPDX-License-Identifier: GPL-3.0-or-later
//
// A frame that is accepted can be sent on and means the same: encoding it gives a frame that decodes to an
// equal one. And its term leaves room for the next election.
#include <algorithm>

#include "core/base/Assert.h"
#include "core/net/Frame.h"
#include "tests/fuzz/Targets.h"

namespace dsmsg::fuzz {

namespace {

template <class T>
bool same(const T& a, const T& b)
{
    return a == b;
}

/// Holds pointers: what they point to counts.
bool same(const raft::AppendEntries& a, const raft::AppendEntries& b)
{
    return a.term == b.term && a.prevLogIndex == b.prevLogIndex && a.prevLogTerm == b.prevLogTerm &&
           a.leaderCommit == b.leaderCommit &&
           std::ranges::equal(a.entries, b.entries, [](const auto& x, const auto& y) { return *x == *y; });
}

bool same(const raft::Message& a, const raft::Message& b)
{
    return a.index() == b.index() &&
           std::visit([&b](const auto& x) { return same(x, *std::get_if<std::decay_t<decltype(x)>>(&b)); },
                      a);
}

bool same(const net::Frame& a, const net::Frame& b)
{
    return a.index() == b.index() &&
           std::visit([&b](const auto& x) { return same(x, *std::get_if<std::decay_t<decltype(x)>>(&b)); },
                      a);
}

} // namespace

void peerFrame(std::string_view input)
{
    const auto frame = net::decode(input);
    if (!frame) {
        DSMSG_ASSERT(!frame.error().text.empty(), "a refusal gives no reason");
        return;
    }
    if (const auto* message = std::get_if<raft::Message>(&*frame))
        DSMSG_ASSERT(raft::termOf(*message).next() > raft::termOf(*message), "no term could follow this one");
    const auto again = net::decode(net::encode(*frame));
    DSMSG_ASSERT(again.ok(), "an accepted frame cannot be sent on");
    DSMSG_ASSERT(same(*frame, *again), "a frame changed its meaning on the way");
}

} // namespace dsmsg::fuzz
