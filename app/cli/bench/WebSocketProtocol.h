// SPDX-License-Identifier: GPL-3.0-or-later
//
// Windowed publishing on /ws, JSON frames (docs/API.md): many messages in a frame, acknowledgements in any
// order, by reference. The framing is RFC 6455, as much of it as a client of our nodes needs.
#pragma once

#include <algorithm>
#include <optional>

#include "app/cli/bench/Protocol.h"

namespace dsmsg::bench {

class WebSocketProtocol final : public Protocol
{
public:
    /// At most `window` messages without an answer; fewer when the node says so. `format` outlives this.
    WebSocketProtocol(const MessageFormat& format, std::size_t window);

    std::string greeting(const std::string& authority) override;
    std::size_t room() const override { return window_ - std::min(window_, underWay_); }
    void write(std::string& out, std::uint64_t first, std::span<const Task> tasks) override;
    bool read(std::string_view in, std::size_t& taken, Incoming& incoming, std::string& out) override;

private:
    struct Frame
    {
        bool last = false;
        unsigned opcode = 0;
        std::string_view content;
        std::size_t size = 0; ///< with its head
    };

    bool readHandshake(std::string_view in, std::size_t& taken, Incoming& incoming);
    bool take(const Frame& frame, Incoming& incoming, std::string& out);
    void readMessage(std::string_view message, Incoming& incoming);
    static std::optional<Frame> nextFrame(std::string_view in, bool& isSane);

    const MessageFormat& format_;
    const std::size_t wanted_;
    std::size_t window_ = 0; ///< 0 until the node's hello
    std::size_t underWay_ = 0;
    bool upgraded_ = false;
    std::string fragments_; ///< of a message whose last frame has not come
    std::string body_;      ///< kept for its memory
};

} // namespace dsmsg::bench
