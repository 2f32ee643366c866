// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/EventClient.h"

namespace dsmsg::test {

bool EventClient::connectTo(const QString& url, Milliseconds patience)
{
    EventText text;
    if (stream_)
        text = stream_->text();
    text.reconnected();
    QByteArray headers = "Accept: text/event-stream\r\n";
    if (!text.lastEventId.empty())
        headers += "Last-Event-ID: " + QByteArray::fromStdString(text.lastEventId) + "\r\n";
    stream_.emplace(url, target_, headers, std::move(text), patience);
    return stream_->streams();
}

bool EventClient::awaitEvents(std::size_t count, Milliseconds patience)
{
    return stream_->await(patience, [count](const EventText& text) { return text.events.size() >= count; });
}

} // namespace dsmsg::test
