// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a client may say on /ws (API.md, Push): a value for each kind of frame, and the two formats they are
// read from. JSON and CBOR have the same fields and obey the same rules: each reader only fills FrameFields,
// and what a frame must have is decided in one place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/http/DraftReader.h"
#include "core/http/Feed.h"
#include "core/http/HttpLimits.h"

namespace dsmsg::http {

/// Messages to publish; the first is number `ref`, the next `ref` + 1, and so on.
struct PubFrame
{
    std::uint64_t ref = 0;
    node::AckLevel ack = node::AckLevel::Default;
    std::vector<DraftOrFault> messages; ///< at least one
};

struct SubFrame
{
    std::uint64_t sub = 0; ///< the client's number for it
    FeedWish wish;
    std::uint64_t credit = 0; ///< messages it takes before it gives more
};

struct UnsubFrame
{
    std::uint64_t sub = 0;
};

struct CreditFrame
{
    std::uint64_t sub = 0;
    std::uint64_t more = 0;
};

/// A frame that cannot be obeyed.
struct BadFrame
{
    std::string reason;
    bool garbage = false;               ///< not even the format: the connection ends
    std::optional<std::uint64_t> ref{}; ///< what it was about, as far as that was readable
    std::optional<std::uint64_t> sub{}; ///< same
};

using ClientFrame = std::variant<PubFrame, SubFrame, UnsubFrame, CreditFrame, BadFrame>;

/// Members of any kind of frame; none: absent or null.
struct FrameFields
{
    std::optional<std::string> type;
    std::optional<std::uint64_t> ref;
    std::optional<std::uint64_t> sub;
    std::optional<std::uint64_t> credit;
    std::optional<std::uint64_t> n;
    std::optional<std::string> ack;
    std::optional<std::string> order;
    std::optional<std::string> after; ///< a number as its digits
    std::optional<std::string> sender;
    std::optional<std::string> recipient;
    std::optional<std::vector<DraftOrFault>> messages;
    std::string problem; ///< a member of the wrong type, in words; the first one
};

/// `text` is UTF-8.
ClientFrame readJsonFrame(std::string_view text, const HttpLimits& limits);
/// Maps and arrays of definite length; a payload is a byte string with its JSON text.
ClientFrame readCborFrame(std::string_view bytes, const HttpLimits& limits);

/// The rules of both formats.
ClientFrame interpret(FrameFields fields, const HttpLimits& limits);

} // namespace dsmsg::http
