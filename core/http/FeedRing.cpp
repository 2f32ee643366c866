// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/FeedRing.h"

#include <algorithm>

#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"

namespace dsmsg::http {

const std::string& FeedItem::json() const
{
    if (json_.empty()) {
        JsonWriter writer(json_);
        writeMessage(writer, stored_);
    }
    return json_;
}

std::size_t FeedItem::bytes() const
{
    constexpr std::size_t jsonOverhead = 512; // names and numbers
    const messaging::Message& message = stored_.message;
    const std::size_t text =
        message.msgId.size() + message.sender.size() + message.recipient.size() + message.payload.size();
    return sizeof(FeedItem) + 2 * text + jsonOverhead;
}

void FeedRing::start(std::uint64_t position)
{
    stop();
    after_ = through_ = position;
    running_ = true;
}

void FeedRing::stop()
{
    items_.clear();
    bytes_ = 0;
    running_ = false;
}

void FeedRing::append(FeedItem item)
{
    bytes_ += item.bytes();
    through_ = std::max(through_, item.position());
    items_.push_back(std::move(item));
}

void FeedRing::passed(std::uint64_t position)
{
    through_ = std::max(through_, position);
}

void FeedRing::trim(std::size_t messagesMax, std::size_t bytesMax)
{
    while (items_.size() > messagesMax || bytes_ > bytesMax) {
        after_ = items_.front().position();
        bytes_ -= items_.front().bytes();
        items_.pop_front();
    }
}

std::deque<FeedItem>::const_iterator FeedRing::firstAfter(std::uint64_t position) const
{
    return std::ranges::upper_bound(items_, position, {}, &FeedItem::position);
}

} // namespace dsmsg::http
