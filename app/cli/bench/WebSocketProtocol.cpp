// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/WebSocketProtocol.h"

#include <algorithm>

#include "app/cli/bench/Results.h"

namespace dsmsg::bench {

namespace {

constexpr std::size_t headBytesMax = 16 * 1024;
constexpr std::size_t frameBytesMax = 64 * 1024 * 1024;
constexpr unsigned continuation = 0, text = 1, closing = 8, ping = 9, pong = 10;

/// RFC 6455 5.2, masked as a client's frames must be. The key is zero, which leaves the bytes as they are:
/// masking protects proxies from scripts in browsers, and this is neither.
void appendFrame(std::string& out, unsigned opcode, std::string_view content)
{
    constexpr unsigned masked = 0x80;
    out += char(0x80 | opcode);
    const std::size_t size = content.size();
    if (size < 126) {
        out += char(masked | size);
    } else if (size < 65536) {
        out += char(masked | 126);
        out += char(size >> 8);
        out += char(size & 0xff);
    } else {
        out += char(masked | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            out += char((size >> shift) & 0xff);
    }
    out.append(4, '\0');
    out += content;
}

} // namespace

WebSocketProtocol::WebSocketProtocol(const MessageFormat& format, std::size_t window)
    : format_(format)
    , wanted_(window)
{
}

std::string WebSocketProtocol::greeting(const std::string& authority)
{
    window_ = underWay_ = 0;
    upgraded_ = false;
    fragments_.clear();
    // The key proves that the other side speaks the protocol; that it is one of our nodes is seen by its
    // hello.
    return "GET /ws HTTP/1.1\r\nHost: " + authority +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: ZHNtc2ctYmVuY2gta2V5IQ==\r\n\r\n";
}

void WebSocketProtocol::write(std::string& out, std::uint64_t first, std::span<const Task> tasks)
{
    body_ = R"({"type":"pub","ref":)" + std::to_string(first) + R"(,"messages":[)";
    for (const Task& task : tasks) {
        format_.append(body_, task.number);
        body_ += ',';
    }
    body_.back() = ']';
    body_ += '}';
    appendFrame(out, text, body_);
    underWay_ += tasks.size();
}

bool WebSocketProtocol::read(std::string_view in, std::size_t& taken, Incoming& incoming, std::string& out)
{
    taken = 0;
    if (!upgraded_)
        return readHandshake(in, taken, incoming);
    bool isSane = true;
    const auto frame = nextFrame(in, isSane);
    if (!frame)
        return isSane;
    taken = frame->size;
    return take(*frame, incoming, out);
}

bool WebSocketProtocol::readHandshake(std::string_view in, std::size_t& taken, Incoming& incoming)
{
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return in.size() <= headBytesMax;
    if (!in.starts_with("HTTP/1.1 101 ")) {
        incoming.problem = "/ws: " + std::string(in.substr(0, in.find("\r\n")));
        return false;
    }
    upgraded_ = true;
    taken = end + 4;
    return true;
}

std::optional<WebSocketProtocol::Frame> WebSocketProtocol::nextFrame(std::string_view in, bool& isSane)
{
    const auto byte = [in](std::size_t at) { return std::size_t(static_cast<unsigned char>(in[at])); };
    if (in.size() < 2)
        return std::nullopt;
    std::size_t size = byte(1), head = 2;
    const std::size_t lengthBytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (in.size() < head + lengthBytes)
        return std::nullopt;
    if (lengthBytes > 0)
        size = 0;
    for (; head < 2 + lengthBytes; ++head)
        size = size << 8 | byte(head);
    // A server's frame is not masked, so the length byte has no high bit.
    isSane = size <= frameBytesMax && byte(1) < 0x80;
    if (!isSane || in.size() < head + size)
        return std::nullopt;
    return Frame{(byte(0) & 0x80) != 0, unsigned(byte(0) & 0x0f), in.substr(head, size), head + size};
}

bool WebSocketProtocol::take(const Frame& frame, Incoming& incoming, std::string& out)
{
    if (frame.opcode == closing) {
        incoming.problem = "/ws: the node closed the connection";
        if (frame.content.size() > 2)
            incoming.problem += ": " + std::string(frame.content.substr(2));
        return false;
    }
    if (frame.opcode == ping)
        appendFrame(out, pong, frame.content);
    if (frame.opcode != text && frame.opcode != continuation)
        return true;
    if (frame.last && fragments_.empty()) {
        readMessage(frame.content, incoming);
        return true;
    }
    fragments_ += frame.content;
    if (frame.last) {
        readMessage(fragments_, incoming);
        fragments_.clear();
    }
    return fragments_.size() <= frameBytesMax;
}

void WebSocketProtocol::readMessage(std::string_view message, Incoming& incoming)
{
    const std::string_view type = jsonText(message, "type");
    if (type == "hello") {
        const auto most = jsonNumber(message, "window").value_or(wanted_);
        window_ = std::min<std::size_t>(wanted_, most);
    } else if (type == "ack") {
        Results results(message);
        for (std::string_view result = results.next(); !result.empty(); result = results.next()) {
            const auto ref = jsonNumber(result, "ref");
            if (!ref)
                continue;
            readResult(result, *ref, incoming);
            underWay_ -= std::min<std::size_t>(underWay_, 1);
        }
    } else if (type == "error") {
        incoming.problem = jsonText(message, "reason");
    }
}

} // namespace dsmsg::bench
