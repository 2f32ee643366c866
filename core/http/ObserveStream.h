// SPDX-License-Identifier: GPL-3.0-or-later
//
// One observer: samples and events of the node as Server-Sent Events. A sample that the client is too slow
// for is left out, because the next one says more; events wait in the node's ring until the client takes them
// again, so that nothing is queued here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/ResponseStream.h"
#include "core/node/Observation.h"

namespace dsmsg::http {

class ObserveStream final : public ResponseStream
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Wish
    {
        std::chrono::milliseconds every{400};
        std::optional<std::uint64_t> after; ///< id of an event, 0: everything kept; none: from now on
    };
    /// `unsentMax`: bytes that the client has not taken, beyond which nothing more is written.
    ObserveStream(const Wish& wish, std::size_t unsentMax)
        : every_(wish.every)
        , unsentMax_(unsentMax)
        , cursor_(wish.after)
    {
    }

    void begin(StreamWriter& writer) override;
    void drained() override {}
    void ended() override { writer_ = nullptr; }

    bool open() const { return writer_ != nullptr; }
    std::chrono::milliseconds every() const { return every_; }
    /// The last event that the client has, or 0 for none; none: it wants those from now on.
    std::optional<std::uint64_t> cursor() const { return cursor_; }
    /// It takes something now.
    bool ready() const { return writer_ != nullptr && writer_->unsent() < unsentMax_; }
    bool wantsSample(Time now, std::chrono::milliseconds tolerance) const;

    /// `page` was asked for with `asked`; a stream that lacks events before that is left for the next page.
    /// May end the stream.
    void deliver(const node::EventPage& page, std::uint64_t asked, const node::Sample& sample);
    /// `json`: of one sample.
    void deliverSample(std::string_view json, Time now);
    void comment(std::string_view text);

private:
    void moveTo(std::uint64_t position);
    void frame(std::string_view kind, std::string_view json, std::optional<std::uint64_t> id);

    const std::chrono::milliseconds every_;
    const std::size_t unsentMax_;
    std::optional<std::uint64_t> cursor_;
    StreamWriter* writer_ = nullptr; ///< between begin() and ended()
    Time lastSample_{};
};

} // namespace dsmsg::http
