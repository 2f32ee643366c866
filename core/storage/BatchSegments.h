// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a batch row holds: one segment per applied entry, with its term, its index, the positions of the
// duplicates it contained and the command's bytes exactly as the log has them. Joining rows is therefore
// putting their segments one after another; nothing is encoded again. Only where a message was removed is the
// command another one: without duplicates, and with a remnant in the message's place.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <QByteArray>

#include "core/base/Result.h"
#include "core/messaging/Command.h"
#include "core/messaging/Store.h"

namespace dsmsg::storage {

void appendSegment(std::string& out, const messaging::BatchRecord& batch);

/// A row's messages found but not decoded; seqs firstSeq, firstSeq + 1, ...
struct UnpackedBatch
{
    struct Item
    {
        std::string_view encoded; ///< for messaging::decodeMessage; a view into `bytes`
        Term term;
        LogIndex index;
    };

    Seq firstSeq;
    std::vector<Item> items;
    QByteArray bytes;

    bool anyKept = true; ///< false: only remnants

    Seq endSeq() const { return firstSeq + items.size(); } ///< one past the last
    bool contains(Seq seq) const { return seq >= firstSeq && seq < endSeq(); }
    /// `seq` must be contained. Corrupt: the message does not decode.
    Result<messaging::StoredMessage> message(Seq seq) const;
};

/// Corrupt: not what appendSegment wrote, or not `count` messages.
Result<UnpackedBatch> unpackBatch(Seq firstSeq, std::size_t count, QByteArray segments);

/// A row's segments with remnants for the messages of which `goes` says so, and otherwise as they were.
/// `goes` is asked about every message in order that is no remnant yet. Corrupt: malformed.
using RemovalChoice = std::function<bool(Seq seq, const messaging::MessageView& message)>;
Result<std::string> leaveRemnants(Seq firstSeq, std::string_view segments, const RemovalChoice& goes);

/// A row's segments, for a snapshot. Corrupt as above.
Result<std::vector<messaging::StateSegment>> unpackSegments(Seq firstSeq, std::size_t count,
                                                            std::string_view segments);

} // namespace dsmsg::storage
