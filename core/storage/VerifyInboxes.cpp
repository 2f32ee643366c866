// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/CursorTable.h"
#include "core/storage/ExpiryTable.h"
#include "core/storage/RetentionTable.h"
#include "core/storage/VerifyParts.h"

namespace dsmsg::storage {

namespace {

void verifyExpiries(ExpiryTable& table, std::uint64_t expected, Complaints& complaints)
{
    std::uint64_t found = 0;
    const auto read = table.forEach({}, [&](const messaging::Expiry&) {
        ++found;
        return true;
    });
    if (!read)
        complaints.add(read.error());
    else if (found != expected)
        complaints.add(std::to_string(found) + " messages are listed as to go, but " +
                       std::to_string(expected) + " of those kept have a ttl");
}

void verifyCursors(CursorTable& table, Seq lastSeq, Complaints& complaints)
{
    std::size_t found = 0;
    const auto read = table.forEach({}, [&](const messaging::InboxCursor& cursor) {
        ++found;
        if (cursor.seq > lastSeq)
            complaints.add("The cursor of the inbox \"" + cursor.recipient + "\" is at seq " +
                           std::to_string(cursor.seq.value) + ", but the last message is seq " +
                           std::to_string(lastSeq.value));
        return !complaints.full();
    });
    if (!read)
        complaints.add(read.error());
    else if (found > messaging::cursorsMax)
        complaints.add(std::to_string(found) + " inboxes have a cursor; there may be " +
                       std::to_string(messaging::cursorsMax));
}

void verifyRules(RetentionTable& table, Complaints& complaints)
{
    const auto rules = table.all();
    if (!rules)
        complaints.add(rules.error());
    else if (rules->size() > messaging::retentionRulesMax)
        complaints.add(std::to_string(rules->size()) + " rules of retention are there; there may be " +
                       std::to_string(messaging::retentionRulesMax));
}

} // namespace

void verifyInboxes(Database& database, const messaging::AppliedState& applied, std::uint64_t expiries,
                   Complaints& complaints)
{
    ExpiryTable expiryTable(database);
    verifyExpiries(expiryTable, expiries, complaints);
    CursorTable cursors(database);
    verifyCursors(cursors, applied.lastSeq, complaints);
    RetentionTable rules(database);
    verifyRules(rules, complaints);
}

} // namespace dsmsg::storage
