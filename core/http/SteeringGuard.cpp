// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/SteeringGuard.h"

#include <algorithm>
#include <cctype>

namespace dsmsg::http {

namespace {

/// Parameters such as a charset are allowed (RFC 9110, section 8.3.1).
bool isJson(std::string_view contentType)
{
    constexpr std::string_view json = "application/json";
    std::string_view media = contentType.substr(0, contentType.find(';'));
    while (!media.empty() && media.back() == ' ')
        media.remove_suffix(1);
    return std::ranges::equal(media, json, {}, [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
}

} // namespace

std::optional<Fault> steeringFault(const Request& request, const std::vector<std::string>& allowedOrigins)
{
    const std::string_view origin = request.header("origin");
    if (!origin.empty() && std::ranges::find(allowedOrigins, origin) == allowedOrigins.end())
        return Fault{403, "a web page at " + std::string(origin) +
                              " may not change this node; name it in --allow-origin to let it"};
    const std::string_view contentType = request.header("content-type");
    const bool mustSay = request.method == Method::Post || !contentType.empty();
    if (mustSay && !isJson(contentType))
        return Fault{415, "send JSON, with Content-Type: application/json"};
    return std::nullopt;
}

} // namespace dsmsg::http
