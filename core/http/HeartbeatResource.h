// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/http/JsonWriter.h"
#include "core/http/Resource.h"

namespace dsmsg::http {

/// GET /heartbeat: that this process answers, and what its clock says.
class HeartbeatResource final : public Resource
{
public:
    HeartbeatResource(const Clock& clock, std::string nodeId, AnswerSink& sink)
        : clock_(clock)
        , nodeId_(std::move(nodeId))
        , sink_(sink)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request&, ReplyTo to) override
    {
        Response response;
        JsonWriter(response.body)
            .beginObject()
            .field("status", "ok")
            .field("node_id", nodeId_)
            .field("time", clock_.wall())
            .endObject();
        sink_.answer(to, std::move(response));
    }

private:
    const Clock& clock_;
    const std::string nodeId_;
    AnswerSink& sink_;
};

} // namespace dsmsg::http
