// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ws/Upgrade.h"

#include <algorithm>

namespace dsmsg::http {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool sameIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trim(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

struct Header
{
    std::string_view text;
    int times = 0;
};

Header header(std::string_view head, std::string_view name)
{
    Header found;
    std::size_t at = head.find('\n');
    while (at != std::string_view::npos) {
        const std::size_t end = head.find('\n', ++at);
        const std::string_view line = head.substr(at, end - at);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && sameIgnoringCase(line.substr(0, colon), name)) {
            found.text = trim(line.substr(colon + 1));
            ++found.times;
        }
        at = end;
    }
    return found;
}

bool listHolds(std::string_view list, std::string_view wanted)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (sameIgnoringCase(trim(list.substr(0, comma)), wanted))
            return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

/// 16 bytes in base64.
bool isKey(std::string_view key)
{
    const auto isDigit = [](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    };
    return key.size() == 24 && key.ends_with("==") && std::ranges::all_of(key.substr(0, 22), isDigit);
}

} // namespace

std::string_view originOf(std::string_view head)
{
    return header(head, "origin").text;
}

std::optional<Fault> upgradeFault(std::string_view head, const CorsPolicy& cors)
{
    const std::string_view line = trim(head.substr(0, head.find('\n')));
    if (!line.starts_with("GET /ws") || !line.ends_with(" HTTP/1.1"))
        return Fault{400, "a WebSocket begins with GET /ws HTTP/1.1"};
    if (header(head, "host").times != 1)
        return Fault{400, "an HTTP/1.1 request needs exactly one Host header"};
    if (!listHolds(header(head, "upgrade").text, "websocket") ||
        !listHolds(header(head, "connection").text, "upgrade"))
        return Fault{426, "a WebSocket request needs Upgrade: websocket and Connection: Upgrade"};
    if (header(head, "sec-websocket-version").text != "13")
        return Fault{426, "Sec-WebSocket-Version must be 13"};
    if (const Header key = header(head, "sec-websocket-key"); key.times != 1 || !isKey(key.text))
        return Fault{400, "Sec-WebSocket-Key must be 16 bytes in base64"};
    if (const std::string_view origin = originOf(head); !cors.allows(origin))
        return Fault{403,
                     "pages of the origin " + std::string(origin) + " may not connect; see --allow-origin"};
    return std::nullopt;
}

} // namespace dsmsg::http
