// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"

namespace dsmsg::http {

/// GET /messages?limit=&after=&sender=&recipient=: what this node has applied, ascending by seq. Parameters
/// of API.md that this version cannot honour are refused by name: a reader who asked for linearizable must
/// not get local.
class MessagesResource final : public Resource
{
public:
    MessagesResource(messaging::MessageReader& reader, AnswerSink& sink, const HttpLimits& limits)
        : reader_(reader)
        , sink_(sink)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    messaging::MessageReader& reader_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
};

} // namespace dsmsg::http
