// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"

namespace dsmsg::http {

/// POST /sync {since}: committed messages after a seq; bounded, so the caller goes on from `next_since` while
/// `has_more`.
class SyncResource final : public Resource
{
public:
    SyncResource(messaging::MessageReader& reader, AnswerSink& sink, const HttpLimits& limits)
        : reader_(reader)
        , sink_(sink)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    messaging::MessageReader& reader_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
};

} // namespace dsmsg::http
