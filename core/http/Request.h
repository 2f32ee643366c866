// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request as a value of our own: nothing of Qt HTTP Server is kept after its handler returned, because
// on 6.4 the next pipelined request is parsed into the very same object (QT.md, HTTP).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/Clock.h"

namespace dsmsg::http {

enum class Method : std::uint8_t
{
    Get,
    Head,
    Post,
    Delete,
    Options,
    Other
};

struct Request
{
    Method method = Method::Other;
    std::string path;    ///< decoded, starts with '/'
    std::string rawPath; ///< as sent
    std::string segment; ///< what stands, decoded, where the route has {}; empty where it has none
    std::string query;   ///< as sent, without the '?'
    std::vector<std::pair<std::string, std::string>>
        headers;           ///< names in lower case; none of those that frame the message
    std::string_view body; ///< valid only until the resource's handle() returns
    Instant arrived;       ///< when the last of its bytes was read, on the node's boot-time clock

    /// The first header of that name in lower case, else empty.
    std::string_view header(std::string_view lowerName) const
    {
        for (const auto& [name, text] : headers)
            if (name == lowerName)
                return text;
        return {};
    }
};

/// Addresses one answer. Numbers, never pointers: whoever left in the meantime is simply not found.
struct ReplyTo
{
    std::uint64_t connection = 0;
    std::uint64_t request = 0;
};

} // namespace dsmsg::http
