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
    if (runs.empty() != (restored.lastIndex < restored.firstIndex))
        return broken("The term runs do not fit the log's length");
    if (!runs.empty() && runs.front().first != restored.firstIndex)
        return broken("The first term run does not begin where the log begins");
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
    Term term;
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
    if (mark.lastIndex && termAt(restored, mark.lastIndex) != mark.lastTerm)
        return broken("Entry " + std::to_string(mark.lastIndex.value) +
                      " is not the one that had been made durable");
    return {};
}

} // namespace

Result<raft::Restored> recoverLog(EntryTable& entries, HardStateRow& hardState, const Mark& mark,
                                  std::size_t tailBytesMax)
{
    raft::Restored restored;
    auto state = hardState.load();
    if (!state)
        return state.error();
    restored.hardState = *state;

    auto extent = entries.extent();
    if (!extent)
        return extent.error();
    restored.lastIndex = extent->last;
    if (extent->count > 0 && (extent->first != restored.firstIndex || extent->last.value != extent->count))
        return broken("Entries are missing: the log has " + std::to_string(extent->count) + " from " +
                      std::to_string(extent->first.value) + " to " + std::to_string(extent->last.value));

    auto runs = entries.termRuns();
    if (!runs)
        return runs.error();
    restored.termRuns = std::move(*runs);
    if (auto checked = checkTermRuns(entries, restored); !checked)
        return checked.error();
    if (!restored.termRuns.empty() && restored.termRuns.back().term > restored.hardState.term)
        return broken("The log holds entries of a later term than the node's own");
    if (auto checked = checkMark(restored, mark); !checked)
        return checked.error();

    auto tail = entries.tail(restored.lastIndex, tailBytesMax);
    if (!tail)
        return tail.error();
    restored.tail = std::move(*tail);
    auto configurations = entries.configurations();
    if (!configurations)
        return configurations.error();
    restored.configurationEntries = std::move(*configurations);
    return restored;
}

} // namespace dsmsg::storage
