// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/EventStream.h"

#include <algorithm>

namespace dsmsg::http {

namespace {

/// How soon a browser connects again; its own default is several seconds.
constexpr std::string_view retryHint = "retry: 1000\n";

/// One line: a payload may have been sent with line ends between its tokens, where a space means the same.
void appendLine(std::string& out, std::string_view json)
{
    const std::size_t begin = out.size();
    out += json;
    if (json.find_first_of("\r\n") != std::string_view::npos)
        std::replace_if(
            out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
            [](char c) { return c == '\r' || c == '\n'; }, ' ');
}

} // namespace

EventStream::EventStream(const Parts& parts, FeedOrder order)
    : parts_(parts)
    , order_(order)
{
    parts_.streams.insert(this);
}

EventStream::~EventStream()
{
    parts_.feed.unsubscribe(subscription_);
    parts_.streams.erase(this);
}

std::shared_ptr<EventStream> EventStream::open(const Parts& parts, FeedWish wish)
{
    std::shared_ptr<EventStream> stream(new EventStream(parts, wish.order));
    const auto subscription = parts.feed.subscribe(std::move(wish), *stream);
    if (!subscription)
        return nullptr;
    stream->subscription_ = *subscription;
    return stream;
}

void EventStream::begin(StreamWriter& writer)
{
    writer_ = &writer;
    // The id at once: who is cut off before the first message must not begin at another "now".
    parts_.output = retryHint;
    appendId(parts_.feed.position(subscription_));
    parts_.output += "\n";
    flush();
    parts_.feed.resume(subscription_);
}

void EventStream::drained()
{
    if (writer_ != nullptr && writer_->unsent() <= parts_.limits.streamBufferBytesMax / 2)
        parts_.feed.resume(subscription_);
}

void EventStream::ended()
{
    writer_ = nullptr;
    parts_.feed.unsubscribe(subscription_);
}

void EventStream::beat(std::chrono::steady_clock::time_point now, Milliseconds silence)
{
    // What is held will tell the client as well, once it takes it.
    if (writer_ == nullptr || now - lastWrite_ < silence || writer_->unsent() != 0)
        return;
    parts_.output = ": nothing new\n";
    appendId(parts_.feed.position(subscription_));
    parts_.output += "\n";
    flush();
}

bool EventStream::ready() const
{
    return writer_ != nullptr &&
           writer_->unsent() + parts_.output.size() < parts_.limits.streamBufferBytesMax;
}

void EventStream::deliver(const FeedItem& item)
{
    appendId(item.position());
    parts_.output += "data: ";
    appendLine(parts_.output, item.json());
    parts_.output += "\n\n";
}

void EventStream::flush()
{
    if (writer_ != nullptr && !parts_.output.empty()) {
        lastWrite_ = std::chrono::steady_clock::now();
        writer_->write(parts_.output);
    }
    parts_.output.clear();
}

/// The client connects again and finds out whether it helps.
void EventStream::broken(const Error&)
{
    parts_.output.clear();
    if (writer_ != nullptr)
        writer_->finish();
}

void EventStream::appendId(std::uint64_t position)
{
    parts_.output += order_ == FeedOrder::Seq ? "id: s:" : "id: d:";
    parts_.output += std::to_string(position);
    parts_.output += '\n';
}

} // namespace dsmsg::http
