// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/EventStream.h"

#include <algorithm>
#include <utility>

namespace dsmsg::client {

void EventStream::feed(const QByteArray& bytes)
{
    if (broken_)
        return;
    buffer_.remove(0, at_);
    searched_ -= at_;
    at_ = 0;
    buffer_ += bytes;
}

std::optional<StreamEvent> EventStream::next()
{
    if (atStart_ && !skipByteOrderMark())
        return std::nullopt;
    while (const auto line = nextLine()) {
        if (!line->isEmpty()) {
            readField(*line);
            broken_ |= data_.size() > eventBytesMax_;
        } else if (auto event = dispatch()) {
            return event;
        }
        if (broken_)
            break;
    }
    return std::nullopt;
}

/// False: too little is there to know.
bool EventStream::skipByteOrderMark()
{
    static const QByteArray mark("\xEF\xBB\xBF");
    if (buffer_.size() < mark.size() && mark.startsWith(buffer_))
        return false;
    if (buffer_.startsWith(mark))
        at_ = searched_ = mark.size();
    atStart_ = false;
    return true;
}

std::optional<QByteArray> EventStream::nextLine()
{
    if (afterReturn_ && at_ < buffer_.size()) {
        afterReturn_ = false;
        if (buffer_[at_] == '\n')
            ++at_;
        searched_ = std::max(searched_, at_);
    }
    const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
    const auto end = std::find_if(buffer_.cbegin() + searched_, buffer_.cend(), isEnd);
    searched_ = end - buffer_.cbegin();
    broken_ |= searched_ - at_ > eventBytesMax_;
    if (broken_ || end == buffer_.cend())
        return std::nullopt;
    QByteArray line = buffer_.mid(at_, searched_ - at_);
    afterReturn_ = *end == '\r';
    at_ = ++searched_;
    return line;
}

void EventStream::readField(const QByteArray& line)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = colon < 0 ? line : line.left(colon);
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    // A line that begins with a colon is a comment; it has an empty name.
    if (name == "data")
        data_ += value + '\n';
    else if (name == "event")
        type_ = value;
    else if (name == "id" && !value.contains('\0'))
        idBuffer_ = value;
}

std::optional<StreamEvent> EventStream::dispatch()
{
    lastEventId_ = idBuffer_;
    QByteArray type = std::exchange(type_, {});
    QByteArray data = std::exchange(data_, {});
    if (data.isEmpty())
        return std::nullopt;
    data.chop(1);
    return StreamEvent{lastEventId_, std::move(type), std::move(data)};
}

} // namespace dsmsg::client
