// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET /observe?every_ms=&after=: what the monitor lives on. One sampler for all observers, at the fastest
// interval that one of them asked for: it asks the node once for a sample and the events since the slowest of
// those that can take any, and each observer gets what it lacks. At most one question is under way, so that a
// node that does not answer is not asked again and again.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

#include "core/http/FrontFigures.h"
#include "core/http/HttpLimits.h"
#include "core/http/ObserveStream.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

class ObserveResource final : public QObject, public Resource
{
    Q_OBJECT

public:
    /// All of them outlive the resource, and the connections end before it.
    struct Parts
    {
        node::Gateway& gateway;
        AnswerSink& sink;
        const HttpLimits& limits;
        const FiguresSource& figures;
    };
    explicit ObserveResource(const Parts& parts);

    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

    std::size_t observers() const { return streams_.size(); }
    std::uint64_t refused() const { return refused_; }

private:
    using Time = ObserveStream::Time;

    void sampleNow();
    void observed(const node::Observation& observation, std::uint64_t asked);
    void dropEnded();
    void adjustPace();
    std::optional<std::uint64_t> leastCursor() const;

    const Parts parts_;
    std::vector<std::shared_ptr<ObserveStream>> streams_;
    QTimer sampler_;
    std::optional<Time> askedAt_; ///< a question is under way
    Time lastComment_{};
    std::uint64_t refused_ = 0;
};

/// Reads every_ms and after; `lastEventId`, the header, wins over `after`. None: `wish` is what was asked
/// for.
std::optional<Fault> readObserveWish(const std::string& rawQuery, std::string_view lastEventId,
                                     const HttpLimits& limits, ObserveStream::Wish& wish);

} // namespace dsmsg::http
