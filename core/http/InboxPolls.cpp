// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/InboxPolls.h"

#include <QTimer>
#include <utility>
#include <vector>

#include "core/messaging/InboxWalk.h"

namespace dsmsg::http {

struct InboxPolls::Poll final : FeedSink
{
    Poll(InboxPolls& waiting, std::uint64_t ownNumber, std::function<void()> whenWoken)
        : polls(waiting)
        , number(ownNumber)
        , then(std::move(whenWoken))
    {
    }
    bool ready() const override { return !woken; }
    void deliver(const FeedItem&) override { woken = true; }
    void flush() override { wakeLater(); }
    /// Whoever looks again is told what is wrong.
    void broken(const Error&) override { wakeLater(); }
    void wakeLater()
    {
        woken = true;
        QMetaObject::invokeMethod(
            &polls, [&owner = polls, own = number] { owner.wake(own); }, Qt::QueuedConnection);
    }

    InboxPolls& polls;
    const std::uint64_t number;
    const std::function<void()> then;
    std::vector<Feed::Id> subscriptions;
    bool woken = false;
};

InboxPolls::~InboxPolls()
{
    for (const auto& [number, poll] : polls_) {
        for (const Feed::Id id : poll->subscriptions)
            feed_.unsubscribe(id);
    }
}

bool InboxPolls::wait(const std::string& recipient, Seq after, Milliseconds timeout,
                      std::function<void()> then)
{
    const std::uint64_t number = ++last_;
    auto poll = std::make_unique<Poll>(*this, number, std::move(then));
    std::vector<std::string> names{recipient};
    if (recipient != messaging::everybody)
        names.emplace_back(messaging::everybody);
    for (std::string& name : names) {
        FeedWish wish;
        wish.after = after.value;
        wish.recipient = std::move(name);
        const auto id = feed_.subscribe(std::move(wish), *poll);
        if (!id) {
            for (const Feed::Id other : poll->subscriptions)
                feed_.unsubscribe(other);
            return false;
        }
        poll->subscriptions.push_back(*id);
    }
    polls_.emplace(number, std::move(poll));
    QTimer::singleShot(timeout, this, [this, number] { wake(number); });
    return true;
}

void InboxPolls::wake(std::uint64_t number)
{
    const auto found = polls_.find(number);
    if (found == polls_.end())
        return; // woken before
    const std::unique_ptr<Poll> poll = std::move(found->second);
    polls_.erase(found);
    for (const Feed::Id id : poll->subscriptions)
        feed_.unsubscribe(id);
    poll->then();
}

} // namespace dsmsg::http
