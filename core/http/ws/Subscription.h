// SPDX-License-Identifier: GPL-3.0-or-later
//
// One `sub` of a WebSocket: takes from the feed as many messages as the client gave credit for, and none
// while the client has not taken those before. So it holds no more than the messages of one turn.
#pragma once

#include <cstdint>
#include <string>

#include "core/http/Feed.h"
#include "core/http/ws/ServerFrames.h"

namespace dsmsg::http {

class Subscription final : private FeedSink
{
public:
    /// The connection, as a subscription needs it.
    class Wire
    {
    public:
        virtual ~Wire() = default;
        /// The client takes more bytes now, beside `gathered` that are about to be sent.
        virtual bool takesMore(std::size_t gathered) const = 0;
        virtual void send(const std::string& frame) = 0;
        /// The feed ended it. It is to be destroyed, within the call.
        virtual void ended(std::uint64_t sub, const std::string& why) = 0;
    };

    /// All three outlive it.
    Subscription(std::uint64_t sub, Feed& feed, Wire& wire, const ServerFrames& frames);
    ~Subscription() override;
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

    /// False: the feed has as many subscribers as it takes.
    bool start(FeedWish wish, std::uint64_t credit);
    /// Where it stands, as clients write it.
    std::string position() const;
    /// Never more than `creditMax` in all.
    void give(std::uint64_t credit, std::uint64_t creditMax);
    /// The client takes bytes again.
    void resume();

private:
    bool ready() const override;
    void deliver(const FeedItem& item) override;
    void flush() override;
    void broken(const Error& error) override;

    const std::uint64_t sub_;
    Feed& feed_;
    Wire& wire_;
    const ServerFrames& frames_;
    Feed::Id id_ = 0;
    FeedOrder order_ = FeedOrder::Seq;
    std::uint64_t credit_ = 0;
    std::uint64_t last_ = 0; ///< position of the last message in gathered_
    std::string gathered_;   ///< messages of this turn
};

} // namespace dsmsg::http
