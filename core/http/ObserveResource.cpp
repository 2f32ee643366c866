// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ObserveResource.h"

#include <QPointer>
#include <algorithm>
#include <charconv>

#include "core/http/ObserveJson.h"
#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds everyMin{100};
constexpr milliseconds everyMax{2000};
/// An observer hears that the node does not answer, so that it can tell that from a broken connection.
constexpr milliseconds silenceMax{1000};

template <class Number>
bool readNumber(std::string_view text, Number& number)
{
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end;
}

} // namespace

std::optional<Fault> readObserveWish(const std::string& rawQuery, std::string_view lastEventId,
                                     const HttpLimits& limits, ObserveStream::Wish& wish)
{
    const auto query = Query::parse(rawQuery, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    if (const auto text = query->find("every_ms")) {
        milliseconds::rep every = 0;
        if (!readNumber(*text, every) || every < everyMin.count() || every > everyMax.count())
            return Fault{400, "every_ms must be a whole number from 100 to 2000"};
        wish.every = milliseconds(every);
    }
    // A browser that connects again sends the header beside the address it was first given.
    const auto after = lastEventId.empty() ? query->find("after") : std::optional(lastEventId);
    if (!after)
        return std::nullopt;
    std::uint64_t id = 0;
    if (!readNumber(*after, id))
        return Fault{400, "after and Last-Event-ID are the id of an event, or 0 for all that are kept"};
    wish.after = id;
    return std::nullopt;
}

ObserveResource::ObserveResource(const Parts& parts)
    : parts_(parts)
{
    sampler_.setTimerType(Qt::PreciseTimer);
    connect(&sampler_, &QTimer::timeout, this, &ObserveResource::sampleNow);
}

void ObserveResource::handle(const Request& request, ReplyTo to)
{
    ObserveStream::Wish wish;
    if (const auto fault =
            readObserveWish(request.query, request.header("last-event-id"), parts_.limits, wish))
        return parts_.sink.answer(to, faultResponse(*fault));
    dropEnded();
    if (streams_.size() >= parts_.limits.observersMax) {
        ++refused_;
        return parts_.sink.answer(
            to, faultResponse({503, "too many observers are connected; close one, or retry later"}));
    }
    Response response;
    response.contentType = "text/event-stream";
    auto stream = std::make_shared<ObserveStream>(wish, parts_.limits.streamBufferBytesMax);
    response.stream = stream;
    if (request.method != Method::Head)
        streams_.push_back(std::move(stream));
    parts_.sink.answer(to, std::move(response));
    adjustPace();
    // The first picture at once: a monitor that is opened is not empty for a moment.
    sampleNow();
}

void ObserveResource::dropEnded()
{
    // Only the list holds a stream whose connection is gone, or never was.
    std::erase_if(streams_, [](const auto& stream) { return stream.use_count() == 1; });
}

void ObserveResource::adjustPace()
{
    if (streams_.empty())
        return sampler_.stop();
    const auto fastest = std::ranges::min(streams_, {}, &ObserveStream::every)->every();
    if (!sampler_.isActive() || sampler_.intervalAsDuration() != fastest)
        sampler_.start(fastest);
}

std::optional<std::uint64_t> ObserveResource::leastCursor() const
{
    std::optional<std::uint64_t> least;
    for (const auto& stream : streams_) {
        if (stream->ready() && stream->cursor())
            least = std::min(least.value_or(*stream->cursor()), *stream->cursor());
    }
    return least;
}

void ObserveResource::sampleNow()
{
    dropEnded();
    adjustPace();
    if (streams_.empty())
        return;
    const Time now = std::chrono::steady_clock::now();
    if (askedAt_) {
        if (now - *askedAt_ >= silenceMax && now - lastComment_ >= silenceMax) {
            lastComment_ = now;
            const auto streams = streams_;
            for (const auto& stream : streams)
                stream->comment("the node does not answer");
        }
        return;
    }
    askedAt_ = now;
    const auto least = leastCursor();
    const std::uint64_t asked = least.value_or(0);
    parts_.gateway.observe(
        {asked, least ? parts_.limits.observedEventsMax : 0},
        [self = QPointer<ObserveResource>(this), asked](const node::Observation& observation) {
            if (self)
                self->observed(observation, asked);
        });
}

void ObserveResource::observed(const node::Observation& observation, std::uint64_t asked)
{
    askedAt_.reset();
    const Time now = std::chrono::steady_clock::now();
    const milliseconds tolerance = sampler_.intervalAsDuration() / 2;
    std::string json;
    // A copy: a stream that is written to may end, and another may begin.
    const auto streams = streams_;
    for (const auto& stream : streams) {
        if (!stream->ready())
            continue;
        // The sample first: a client that hears of an event knows of the node already.
        if (stream->wantsSample(now, tolerance)) {
            if (json.empty())
                writeSample(json, observation.sample, parts_.figures());
            stream->deliverSample(json, now);
        }
        if (stream->open())
            stream->deliver(observation.events, asked, observation.sample);
    }
}

} // namespace dsmsg::http
