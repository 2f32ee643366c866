// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer without an end: after its head, the stream writes when it has something, for as long as the
// client stays. The connection takes no further request, and ends with the stream: that is how the client of
// either version of HTTP learns that it is over. Everything happens in the HTTP thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace dsmsg::http {

/// The way to the client.
class StreamWriter
{
public:
    virtual ~StreamWriter() = default;
    /// Sends at once what the client takes; the rest is held, so ask unsent() before writing more. May end
    /// the stream within the call.
    virtual void write(std::string_view bytes) = 0;
    /// Bytes that the client has not taken.
    virtual std::size_t unsent() const = 0;
    /// Closes when everything is sent.
    virtual void finish() = 0;
};

class ResponseStream
{
public:
    virtual ~ResponseStream() = default;
    /// The head is written. `writer` stays valid until ended().
    virtual void begin(StreamWriter& writer) = 0;
    /// The client took some of what was held.
    virtual void drained() = 0;
    /// The connection is gone, whoever closed it. Called once if begin() was, and never again anything.
    virtual void ended() = 0;
};

} // namespace dsmsg::http
