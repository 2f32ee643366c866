// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include "core/http/EventStream.h"
#include "core/http/Feed.h"
#include "core/http/Resource.h"

namespace dsmsg::http {

/// GET /events?after=&recipient=&sender=&order=: messages as Server-Sent Events, from any position on, for as
/// long as the client stays.
class EventsResource final : public QObject, public Resource
{
    Q_OBJECT

public:
    /// All three outlive the resource, and the connections end before it.
    EventsResource(Feed& feed, AnswerSink& sink, const HttpLimits& limits);

    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    void beat();

    Feed& feed_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
    EventStream::Streams streams_;
    std::string output_;
    QTimer heart_;
};

/// Reads order, after, sender and recipient; `lastEventId`, the header, wins over `after`. None: `wish` is
/// what was asked for.
std::optional<Fault> readFeedWish(const std::string& rawQuery, std::string_view lastEventId,
                                  const HttpLimits& limits, FeedWish& wish);

} // namespace dsmsg::http
