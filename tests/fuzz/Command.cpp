// SPDX-License-Identifier: GPL-3.0-or-later
//
// A command that is in the log is applied on every node or on none: decoding never crashes, what was decoded
// comes back from a new encoding, and applying it either succeeds or leaves the store as it was.
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/base/Assert.h"
#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "tests/fuzz/Targets.h"
#include "tests/support/MemoryStore.h"

namespace dsmsg::fuzz {

namespace {

/// None when one of them cannot be read.
std::optional<std::vector<messaging::Message>> readAll(std::string_view command)
{
    const auto split = messaging::splitBatch(command);
    if (!split)
        return std::nullopt;
    std::vector<messaging::Message> messages;
    for (const std::string_view encoded : *split) {
        const auto view = messaging::decodeMessage(encoded);
        if (!view)
            return std::nullopt;
        messages.push_back(view->toMessage());
        // As every page of messages computes them.
        const UnixTime corrected = messages.back().correctedTs();
        const Duration halfWidth = messages.back().correction.halfWidth.value_or(Duration::zero());
        static_cast<void>(corrected - halfWidth);
        static_cast<void>(corrected + halfWidth);
        static_cast<void>(std::chrono::abs(messages.back().correction.appliedOffset));
    }
    return messages;
}

} // namespace

void command(std::string_view input)
{
    const auto messages = readAll(input);
    if (messages)
        DSMSG_ASSERT(readAll(messaging::encodeBatch(*messages)) == messages,
                     "messages changed on their way through the log");

    testing::MemoryStore store;
    messaging::StateMachine machine(store);
    const auto entryAt = [&](std::uint64_t index) {
        return std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), LogIndex(index), raft::EntryKind::Command, std::string(input)});
    };
    const messaging::AppliedState before = store.applied();
    const auto applied = machine.apply(std::array<raft::EntryPtr, 1>{entryAt(1)});
    DSMSG_ASSERT(applied.ok() == messages.has_value(), "what can be read cannot be applied, or the reverse");
    if (!applied) {
        DSMSG_ASSERT(store.applied() == before, "a refused command changed the state");
        return;
    }
    const std::uint64_t given = store.applied().lastSeq.value;
    DSMSG_ASSERT(given <= messages->size() && store.messages(Seq(), SIZE_MAX).size() == given,
                 "seqs and messages do not agree");
    const auto twice = machine.apply(std::array<raft::EntryPtr, 1>{entryAt(2)});
    DSMSG_ASSERT(twice.ok() && store.applied().lastSeq.value == given, "a repeated command got new seqs");
}

} // namespace dsmsg::fuzz
