// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ObserveStream.h"

#include "core/http/ObserveJson.h"

namespace dsmsg::http {

void ObserveStream::begin(StreamWriter& writer)
{
    writer_ = &writer;
    writer.write("retry: 1000\n\n");
}

bool ObserveStream::wantsSample(Time now, std::chrono::milliseconds tolerance) const
{
    return writer_ != nullptr && writer_->unsent() == 0 && now - lastSample_ + tolerance >= every_;
}

void ObserveStream::deliver(const node::EventPage& page, std::uint64_t asked, const node::Sample& sample)
{
    if (!cursor_) {
        moveTo(page.last);
        return;
    }
    if (*cursor_ < asked) // it came, or came back, while the question was under way
        return;
    const bool gap = *cursor_ == asked ? page.gap : *cursor_ + 1 < page.firstKept || *cursor_ > page.last;
    std::string json;
    if (gap) {
        writeGap(json, *cursor_, page.firstKept, sample);
        // The id goes along: who comes back from here is not told of the same gap again.
        frame("gap", json, page.firstKept - 1);
    }
    if (gap)
        cursor_ = page.firstKept - 1;
    else if (*cursor_ == 0)
        moveTo(page.firstKept - 1);
    for (const node::ObservedEvent& event : page.events) {
        if (event.id <= *cursor_)
            continue;
        if (!ready())
            return;
        json.clear();
        writeEvent(json, event, sample);
        frame("raft", json, event.id);
        cursor_ = event.id;
    }
}

/// Tells the client too: who is cut off before the first event must not begin at another "now".
void ObserveStream::moveTo(std::uint64_t position)
{
    cursor_ = position;
    if (writer_ != nullptr)
        writer_->write("id: " + std::to_string(position) + "\n\n");
}

void ObserveStream::deliverSample(std::string_view json, Time now)
{
    lastSample_ = now;
    frame("sample", json, std::nullopt);
}

void ObserveStream::comment(std::string_view text)
{
    if (writer_ != nullptr && writer_->unsent() == 0)
        writer_->write(": " + std::string(text) + "\n\n");
}

void ObserveStream::frame(std::string_view kind, std::string_view json, std::optional<std::uint64_t> id)
{
    if (writer_ == nullptr)
        return;
    std::string text;
    text.reserve(json.size() + 64);
    if (id)
        text.append("id: ").append(std::to_string(*id)).append("\n");
    text.append("event: ").append(kind).append("\ndata: ").append(json).append("\n\n");
    writer_->write(text);
}

} // namespace dsmsg::http
