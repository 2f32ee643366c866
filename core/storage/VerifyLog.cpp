// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Command.h"
#include "core/storage/BaseRow.h"
#include "core/storage/EntryTable.h"
#include "core/storage/HardStateRow.h"
#include "core/storage/LogRecovery.h"
#include "core/storage/MarkFile.h"
#include "core/storage/Migrations.h"
#include "core/storage/VerifyParts.h"

namespace dsmsg::storage {

namespace {

constexpr std::size_t stretchBytes = 4u << 20;

bool isReadable(const raft::Entry& entry)
{
    switch (entry.kind) {
    case raft::EntryKind::NoOp:
        return true;
    case raft::EntryKind::Form:
    case raft::EntryKind::Configuration:
        return raft::decodeConfiguration(entry.data).ok();
    case raft::EntryKind::Command:
        break;
    }
    const auto split = messaging::splitBatch(entry.data);
    bool readable = split.ok();
    for (std::size_t i = 0; readable && i < split->size(); ++i)
        readable = messaging::decodeMessage((*split)[i]).ok();
    return readable;
}

void verifyEntries(EntryTable& entries, Verification& out, Complaints& complaints)
{
    Term term = out.base.term;
    for (LogIndex next = out.base.index.next(); next <= out.lastIndex && !complaints.full();) {
        const auto stretch = entries.range(next, out.lastIndex, stretchBytes);
        if (!stretch)
            return complaints.add(stretch.error());
        for (const raft::EntryPtr& entry : *stretch) {
            const std::string name = "Entry " + std::to_string(entry->index.value);
            if (entry->term < term)
                complaints.add(name + " has an earlier term than the one before it");
            if (!isReadable(*entry))
                complaints.add(name + " cannot be decoded");
            term = std::max(term, entry->term);
            out.entryBytes += entry->data.size();
        }
        next = stretch->back()->index.next();
    }
    out.lastTerm = term;
}

} // namespace

Result<void> verifyLog(const DataDirectory& directory, Verification& out, Complaints& complaints)
{
    auto database = openToVerify(directory.raftDatabase(), raftMigrations().back().version, complaints);
    if (!database || !*database)
        return database ? Result<void>() : database.error();
    const auto mark = MarkFile::open(directory.markFile());
    if (!mark)
        complaints.add(mark.error());
    EntryTable entries(**database);
    BaseRow base(**database);
    HardStateRow hardState(**database);
    const auto restored = recoverLog(entries, base, hardState, mark ? mark->mark() : Mark{}, stretchBytes);
    if (!restored) {
        complaints.add(restored.error());
        return {};
    }
    out.hardState = restored->hardState;
    out.base = restored->base;
    out.lastIndex = restored->lastIndex;
    out.configuration = out.base.configuration;
    if (!restored->configurationEntries.empty()) {
        if (auto newest = raft::decodeConfiguration(restored->configurationEntries.back()->data))
            out.configuration = std::move(*newest);
    }
    verifyEntries(entries, out, complaints);
    return {};
}

} // namespace dsmsg::storage
