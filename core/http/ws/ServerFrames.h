// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the server says on /ws, in the format that was negotiated. Acknowledgements and messages are gathered
// piece by piece while a turn lasts and become one frame at its end: a frame costs more than what is in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/Fault.h"
#include "core/http/Feed.h"
#include "core/http/SubmissionQueue.h"

namespace dsmsg::http {

/// The first frame of a connection.
struct HelloFrame
{
    std::string nodeId;
    std::string version;
    std::string role; ///< "Leader", "Follower", "Candidate"
    std::string leaderUrl;
    std::size_t window = 0;
    std::size_t creditMax = 0;
    std::size_t messagesMax = 0; ///< of a pub frame
    std::size_t frameBytesMax = 0;
};

struct ErrorFrame
{
    std::string_view reason;
    std::optional<std::uint64_t> ref{};
    std::optional<std::uint64_t> sub{};
};

class ServerFrames
{
public:
    virtual ~ServerFrames() = default;
    static std::unique_ptr<ServerFrames> json();
    static std::unique_ptr<ServerFrames> cbor();

    virtual bool binary() const = 0;
    virtual std::string hello(const HelloFrame& hello) const = 0;
    virtual std::string error(const ErrorFrame& error) const = 0;
    /// A subscription begins, or goes on, after `id`.
    virtual std::string subscribed(std::uint64_t sub, const std::string& id) const = 0;
    virtual std::string unsubscribed(std::uint64_t sub) const = 0;

    /// Appends one result to those gathered in `results`.
    virtual void addResult(std::string& results, std::uint64_t ref, const Verdict& verdict) const = 0;
    virtual void addBadRequest(std::string& results, std::uint64_t ref, const Fault& fault) const = 0;
    virtual std::string ack(std::string_view results) const = 0;
    /// Same for messages. `id` is where to go on after the last of them.
    virtual void addMessage(std::string& messages, const FeedItem& item) const = 0;
    virtual std::string messages(std::uint64_t sub, const std::string& id,
                                 std::string_view messages) const = 0;
};

} // namespace dsmsg::http
