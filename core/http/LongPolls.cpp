// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/LongPolls.h"

#include <algorithm>
#include <utility>

namespace dsmsg::http {

class LongPolls::Waiter final : public FeedSink
{
public:
    Waiter(LongPolls& owner, Key key, std::uint64_t ofConnection, Answer given)
        : connection(ofConnection)
        , answer(std::move(given))
        , owner_(owner)
        , key_(key)
    {
    }
    ~Waiter() override { leave(); }

    bool ready() const override { return true; }
    void deliver(const FeedItem& item) override { owner_.settle(key_, item.position()); }
    void flush() override {}
    void broken(const Error&) override { owner_.settle(key_, std::nullopt); }

    void leave()
    {
        for (const Feed::Id subscription : std::exchange(subscriptions, {}))
            owner_.feed_.unsubscribe(subscription);
    }

    const std::uint64_t connection;
    const Answer answer;
    std::vector<Feed::Id> subscriptions;

private:
    LongPolls& owner_;
    const Key key_;
};

LongPolls::LongPolls(Feed& feed, const HttpLimits& limits)
    : feed_(feed)
    , limits_(limits)
{
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &LongPolls::expire);
}

LongPolls::~LongPolls() = default;

bool LongPolls::wait(std::uint64_t connection, std::vector<FeedWish> wishes, Milliseconds patience,
                     Answer answer)
{
    if (waiters_.size() >= limits_.waitersMax) {
        ++refused_;
        return false;
    }
    const Key key{std::chrono::steady_clock::now() + patience, ++lastNumber_};
    auto waiter = std::make_unique<Waiter>(*this, key, connection, std::move(answer));
    for (FeedWish& wish : wishes) {
        const auto subscription = feed_.subscribe(std::move(wish), *waiter);
        if (!subscription)
            return false;
        waiter->subscriptions.push_back(*subscription);
    }
    waiters_.emplace(key, std::move(waiter));
    ofConnection_.emplace(connection, key);
    arm();
    return true;
}

void LongPolls::forget(std::uint64_t connection)
{
    const auto [begin, end] = ofConnection_.equal_range(connection);
    for (auto entry = begin; entry != end; ++entry)
        waiters_.erase(entry->second);
    ofConnection_.erase(begin, end);
}

void LongPolls::settle(Key key, std::optional<std::uint64_t> position)
{
    const auto found = waiters_.find(key);
    if (found == waiters_.end())
        return;
    const std::unique_ptr<Waiter> waiter = std::move(found->second);
    waiters_.erase(found);
    const auto [begin, end] = ofConnection_.equal_range(waiter->connection);
    ofConnection_.erase(std::find_if(begin, end, [&](const auto& entry) { return entry.second == key; }));
    waiter->leave(); // nothing more comes while the answer is written
    waiter->answer(position);
}

void LongPolls::expire()
{
    const Time now = std::chrono::steady_clock::now();
    while (!waiters_.empty() && waiters_.begin()->first.first <= now)
        settle(waiters_.begin()->first, std::nullopt);
    arm();
}

/// A timer that fires too early, because its waiter has left, only looks and is set again.
void LongPolls::arm()
{
    if (waiters_.empty())
        return timer_.stop();
    const auto due = waiters_.begin()->first.first - std::chrono::steady_clock::now();
    const auto wait =
        std::max(std::chrono::ceil<std::chrono::milliseconds>(due), std::chrono::milliseconds(0));
    if (!timer_.isActive() || timer_.remainingTime() > wait.count())
        timer_.start(wait);
}

} // namespace dsmsg::http
