// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/LogChanges.h"

namespace dsmsg::storage {

Result<void> LogChanges::perform(const raft::Write& write, LogPosition& position)
{
    if (write.hardState)
        position.hardState = *write.hardState;
    if (write.reset) {
        if (auto done = reset(*write.reset, position); !done)
            return done;
    }
    if (write.compact) {
        if (auto done = compact(*write.compact, position); !done)
            return done;
    }
    if (write.truncateFrom && write.truncateFrom <= position.last) {
        if (auto done = truncate(write.truncateFrom, position); !done)
            return done;
    }
    for (const raft::EntryPtr& entry : write.entries) {
        if (auto done = append(*entry, position); !done)
            return done;
    }
    return {};
}

Result<void> LogChanges::truncate(LogIndex from, LogPosition& position)
{
    DSMSG_ASSERT(from > position.base, "what is compacted is committed and stays");
    if (auto done = entries_.truncate(from); !done)
        return done;
    position.last = from.previous();
    auto term = termAt(position.last, position);
    if (!term)
        return term.error();
    position.lastTerm = *term;
    return {};
}

Result<void> LogChanges::append(const raft::Entry& entry, LogPosition& position)
{
    DSMSG_ASSERT(entry.index == position.last.next(), "a log entry must follow the one before it");
    DSMSG_ASSERT(entry.term >= position.lastTerm, "terms never fall along a log");
    if (entry.term != position.lastTerm || position.last == position.base) {
        if (auto done = entries_.insertTermRun({entry.index, entry.term}); !done)
            return done;
    }
    if (auto done = entries_.insert(entry); !done)
        return done;
    position.last = entry.index;
    position.lastTerm = entry.term;
    position.bytesWritten += entry.data.size();
    return {};
}

Result<void> LogChanges::compact(const raft::LogBase& base, LogPosition& position)
{
    if (base.index <= position.base)
        return {};
    DSMSG_ASSERT(base.index <= position.last, "only what is in the log can be compacted");
    if (auto done = entries_.compact(base.index); !done)
        return done;
    position.base = base.index;
    position.baseTerm = base.term;
    return baseRow_.store(base);
}

Result<void> LogChanges::reset(const raft::LogBase& base, LogPosition& position)
{
    if (auto done = entries_.reset(base.index); !done)
        return done;
    position.base = position.last = base.index;
    position.baseTerm = position.lastTerm = base.term;
    return baseRow_.store(base);
}

Result<Term> LogChanges::termAt(LogIndex index, const LogPosition& position)
{
    if (!index || index == position.base)
        return index ? position.baseTerm : Term();
    auto entry = entries_.entry(index);
    if (!entry)
        return entry.error();
    return (*entry)->term;
}

} // namespace dsmsg::storage
