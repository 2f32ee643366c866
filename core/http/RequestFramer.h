// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds where a request ends and refuses what is malformed, too large or ambiguous, before Qt HTTP Server
// sees a byte: it has no limits of its own and believes `Content-Length: -5` and two differing lengths
// (QT.md, HTTP). Strict as RFC 9112 asks where leniency lets two parsers disagree on where a message ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/ChunkedBody.h"
#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/http/InputBuffer.h"

namespace dsmsg::http {

class RequestFramer
{
public:
    /// `limits` must outlive the framer.
    explicit RequestFramer(const HttpLimits& limits)
        : limits_(limits)
        , chunks_(limits)
    {
    }

    enum class Step : std::uint8_t
    {
        NeedMore, ///< the request is not complete
        Complete, ///< head() and body() are the whole request; call next() when done with them
        Refused,  ///< fault() says why; nothing after it on this connection can be understood
    };
    /// Consumes from `input` what it will not need again.
    Step advance(InputBuffer& input);
    /// After Complete: forgets the request and consumes its body.
    void next(InputBuffer& input);

    bool readingBody() const { return stage_ == Stage::Body; }
    /// The request line and headers, without those that concern only framing and connection; ends in an empty
    /// line.
    const std::string& head() const { return head_; }
    /// Valid until next() or until `input` changes.
    std::string_view body(const InputBuffer& input) const;
    const Fault& fault() const { return fault_; }

    bool http10() const { return http10_; }
    bool keepAlive() const { return keepAlive_ && !refused_; }
    /// The client waits for `100 Continue` before it sends the body.
    bool expectsContinue() const { return expectsContinue_; }
    const std::string& origin() const { return origin_; }
    bool isHead() const { return isHead_; }

private:
    enum class Stage : std::uint8_t
    {
        Head,
        Body,
        Complete
    };

    Step refuse(int status, std::string reason);
    bool readHead(InputBuffer& input);
    bool readRequestLine(std::string_view line);
    bool readHeaderLine(std::string_view line);
    bool readContentLength(std::string_view text);
    bool readTransferEncoding(std::string_view text);
    void readConnection(std::string_view text);
    bool checkHead();
    bool bad(std::string reason);
    void reset();

    const HttpLimits& limits_;
    Stage stage_ = Stage::Head;
    std::size_t scanned_ = 0;  ///< of the head: complete lines that were looked at
    std::size_t searched_ = 0; ///< of the head: bytes known to hold no further line end
    std::size_t fields_ = 0;
    std::size_t hosts_ = 0;
    std::string head_;
    std::string origin_;
    std::optional<std::size_t> contentLength_;
    bool chunked_ = false;
    bool http10_ = false;
    bool keepAlive_ = true;
    bool expectsContinue_ = false;
    bool isHead_ = false;
    bool refused_ = false;
    ChunkedBody chunks_;
    Fault fault_;
};

} // namespace dsmsg::http
