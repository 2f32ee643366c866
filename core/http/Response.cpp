// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Response.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/http/JsonWriter.h"

namespace dsmsg::http {

namespace {

std::string_view statusLine(int status)
{
    switch (status) {
    case 200:
        return "HTTP/1.1 200 OK\r\n";
    case 204:
        return "HTTP/1.1 204 No Content\r\n";
    case 206:
        return "HTTP/1.1 206 Partial Content\r\n";
    case 307:
        return "HTTP/1.1 307 Temporary Redirect\r\n";
    case 400:
        return "HTTP/1.1 400 Bad Request\r\n";
    case 403:
        return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
        return "HTTP/1.1 404 Not Found\r\n";
    case 405:
        return "HTTP/1.1 405 Method Not Allowed\r\n";
    case 408:
        return "HTTP/1.1 408 Request Timeout\r\n";
    case 413:
        return "HTTP/1.1 413 Content Too Large\r\n";
    case 415:
        return "HTTP/1.1 415 Unsupported Media Type\r\n";
    case 417:
        return "HTTP/1.1 417 Expectation Failed\r\n";
    case 426:
        return "HTTP/1.1 426 Upgrade Required\r\n";
    case 431:
        return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
    case 501:
        return "HTTP/1.1 501 Not Implemented\r\n";
    case 503:
        return "HTTP/1.1 503 Service Unavailable\r\n";
    case 507:
        return "HTTP/1.1 507 Insufficient Storage\r\n";
    default:
        return "HTTP/1.1 500 Internal Server Error\r\n";
    }
}

void appendHeader(std::string& out, std::string_view name, std::string_view text)
{
    out.append(name).append(": ").append(text).append("\r\n");
}

void appendHeader(std::string& out, std::string_view name, std::size_t number)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    appendHeader(out, name, std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

} // namespace

Response faultResponse(const Fault& fault)
{
    Response response{.status = fault.status};
    JsonWriter(response.body)
        .beginObject()
        .field("status", fault.status == 400 ? "bad_request" : "error")
        .field("reason", fault.reason)
        .field("message", fault.reason)
        .endObject();
    if (fault.status == 503)
        response.retryAfter = retryAfterSeconds;
    return response;
}

std::string_view CorsPolicy::answerTo(std::string_view origin) const
{
    if (allowed_.empty())
        return origin.empty() ? std::string_view("*") : origin;
    // A refused origin gets the name of an allowed one: the header is there, as on every answer, and the
    // browser refuses, because it is not its own.
    return !origin.empty() && allows(origin) ? origin : std::string_view(allowed_.front());
}

bool CorsPolicy::allows(std::string_view origin) const
{
    return allowed_.empty() || origin.empty() ||
           std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

void CorsPolicy::append(std::string& out, std::string_view origin) const
{
    appendHeader(out, "Access-Control-Allow-Origin", answerTo(origin));
    out += "Access-Control-Allow-Methods: GET,POST,OPTIONS\r\n"
           "Access-Control-Allow-Headers: Content-Type,Accept\r\n"
           "Access-Control-Max-Age: 86400\r\n";
    if (!origin.empty() || !allowed_.empty())
        out += "Vary: Origin\r\n";
}

void appendResponse(std::string& out, const Response& response, const Framing& framing,
                    const CorsPolicy& cors, std::string_view date)
{
    out.reserve(out.size() + 512 + response.body.size());
    out += statusLine(response.status);
    appendHeader(out, "Date", date);
    if (response.status != 204)
        appendHeader(out, "Content-Type", response.contentType);
    if (response.stream)
        out += "X-Accel-Buffering: no\r\n"; // a proxy passes on what it gets when it gets it
    else if (response.status != 204)
        appendHeader(out, "Content-Length", response.body.size());
    out += "Cache-Control: no-store\r\n";
    cors.append(out, framing.origin);
    if (!response.location.empty())
        appendHeader(out, "Location", response.location);
    if (!response.allow.empty())
        appendHeader(out, "Allow", response.allow);
    if (response.offersWebSocket)
        out += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    if (response.retryAfter)
        appendHeader(out, "Retry-After", static_cast<std::size_t>(*response.retryAfter));
    if (!framing.keepAlive)
        out += "Connection: close\r\n";
    else if (framing.http10)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    if (!framing.head)
        out += response.body;
}

} // namespace dsmsg::http
