// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leader's open acknowledgements of consumers: what arrives while an entry is under way goes into the next
// one, the acknowledgements of one inbox as a single order, because a cursor is cumulative. So a thousand
// consumers that acknowledge every message cost one entry a round trip, however fast they are. Answered only
// when the entry is applied, with what came of it. No thread, no I/O; time and facts come in.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/messaging/Orders.h"
#include "core/node/EntryWaits.h"

namespace dsmsg::node {

class InboxAcks
{
public:
    struct Limits
    {
        std::size_t ordersMax;  ///< of one entry
        std::size_t waitingMax; ///< acknowledgements without an answer; beyond: Busy
        Duration timeout;       ///< without an answer
    };
    /// Where the cursor is now, at least where it was wished. Invalid: beyond the last message. DiskFull:
    /// no more inboxes. Busy: not taken, or nobody knows; to acknowledge again is always safe.
    using Answer = std::function<void(const Result<Seq>&)>;

    explicit InboxAcks(Limits limits)
        : limits_(limits)
    {
    }

    void add(messaging::MoveCursor wish, Instant now, Answer answer);

    /// True when acknowledgements wait and no entry of them is under way.
    bool wantsEntry() const { return !queue_.empty() && taken_.empty(); }
    /// The next entry's orders. The host proposes them and reports with settled() or refused().
    std::vector<messaging::Order> takeEntry();
    void settled(EntryWaits::Fate fate, const messaging::AppliedEntry* entry);
    void refused(const std::string& why);

    /// Answers what has waited too long for its entry.
    void expire(Instant now);
    /// What is not proposed is refused. What is, the log decides: it may be answered here all the same.
    void leadershipLost(const std::string& why);

    bool empty() const { return queue_.empty() && taken_.empty(); }
    std::size_t size() const { return open_; }

private:
    struct Waiting
    {
        messaging::MoveCursor wish;
        Instant since;
        Answer answer;
    };
    /// One order, and who waits for it.
    struct Taken
    {
        Seq seq; ///< the greatest that is wished
        std::vector<Waiting> waiting;
    };

    void settleOne(Taken& taken, const messaging::OrderOutcome& outcome);
    void answer(const Waiting& waiting, const Result<Seq>& result);
    void answerAll(std::vector<Taken> taken, const std::string& why);

    const Limits limits_;
    std::deque<Waiting> queue_;
    std::vector<Taken> taken_; ///< the entry under way, as its orders are
    std::size_t open_ = 0;
};

} // namespace dsmsg::node
