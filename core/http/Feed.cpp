// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Feed.h"

#include <QPointer>
#include <algorithm>

namespace dsmsg::http {

namespace {

constexpr std::uint32_t messagesPerStep = 256;       // of one subscriber, before the next has its turn
constexpr std::size_t bytesPerStep = 256 * 1024;     // same, read from disk
constexpr std::uint32_t messagesPerExtension = 1000; // of the ring, before its readers have a turn
constexpr std::size_t bytesPerExtension = 1u << 20;

/// A page of either order.
struct Stretch
{
    std::vector<messaging::StoredMessage> messages;
    std::uint64_t through = 0; ///< every match up to here is in `messages`
};

template <class Query>
Query queryFor(const FeedWish& wish, std::uint32_t limit, std::size_t bytesMax)
{
    Query query;
    query.limit = limit;
    query.bytesMax = bytesMax;
    query.sender = wish.sender;
    query.recipient = wish.recipient;
    query.from = wish.from;
    query.to = wish.to;
    return query;
}

Result<Stretch> read(messaging::MessageReader& reader, const FeedWish& wish, std::uint64_t after,
                     std::uint32_t limit, std::size_t bytesMax)
{
    const auto take = [](auto page) -> Result<Stretch> {
        if (!page)
            return page.error();
        return Stretch{std::move(page->messages), page->scannedThrough.value};
    };
    if (wish.order == FeedOrder::Seq) {
        auto query = queryFor<messaging::PageQuery>(wish, limit, bytesMax);
        query.after = Seq(after);
        return take(reader.page(query));
    }
    auto query = queryFor<messaging::DeliveryQuery>(wish, limit, bytesMax);
    query.after = DeliverySeq(after);
    return take(reader.deliveries(query));
}

} // namespace

Feed::Feed(messaging::MessageReader& reader, node::Gateway& gateway, const HttpLimits& limits)
    : reader_(reader)
    , gateway_(gateway)
    , limits_(limits)
{
}

Feed::~Feed()
{
    if (listening_)
        gateway_.setProgressReceiver({});
}

std::optional<Feed::Id> Feed::subscribe(FeedWish wish, FeedSink& sink)
{
    if (subscribers_.size() >= limits_.subscribersMax) {
        ++refused_;
        return std::nullopt;
    }
    if (!listening_)
        listen();
    auto subscriber = std::make_shared<Subscriber>();
    subscriber->position = wish.after.value_or(line(wish.order).end);
    subscriber->wish = std::move(wish);
    subscriber->sink = &sink;
    subscribers_.emplace(++lastId_, subscriber);
    enqueue(subscriber);
    pumpLater();
    return lastId_;
}

void Feed::unsubscribe(Id id)
{
    const auto found = subscribers_.find(id);
    if (found == subscribers_.end())
        return;
    found->second->ended = true;
    subscribers_.erase(found);
}

void Feed::resume(Id id)
{
    const auto found = subscribers_.find(id);
    if (found == subscribers_.end() || !found->second->blocked)
        return;
    found->second->blocked = false;
    enqueue(found->second);
    pumpLater();
}

std::uint64_t Feed::position(Id id) const
{
    const auto found = subscribers_.find(id);
    return found == subscribers_.end() ? 0 : found->second->position;
}

std::size_t Feed::heldMessages() const
{
    return lines_[0].ring.size() + lines_[1].ring.size();
}

std::size_t Feed::heldBytes() const
{
    return lines_[0].ring.bytes() + lines_[1].ring.bytes();
}

// --- news ---

void Feed::listen()
{
    listening_ = true;
    // Where "from now on" begins, before the first call comes.
    if (const auto state = reader_.applied()) {
        line(FeedOrder::Seq).end = std::max(line(FeedOrder::Seq).end, state->lastSeq.value);
        line(FeedOrder::Delivery).end = std::max(line(FeedOrder::Delivery).end, state->delivery.last.value);
    }
    gateway_.setProgressReceiver([self = QPointer<Feed>(this)](const node::Progress& now) {
        if (self)
            self->progress(now);
    });
}

void Feed::progress(const node::Progress& now)
{
    if (subscribers_.empty()) {
        gateway_.setProgressReceiver({});
        listening_ = false;
        stopIdleRings();
        return;
    }
    const std::array<std::uint64_t, 2> ends{now.applied.value, now.delivered.value};
    for (const FeedOrder order : {FeedOrder::Seq, FeedOrder::Delivery}) {
        const std::uint64_t end = ends[static_cast<std::size_t>(order)];
        if (end <= line(order).end)
            continue;
        line(order).end = end;
        wake(order);
    }
    pump();
}

/// Everybody who waits for something new of this order is to be served.
void Feed::wake(FeedOrder order)
{
    for (const auto& [id, subscriber] : subscribers_) {
        if (subscriber->wish.order == order && subscriber->position < line(order).end)
            enqueue(subscriber);
    }
}

void Feed::enqueue(const SubscriberPtr& subscriber)
{
    if (subscriber->blocked || std::exchange(subscriber->queued, true))
        return;
    const FeedRing& ring = line(subscriber->wish.order).ring;
    (ring.covers(subscriber->position) ? current_ : behind_).push_back(subscriber);
}

// --- a turn ---

void Feed::pumpLater()
{
    if (!std::exchange(pumpPosted_, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                pumpPosted_ = false;
                pump();
            },
            Qt::QueuedConnection);
}

void Feed::pump()
{
    const Time deadline = std::chrono::steady_clock::now() + limits_.feedTurnMax;
    stopIdleRings();
    bool more = false;
    for (const FeedOrder order : {FeedOrder::Seq, FeedOrder::Delivery})
        more = extend(order) || more;
    const auto timeIsOver = [deadline] { return std::chrono::steady_clock::now() >= deadline; };
    // At least one of each a turn, or the reading of the ring, which comes first, could starve them; and who
    // is behind takes no more than that from those who keep up.
    bool stepped = stepOne(current_);
    while (stepped && !timeIsOver())
        stepped = stepOne(current_);
    stepped = stepOne(behind_);
    while (stepped && current_.empty() && !timeIsOver())
        stepped = stepOne(behind_);
    if (more || !current_.empty() || !behind_.empty())
        pumpLater();
}

/// False: nobody waits there.
bool Feed::stepOne(std::deque<SubscriberPtr>& runnable)
{
    if (runnable.empty())
        return false;
    const SubscriberPtr subscriber = std::move(runnable.front());
    runnable.pop_front();
    subscriber->queued = false;
    if (!subscriber->ended)
        step(subscriber);
    return true;
}

void Feed::stopIdleRings()
{
    for (const FeedOrder order : {FeedOrder::Seq, FeedOrder::Delivery}) {
        FeedRing& ring = line(order).ring;
        const auto reads = [&](const auto& entry) {
            return entry.second->wish.order == order && ring.covers(entry.second->position);
        };
        if (ring.running() && std::ranges::none_of(subscribers_, reads))
            ring.stop();
    }
}

/// Reads what is new into the ring. True: there is more to read.
bool Feed::extend(FeedOrder order)
{
    Line& line = this->line(order);
    if (!line.ring.running() || line.ring.through() >= line.end)
        return false;
    FeedWish everything;
    everything.order = order;
    const std::uint64_t before = line.ring.through();
    auto stretch = read(reader_, everything, before, messagesPerExtension, bytesPerExtension);
    if (!stretch) {
        // Each reader meets the error by itself, on its way to the disk.
        line.ring.stop();
        wake(order);
        return false;
    }
    for (messaging::StoredMessage& stored : stretch->messages)
        line.ring.append(FeedItem(std::move(stored), order));
    line.ring.passed(stretch->through);
    line.ring.trim(limits_.feedMessagesMax, limits_.feedBytesMax);
    if (line.ring.through() == before)
        return false;
    wake(order);
    return line.ring.through() < line.end;
}

void Feed::step(const SubscriberPtr& subscriber)
{
    Line& line = this->line(subscriber->wish.order);
    // Who has seen everything needs nothing older.
    if (!line.ring.running() && subscriber->position >= line.end)
        line.ring.start(line.end);
    const bool more =
        line.ring.covers(subscriber->position) ? serveFromRing(*subscriber) : serveFromDisk(subscriber);
    if (subscriber->ended)
        return;
    subscriber->sink->flush();
    if (more && !subscriber->ended)
        enqueue(subscriber);
}

/// False: this message must wait, or the subscriber is gone.
bool Feed::offer(Subscriber& subscriber, const FeedItem& item)
{
    if (!subscriber.sink->ready()) {
        subscriber.blocked = true;
        return false;
    }
    // First the position: the sink may ask for it.
    subscriber.position = item.position();
    subscriber.sink->deliver(item);
    return !subscriber.ended;
}

/// True: the ring has more for it.
bool Feed::serveFromRing(Subscriber& subscriber)
{
    const FeedRing& ring = line(subscriber.wish.order).ring;
    std::uint32_t delivered = 0;
    for (auto item = ring.firstAfter(subscriber.position); item != ring.end(); ++item) {
        if (delivered == messagesPerStep)
            return true;
        if (!passes(subscriber.wish, item->stored().message)) {
            subscriber.position = item->position();
            continue;
        }
        if (!offer(subscriber, *item))
            return false;
        ++delivered;
    }
    subscriber.position = std::max(subscriber.position, ring.through());
    return false;
}

/// True: there is more for it, on disk or in the ring.
bool Feed::serveFromDisk(const SubscriberPtr& subscriber)
{
    // Not read in vain: the page of one that stands still would be read again and again.
    if (!subscriber->sink->ready()) {
        subscriber->blocked = true;
        return false;
    }
    const FeedOrder order = subscriber->wish.order;
    const std::uint64_t before = subscriber->position;
    auto stretch = read(reader_, subscriber->wish, before, messagesPerStep, bytesPerStep);
    if (!stretch) {
        breakOff(subscriber, stretch.error());
        return false;
    }
    for (messaging::StoredMessage& stored : stretch->messages) {
        const FeedItem item(std::move(stored), order);
        if (!offer(*subscriber, item))
            return false;
    }
    subscriber->position = std::max(subscriber->position, stretch->through);
    return subscriber->position != before;
}

void Feed::breakOff(const SubscriberPtr& subscriber, const Error& error)
{
    subscriber->ended = true;
    std::erase_if(subscribers_, [&](const auto& entry) { return entry.second == subscriber; });
    subscriber->sink->broken(error);
}

} // namespace dsmsg::http
