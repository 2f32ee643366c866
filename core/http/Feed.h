// SPDX-License-Identifier: GPL-3.0-or-later
//
// What subscribers read from: applied messages in order of seq or of delivery, from any position on. Knows no
// socket: /events, /ws and the long poll of /messages are sinks of one kind.
//
// Nothing is ever queued for a subscriber. It is a position, a filter and a sink that says whether it takes
// one more message. Who keeps up shares a ring of recent messages, each read and rendered once; who does not
// reads pages from disk, a bounded step at a time, round robin. So a subscriber that stands still costs a few
// hundred bytes, however far behind it is, and delays nobody. Everything happens in the HTTP thread, in turns
// of bounded time.
#pragma once

#include <QObject>
#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/http/FeedRing.h"
#include "core/http/HttpLimits.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// What a subscriber asks for. Positions are seqs or delivery seqs, by the order. The filters are those of
/// messaging::passes().
struct FeedWish
{
    FeedOrder order = FeedOrder::Seq;
    std::optional<std::uint64_t> after{};   ///< exclusive; none: what is new from now on
    std::optional<std::string> sender{};    ///< exact match
    std::optional<std::string> recipient{}; ///< exact match
    std::optional<UnixTime> from{};         ///< corrected time, inclusive
    std::optional<UnixTime> to{};           ///< same, exclusive
};

/// Where a subscriber's messages go. May unsubscribe itself or others within any call.
class FeedSink
{
public:
    virtual ~FeedSink() = default;
    /// Whether it takes one more message now. Who answered false is not asked again before Feed::resume().
    virtual bool ready() const = 0;
    /// The next message that matches. `item` is valid during the call.
    virtual void deliver(const FeedItem& item) = 0;
    /// After the last of one or several deliver(): the moment to write what was gathered.
    virtual void flush() = 0;
    /// The messages could not be read. The subscription is over when this is called.
    virtual void broken(const Error& error) = 0;
};

class Feed final : public QObject
{
    Q_OBJECT

public:
    using Id = std::uint64_t; ///< never reused

    /// All three outlive the feed, which is the one receiver of the gateway's progress.
    Feed(messaging::MessageReader& reader, node::Gateway& gateway, const HttpLimits& limits);
    ~Feed() override;

    /// None: limits.subscribersMax is reached. The sink stays valid until unsubscribe() or broken(); it is
    /// not called within this call.
    std::optional<Id> subscribe(FeedWish wish, FeedSink& sink);
    /// Nothing is called after it. An unknown id is ignored.
    void unsubscribe(Id id);
    /// The sink is ready again; it is served later, never within this call.
    void resume(Id id);

    /// Where a subscriber stands: everything that matches up to here was delivered. 0 for an unknown id.
    std::uint64_t position(Id id) const;
    std::size_t subscriberCount() const { return subscribers_.size(); }
    std::uint64_t refused() const { return refused_; } ///< since start, at the bound
    /// Messages and bytes held in memory, of both orders.
    std::size_t heldMessages() const;
    std::size_t heldBytes() const;

private:
    struct Subscriber
    {
        FeedWish wish;
        FeedSink* sink = nullptr;
        std::uint64_t position = 0;
        bool blocked = false; ///< its sink was not ready
        bool queued = false;  ///< in current_ or behind_
        bool ended = false;
    };
    using SubscriberPtr = std::shared_ptr<Subscriber>;
    using Time = std::chrono::steady_clock::time_point;
    /// One order.
    struct Line
    {
        FeedRing ring;
        std::uint64_t end = 0;
    };

    Line& line(FeedOrder order) { return lines_[static_cast<std::size_t>(order)]; }
    const Line& line(FeedOrder order) const { return lines_[static_cast<std::size_t>(order)]; }
    void listen();
    void progress(const node::Progress& now);
    void pumpLater();
    void pump();
    bool extend(FeedOrder order);
    void stopIdleRings();
    void wake(FeedOrder order);
    void enqueue(const SubscriberPtr& subscriber);
    bool stepOne(std::deque<SubscriberPtr>& runnable);
    void step(const SubscriberPtr& subscriber);
    bool serveFromRing(Subscriber& subscriber);
    bool serveFromDisk(const SubscriberPtr& subscriber);
    bool offer(Subscriber& subscriber, const FeedItem& item);
    void breakOff(const SubscriberPtr& subscriber, const Error& error);

    messaging::MessageReader& reader_;
    node::Gateway& gateway_;
    const HttpLimits& limits_;
    std::array<Line, 2> lines_;
    std::unordered_map<Id, SubscriberPtr> subscribers_;
    std::deque<SubscriberPtr> current_; ///< to be served, each once; they read from the ring
    std::deque<SubscriberPtr> behind_;  ///< same; they read from disk
    Id lastId_ = 0;
    std::uint64_t refused_ = 0;
    bool pumpPosted_ = false;
    bool listening_ = false; ///< only while somebody subscribes
};

} // namespace dsmsg::http
