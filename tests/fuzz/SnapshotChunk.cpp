// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pieces of a snapshot. The CRC would hide everything behind it from a fuzzer, so the input is tried as it
// is and as the body of a piece whose CRC fits. A refused piece leaves the store as it was; an accepted one
// is in it, whole.
#include "core/base/Assert.h"
#include "core/base/Cbor.h"
#include "core/base/Hash.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/messaging/StateMachine.h"
#include "tests/fuzz/Targets.h"
#include "tests/support/MemoryStore.h"

namespace dsmsg::fuzz {

namespace {

std::string withCrc(std::string_view body)
{
    CborWriter writer(body.size() + 32);
    writer.array(3);
    writer.unsignedInteger(1);
    writer.unsignedInteger(crc32(body));
    writer.bytes(body);
    return writer.take();
}

messaging::StateChunk contentsOf(testing::MemoryStore& store)
{
    auto all = store.readChunk(Seq(), SIZE_MAX);
    DSMSG_ASSERT(all.ok(), "a store cannot be read back");
    return std::move(*all);
}

/// Two messages in two entries.
testing::MemoryStore filledStore()
{
    testing::MemoryStore store;
    messaging::StateMachine machine(store);
    std::vector<raft::EntryPtr> entries;
    for (std::uint64_t index = 1; index <= 2; ++index) {
        messaging::Message message;
        message.msgId = "kept " + std::to_string(index);
        message.payload = "1";
        entries.push_back(std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), LogIndex(index), raft::EntryKind::Command,
                        messaging::encodeBatch(std::span<const messaging::Message>(&message, 1))}));
    }
    DSMSG_ASSERT(machine.apply(entries).ok(), "the store could not be filled");
    return store;
}

void addsOrLeaves(testing::MemoryStore store, const messaging::StateChunk& chunk)
{
    const messaging::StateChunk before = contentsOf(store);
    if (!messaging::SnapshotBuilder(store).add(chunk)) {
        DSMSG_ASSERT(contentsOf(store) == before, "a refused piece changed the store");
        return;
    }
    messaging::StateChunk after = contentsOf(store);
    DSMSG_ASSERT(after.segments.size() == before.segments.size() + chunk.segments.size(),
                 "an accepted piece is not whole");
    DSMSG_ASSERT(std::equal(chunk.segments.rbegin(), chunk.segments.rend(), after.segments.rbegin()),
                 "an accepted piece is not what was sent");
    DSMSG_ASSERT(!chunk.finished || store.applied() == *chunk.finished,
                 "the end of a snapshot does not stand where it says");
    DSMSG_ASSERT(store.messages(Seq(), SIZE_MAX).size() == store.applied().lastSeq.value,
                 "seqs and messages do not agree");
}

void tryChunk(std::string_view encoded)
{
    static const testing::MemoryStore filled = filledStore();
    const auto chunk = messaging::decodeChunk(encoded);
    if (!chunk) {
        DSMSG_ASSERT(!chunk.error().text.empty(), "a refusal gives no reason");
        return;
    }
    const auto again = messaging::decodeChunk(messaging::encodeChunk(*chunk));
    DSMSG_ASSERT(again.ok() && *again == *chunk, "a piece changed its meaning on the way");
    addsOrLeaves(testing::MemoryStore(), *chunk);
    addsOrLeaves(filled, *chunk);
}

} // namespace

void snapshotChunk(std::string_view input)
{
    tryChunk(input);
    tryChunk(withCrc(input));
}

} // namespace dsmsg::fuzz
