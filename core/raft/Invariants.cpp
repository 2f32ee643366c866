// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raft/Invariants.h"

#include "core/base/Assert.h"

namespace dsmsg::raft {

void TransitionCheck::check(const Vitals& now)
{
    DSMSG_ASSERT(now.commit <= now.last, "the commit index is beyond the log");
    DSMSG_ASSERT(now.applied <= now.commit, "entries were applied that are not committed");
    DSMSG_ASSERT(now.durable <= now.last, "the disk vouches for entries that the log does not have");
    DSMSG_ASSERT(now.verified <= now.last, "entries were verified that the log does not have");
    DSMSG_ASSERT(now.lastTerm <= now.hardState.term, "the log holds an entry of a term yet to come");
    DSMSG_ASSERT(now.role != Role::Leader || now.leader, "a leader does not know itself");

    DSMSG_ASSERT(now.hardState.term >= before_.hardState.term, "the term went back");
    DSMSG_ASSERT(now.commit >= before_.commit, "the commit index went back");
    DSMSG_ASSERT(now.applied >= before_.applied, "the applied index went back");
    if (now.hardState.term == before_.hardState.term) {
        DSMSG_ASSERT(!before_.hardState.votedFor || now.hardState.votedFor == before_.hardState.votedFor,
                     "a vote was changed within its term");
        DSMSG_ASSERT(before_.role != Role::Leader || now.role != Role::Leader || now.last >= before_.last,
                     "a leader shortened its own log");
        DSMSG_ASSERT(!before_.leader || !now.leader || now.leader == before_.leader,
                     "two leaders in one term");
    }
    before_ = now;
}

} // namespace dsmsg::raft
