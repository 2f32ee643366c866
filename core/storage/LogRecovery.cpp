// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/LogRecovery.h"

namespace dsmsg::storage {

namespace {

Error broken(const std::string& what)
{
    return {Error::Kind::Corrupt, what};
}

/// The first and the last entry of each run must carry its term. Terms never fall along a log (Raft,
/// section 5.3), so those between carry it too; a row that was altered shows by its CRC when read.
Result<void> checkTermRuns(EntryTable& entries, const raft::Restored& restored)
{
    const auto& runs = restored.termRuns;
    if (runs.empty() != (restored.lastIndex == restored.base.index))
        return broken("The term runs do not fit the log's length");
    if (!runs.empty() && runs.front().first != restored.base.index.next())
        return broken("The first term run does not begin where the log begins");
    if (!runs.empty() && runs.front().term < restored.base.term)
        return broken("The log begins with an earlier term than that of the entry before it");
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool isLast = i + 1 == runs.size();
        const LogIndex end = isLast ? restored.lastIndex : runs[i + 1].first.previous();
        if (end < runs[i].first || (!isLast && runs[i + 1].term <= runs[i].term))
            return broken("The term runs are out of order at entry " + std::to_string(runs[i].first.value));
        for (const LogIndex index : {runs[i].first, end}) {
            auto entry = entries.entry(index);
            if (!entry)
                return broken(entry.error().text);
            if ((*entry)->term != runs[i].term)
                return broken("Entry " + std::to_string(index.value) + " has another term than its term run");
        }
    }
    return {};
}

Term termAt(const raft::Restored& restored, LogIndex index)
{
    Term term = restored.base.term;
    for (const raft::TermRun& run : restored.termRuns) {
        if (run.first > index)
            break;
        term = run.term;
    }
    return term;
}

Result<void> checkMark(const raft::Restored& restored, const Mark& mark)
{
    const raft::HardState& state = restored.hardState;
    if (state.term < mark.term)
        return broken("Term " + std::to_string(state.term.value) + " is behind term " +
                      std::to_string(mark.term.value) + ", which this node had reached");
    if (state.term == mark.term && mark.votedFor && state.votedFor != mark.votedFor)
        return broken("The vote given in term " + std::to_string(mark.term.value) + " is lost");
    if (restored.lastIndex < mark.lastIndex)
        return broken("The log ends at entry " + std::to_string(restored.lastIndex.value) + ", but entry " +
                      std::to_string(mark.lastIndex.value) + " had been made durable");
    const bool known = mark.lastIndex && mark.lastIndex >= restored.base.index; // else compacted since
    if (known && termAt(restored, mark.lastIndex) != mark.lastTerm)
        return broken("Entry " + std::to_string(mark.lastIndex.value) +
                      " is not the one that had been made durable");
    return {};
}

} // namespace

Result<raft::Restored> recoverLog(EntryTable& entries, BaseRow& base, HardStateRow& hardState,
                                  const Mark& mark, std::size_t tailBytesMax)
{
    raft::Restored restored;
    auto state = hardState.load();
    if (!state)
        return state.error();
    restored.hardState = *state;

    auto begins = base.load();
    if (!begins)
        return begins.error();
    restored.base = std::move(*begins);
    auto extent = entries.extent(restored.base.index);
    if (!extent)
        return extent.error();
    restored.lastIndex = extent->last;
    if (restored.lastIndex - restored.base.index != extent->count)
        return broken("Entries are missing: the log has " + std::to_string(extent->count) + " from " +
                      std::to_string(restored.base.index.value + 1) + " to " +
                      std::to_string(extent->last.value));

    auto runs = entries.termRuns();
    if (!runs)
        return runs.error();
    restored.termRuns = std::move(*runs);
    if (auto checked = checkTermRuns(entries, restored); !checked)
        return checked.error();
    if (termAt(restored, restored.lastIndex) > restored.hardState.term)
        return broken("The log holds entries of a later term than the node's own");
    if (auto checked = checkMark(restored, mark); !checked)
        return checked.error();

    auto tail = entries.tail(restored.base.index, restored.lastIndex, tailBytesMax);
    if (!tail)
        return tail.error();
    restored.tail = std::move(*tail);
    auto configurations = entries.configurations(restored.base.index);
    if (!configurations)
        return configurations.error();
    restored.configurationEntries = std::move(*configurations);
    return restored;
}

} // namespace dsmsg::storage
