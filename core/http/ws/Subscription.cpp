// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ws/Subscription.h"

#include <algorithm>

#include "core/http/FeedPosition.h"

namespace dsmsg::http {

Subscription::Subscription(std::uint64_t sub, Feed& feed, Wire& wire, const ServerFrames& frames)
    : sub_(sub)
    , feed_(feed)
    , wire_(wire)
    , frames_(frames)
{
}

Subscription::~Subscription()
{
    feed_.unsubscribe(id_);
}

bool Subscription::start(FeedWish wish, std::uint64_t credit)
{
    order_ = wish.order;
    credit_ = credit;
    const auto id = feed_.subscribe(std::move(wish), *this);
    id_ = id.value_or(0);
    return id.has_value();
}

std::string Subscription::position() const
{
    return feedPositionText(order_, feed_.position(id_));
}

void Subscription::give(std::uint64_t credit, std::uint64_t creditMax)
{
    credit_ += std::min(credit, creditMax - credit_);
    feed_.resume(id_);
}

void Subscription::resume()
{
    feed_.resume(id_);
}

bool Subscription::ready() const
{
    return credit_ != 0 && wire_.takesMore(gathered_.size());
}

void Subscription::deliver(const FeedItem& item)
{
    --credit_;
    last_ = item.position();
    frames_.addMessage(gathered_, item);
}

void Subscription::flush()
{
    if (gathered_.empty())
        return;
    const std::string messages = std::exchange(gathered_, {});
    wire_.send(frames_.messages(sub_, feedPositionText(order_, last_), messages));
}

void Subscription::broken(const Error& error)
{
    id_ = 0;
    wire_.ended(sub_, error.text);
}

} // namespace dsmsg::http
