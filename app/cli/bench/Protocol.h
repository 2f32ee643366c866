// SPDX-License-Identifier: GPL-3.0-or-later
//
// How messages and answers look on a connection. It knows no socket: bytes to send are appended to a string,
// bytes that came are read from one. One object a connection.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/bench/MessageFormat.h"
#include "app/cli/bench/Task.h"

namespace dsmsg::bench {

/// About the message of reference `ref`.
struct Reply
{
    std::uint64_t ref = 0;
    Answer answer = Answer::Unknown;
    bool duplicate = false; ///< Stored: by an earlier attempt
};

struct Incoming
{
    std::vector<Reply> replies;
    std::string leader;  ///< base URL that a NotLeader names; empty when it names none
    std::string problem; ///< the last thing that was not Stored, in the node's words
    int status = 0;      ///< HTTP status of the last answer; 0 where there is none
};

class Protocol
{
public:
    virtual ~Protocol() = default;

    /// What opens a conversation on a fresh connection; empty when nothing does. `authority` is host:port.
    virtual std::string greeting(const std::string& authority) = 0;
    /// How many more messages may be sent now. None before ready().
    virtual std::size_t room() const = 0;
    /// Appends the bytes that send these, of the references first, first + 1, ... There is room for them.
    virtual void write(std::string& out, std::uint64_t first, std::span<const Task> tasks) = 0;
    /// Reads from the front of `in` whatever is complete; how many bytes that was. `out` takes what has to be
    /// answered at once (a pong). False: nonsense, the connection is of no use any more.
    virtual bool read(std::string_view in, std::size_t& taken, Incoming& incoming, std::string& out) = 0;
};

} // namespace dsmsg::bench
