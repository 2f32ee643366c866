// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/RequestFramer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace dsmsg::http {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool sameIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    return std::equal(text.begin(), text.end(), lowerCase.begin(), lowerCase.end(),
                      [](char a, char b) { return lower(a) == b; });
}

/// RFC 9110 section 5.6.2.
bool isTokenChar(char c)
{
    const bool alphanumeric = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return alphanumeric || others.find(c) != std::string_view::npos;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

std::string_view trim(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

} // namespace

void RequestFramer::reset()
{
    stage_ = Stage::Head;
    scanned_ = searched_ = fields_ = hosts_ = 0;
    head_.clear();
    origin_.clear();
    contentLength_.reset();
    if (chunked_)
        chunks_.reset();
    chunked_ = http10_ = expectsContinue_ = isHead_ = false;
    keepAlive_ = true;
}

RequestFramer::Step RequestFramer::refuse(int status, std::string reason)
{
    refused_ = true;
    fault_ = {status, std::move(reason)};
    return Step::Refused;
}

bool RequestFramer::bad(std::string reason)
{
    refuse(400, std::move(reason));
    return false;
}

std::string_view RequestFramer::body(const InputBuffer& input) const
{
    return chunked_ ? chunks_.body() : input.view().substr(0, contentLength_.value_or(0));
}

void RequestFramer::next(InputBuffer& input)
{
    if (!chunked_)
        input.consume(contentLength_.value_or(0));
    reset();
}

RequestFramer::Step RequestFramer::advance(InputBuffer& input)
{
    if (refused_)
        return Step::Refused;
    if (stage_ == Stage::Head) {
        if (!readHead(input))
            return refused_ ? Step::Refused : Step::NeedMore;
        stage_ = Stage::Body;
    }
    if (stage_ == Stage::Body) {
        if (chunked_) {
            const ChunkedBody::Step step = chunks_.advance(input);
            if (step == ChunkedBody::Step::Refused)
                return refuse(chunks_.fault().status, chunks_.fault().reason);
            if (step == ChunkedBody::Step::NeedMore)
                return Step::NeedMore;
        } else if (input.size() < contentLength_.value_or(0)) {
            return Step::NeedMore;
        }
        stage_ = Stage::Complete;
    }
    return Step::Complete;
}

/// True when the head is complete and consumed.
bool RequestFramer::readHead(InputBuffer& input)
{
    const std::string_view seen = input.view();
    // What cannot be a request is refused at its first byte: nobody should wait for the end of a TLS
    // handshake.
    if (!seen.empty() && !isTokenChar(seen.front()) && seen.front() != '\r' && seen.front() != '\n')
        return bad("this is not an HTTP request; does the client speak HTTPS?");
    for (;;) {
        const std::size_t end = seen.find('\n', searched_);
        const std::size_t headBytes = end == std::string_view::npos ? seen.size() : end + 1;
        if (headBytes > limits_.headerBytesMax) {
            refuse(431, "the request line and headers are larger than " +
                            std::to_string(limits_.headerBytesMax) + " bytes");
            return false;
        }
        if (end == std::string_view::npos) {
            searched_ = seen.size();
            return false;
        }
        if (end == scanned_ || seen[end - 1] != '\r')
            return bad("a header line must end in CR LF");
        const std::string_view line = seen.substr(scanned_, end - 1 - scanned_);
        scanned_ = searched_ = end + 1;
        if (head_.empty()) {
            // An empty line before a request is forgiven (RFC 9112 section 2.2).
            if (!line.empty() && !readRequestLine(line))
                return false;
        } else if (!line.empty()) {
            if (!readHeaderLine(line))
                return false;
        } else {
            input.consume(scanned_);
            return checkHead();
        }
    }
}

bool RequestFramer::readRequestLine(std::string_view line)
{
    const std::size_t firstSpace = line.find(' ');
    const std::size_t lastSpace = line.rfind(' ');
    if (firstSpace == std::string_view::npos || firstSpace == lastSpace ||
        !isToken(line.substr(0, firstSpace)))
        return bad("the request line must be: METHOD /path HTTP/1.1");
    const std::string_view target = line.substr(firstSpace + 1, lastSpace - firstSpace - 1);
    const std::string_view version = line.substr(lastSpace + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return bad("only HTTP/1.1 and HTTP/1.0 are spoken here");
    const bool plain = target.starts_with('/') && !target.starts_with("//");
    const bool absolute = target.starts_with("http://") || target.starts_with("https://");
    const bool asterisk = target == "*" && line.starts_with("OPTIONS ");
    if (!plain && !absolute && !asterisk)
        return bad("the request target must be a path that starts with one '/'");
    if (std::any_of(target.begin(), target.end(),
                    [](char c) { return c <= ' ' || static_cast<unsigned char>(c) >= 0x7f; }))
        return bad("the request target holds a character that must be percent-encoded");
    http10_ = version == "HTTP/1.0";
    keepAlive_ = !http10_;
    isHead_ = line.starts_with("HEAD ");
    head_.append(line).append("\r\n");
    return true;
}

bool RequestFramer::readHeaderLine(std::string_view line)
{
    if (++fields_ > limits_.headerFieldsMax) {
        refuse(431, "more than " + std::to_string(limits_.headerFieldsMax) + " header fields");
        return false;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return bad("a header line must be: Name: value");
    const std::string_view name = line.substr(0, colon);
    const std::string_view text = trim(line.substr(colon + 1));
    if (std::any_of(text.begin(), text.end(), isControl))
        return bad("a header value holds a control character");
    if (sameIgnoringCase(name, "content-length"))
        return readContentLength(text);
    if (sameIgnoringCase(name, "transfer-encoding"))
        return readTransferEncoding(text);
    if (sameIgnoringCase(name, "connection")) {
        readConnection(text);
        return true;
    }
    if (sameIgnoringCase(name, "expect")) {
        expectsContinue_ = sameIgnoringCase(text, "100-continue");
        if (!expectsContinue_)
            refuse(417, "the only expectation understood is 100-continue");
        return expectsContinue_;
    }
    // An upgrade is optional for the server (RFC 9110 section 7.8); without the header Qt does not try one.
    if (sameIgnoringCase(name, "upgrade"))
        return true;
    if (sameIgnoringCase(name, "origin"))
        origin_ = text;
    else if (sameIgnoringCase(name, "host"))
        ++hosts_;
    head_.append(name).append(": ").append(text).append("\r\n");
    return true;
}

bool RequestFramer::readContentLength(std::string_view text)
{
    std::uint64_t length = 0;
    const bool digits =
        !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return bad("Content-Length must be a number of bytes");
    if (std::from_chars(text.data(), text.data() + text.size(), length).ec != std::errc())
        length = limits_.bodyBytesMax + 1;
    if (contentLength_ && *contentLength_ != length)
        return bad("two different Content-Length headers");
    contentLength_ = length;
    return true;
}

bool RequestFramer::readTransferEncoding(std::string_view text)
{
    if (chunked_)
        return bad("more than one Transfer-Encoding header");
    if (!sameIgnoringCase(text, "chunked")) {
        refuse(501, "the only Transfer-Encoding understood is chunked");
        return false;
    }
    chunked_ = true;
    return true;
}

void RequestFramer::readConnection(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view option = trim(text.substr(0, comma));
        if (sameIgnoringCase(option, "close"))
            keepAlive_ = false;
        else if (http10_ && sameIgnoringCase(option, "keep-alive"))
            keepAlive_ = true;
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
}

bool RequestFramer::checkHead()
{
    if (chunked_ && (contentLength_ || http10_))
        return bad("Transfer-Encoding together with Content-Length or HTTP/1.0 is ambiguous");
    if (hosts_ > 1 || (hosts_ == 0 && !http10_))
        return bad("an HTTP/1.1 request needs exactly one Host header");
    if (contentLength_.value_or(0) > limits_.bodyBytesMax) {
        refuse(413, "the body is larger than " + std::to_string(limits_.bodyBytesMax) + " bytes");
        return false;
    }
    expectsContinue_ = expectsContinue_ && !http10_;
    head_.append("\r\n");
    return true;
}

} // namespace dsmsg::http
