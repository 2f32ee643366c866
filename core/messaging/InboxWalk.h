// SPDX-License-Identifier: GPL-3.0-or-later
//
// Along an inbox: a recipient's own messages and those to all, ascending. Two filtered reads that are merged,
// because a message to everybody is stored once and not once an inbox. What is returned has no hole: a
// message only comes when everything of the inbox before it has come.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "core/base/Result.h"
#include "core/messaging/Store.h"

namespace dsmsg::messaging {

/// Messages to this recipient are in every inbox.
inline constexpr const char* everybody = "all";

class InboxWalk
{
public:
    /// `reader` must outlive the walk.
    InboxWalk(MessageReader& reader, std::string recipient, Seq after);

    /// The next message; none at the end, or where a bound on scanning ends the walk. Reads `step` messages
    /// at once when it has to read, 1 to 1000.
    Result<std::optional<StoredMessage>> next(std::uint32_t step);
    /// Every message of the inbox up to here has been returned.
    Seq through() const { return through_; }

private:
    /// The messages to one name.
    struct Lane
    {
        PageQuery query;
        std::deque<StoredMessage> read{};
        bool more = true;
        Seq scanned{}; ///< nothing up to here is left but what is in `read`
    };
    Result<void> refill(Lane& lane, std::uint32_t step);

    MessageReader& reader_;
    std::deque<Lane> lanes_;
    Seq through_;
};

} // namespace dsmsg::messaging
