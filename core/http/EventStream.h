// SPDX-License-Identifier: GPL-3.0-or-later
//
// One subscriber of /events: a subscription of the feed written as Server-Sent Events (WHATWG HTML, 9.2). The
// id of an event is the position it leaves the subscriber at, so that a browser resumes by itself; a
// heartbeat carries the id too, and with it a subscriber whose filter lets nothing pass moves on.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_set>

#include "core/http/Feed.h"
#include "core/http/ResponseStream.h"

namespace dsmsg::http {

class EventStream final : public ResponseStream, private FeedSink
{
public:
    using Streams = std::unordered_set<EventStream*>;
    /// Shared by all streams of a front, and outlives them.
    struct Parts
    {
        Feed& feed;
        Streams& streams;    ///< holds every stream
        std::string& output; ///< what the stream that is being served has to write
        const HttpLimits& limits;
    };

    /// Null: the feed has no room.
    static std::shared_ptr<EventStream> open(const Parts& parts, FeedWish wish);
    ~EventStream() override;
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;

    void begin(StreamWriter& writer) override;
    void drained() override;
    void ended() override;
    /// Says that the stream is alive if it was silent for `silence`.
    void beat(std::chrono::steady_clock::time_point now, Milliseconds silence);

private:
    EventStream(const Parts& parts, FeedOrder order);

    bool ready() const override;
    void deliver(const FeedItem& item) override;
    void flush() override;
    void broken(const Error& error) override;
    void appendId(std::uint64_t position);

    const Parts parts_;
    const FeedOrder order_;
    Feed::Id subscription_ = 0;
    StreamWriter* writer_ = nullptr; ///< between begin() and ended()
    std::chrono::steady_clock::time_point lastWrite_{};
};

} // namespace dsmsg::http
