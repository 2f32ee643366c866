// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two halves of verifyDirectory(), and the list that they complain to.
#pragma once

#include "core/storage/DataDirectory.h"
#include "core/storage/Database.h"
#include "core/storage/Verify.h"

namespace dsmsg::storage {

class Complaints
{
public:
    explicit Complaints(std::vector<std::string>& problems)
        : problems_(problems)
    {
    }
    void add(const std::string& what);
    void add(const Error& error) { add(error.text); }
    /// One damage can show at every message; a person needs the first ones.
    bool full() const;

private:
    std::vector<std::string>& problems_;
};

/// A database of this program's own layout for reading, after SQLite's own check of its pages. None,
/// complained of: it cannot be read. Refused: another version's.
Result<std::unique_ptr<Database>> openToVerify(const QString& path, int version, Complaints& complaints);

/// That the order of delivery is whole and the one that the state counts. Holds a bit a message in memory.
void verifyDeliveries(Database& database, const messaging::AppliedState& applied, Complaints& complaints);

/// What belongs to inboxes and to retention: cursors, rules, and the times when messages are to go,
/// `expiries` of which the batches have, each looked for already.
void verifyInboxes(Database& database, const messaging::AppliedState& applied, std::uint64_t expiries,
                   Complaints& complaints);

Result<void> verifyLog(const DataDirectory& directory, Verification& out, Complaints& complaints);
Result<void> verifyState(const DataDirectory& directory, Verification& out, Complaints& complaints);

} // namespace dsmsg::storage
