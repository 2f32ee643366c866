// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer before it becomes bytes. Status line, framing and CORS are written here and not by Qt HTTP
// Server, which on 6.4 sends a body to HEAD and keeps `Connection: close` and HTTP/1.0 open (QT.md, HTTP).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/Fault.h"
#include "core/http/ResponseStream.h"

namespace dsmsg::http {

struct Response
{
    int status = 200;
    std::string body = {};     ///< empty for 204
    std::string location = {}; ///< empty: no such header; same below
    std::string allow = {};
    bool offersWebSocket = false;                      ///< of a 426: what may be upgraded to
    std::optional<int> retryAfter = {};                ///< seconds
    std::string_view contentType = "application/json"; ///< a literal
    /// The body goes on after `body`, and the connection is closed at its end. Not begun for a HEAD.
    std::shared_ptr<ResponseStream> stream = {};
};

/// What a node that cannot serve now says; it elects a leader in less.
inline constexpr int retryAfterSeconds = 1;

/// Errors in words: `reason` and `message`, so that clients of either kind of route find it. 503 says when to
/// retry.
Response faultResponse(const Fault& fault);

/// What of the request and the connection decides about the form of its answer.
struct Framing
{
    bool head = false;     ///< HEAD: headers as for GET, no body
    bool keepAlive = true; ///< false: `Connection: close`
    bool http10 = false;   ///< keeping the connection open must be said
    std::string origin;    ///< the request's Origin; empty without one
};

/// Which origin a browser may let read an answer (API.md, CORS).
class CorsPolicy
{
public:
    /// `allowed` empty: every origin.
    explicit CorsPolicy(std::vector<std::string> allowed)
        : allowed_(std::move(allowed))
    {
    }
    void append(std::string& out, std::string_view origin) const;
    /// Whether pages of `origin` may use this node; who states none is no page.
    bool allows(std::string_view origin) const;

private:
    std::string_view answerTo(std::string_view origin) const;

    std::vector<std::string> allowed_;
};

/// Appends the whole answer. `date` is the value of the Date header.
void appendResponse(std::string& out, const Response& response, const Framing& framing,
                    const CorsPolicy& cors, std::string_view date);

} // namespace dsmsg::http
