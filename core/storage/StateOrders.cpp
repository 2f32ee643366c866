// SPDX-License-Identifier: GPL-3.0-or-later
//
// What orders ask of the state store: cursors, rules, removals. Reading them needs no transaction.
#include "core/storage/SqliteStateStore.h"

namespace dsmsg::storage {

Result<std::vector<messaging::RemovedMessage>>
SqliteStateStore::remove(std::span<const messaging::SeqRange> ranges)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    DSMSG_ASSERT(ranges.empty() || ranges.back().end() <= lastSeq_.next(), "only messages are removed");
    auto removed = remover_.remove(ranges);
    if (!removed)
        return fail(removed.error());
    walBytes_ += removed->bytes + removed->rows * statePageBytes;
    recentRemovals_.add(ranges);
    return std::move(removed->messages);
}

Result<Seq> SqliteStateStore::nextKept(Seq from)
{
    return passOn(remover_.nextKept(from, (inTransaction_ ? lastSeq_ : applied_.lastSeq).next()));
}

Result<std::optional<Seq>> SqliteStateStore::findCursor(const std::string& recipient)
{
    return passOn(cursors_.table().find(recipient));
}

Result<std::size_t> SqliteStateStore::cursorCount()
{
    return cursors_.count();
}

Result<void> SqliteStateStore::setCursor(const messaging::InboxCursor& cursor)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    walBytes_ += statePageBytes;
    return passOn(cursors_.set(cursor));
}

Result<void> SqliteStateStore::setRule(const messaging::RetentionRule& rule)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    walBytes_ += statePageBytes;
    return passOn(rules_.set(rule));
}

Result<std::vector<messaging::RetentionRule>> SqliteStateStore::rules()
{
    return passOn(rules_.all());
}

Result<std::vector<Seq>> SqliteStateStore::expired(UnixTime now, std::size_t limit)
{
    return passOn(expiries_.ended(now, limit));
}

} // namespace dsmsg::storage
