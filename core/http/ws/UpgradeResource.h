// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/Resource.h"

namespace dsmsg::http {

/// GET /ws without an upgrade. With one, a connection never gets here: the acceptor hands it to
/// WebSocketFront.
class UpgradeResource final : public Resource
{
public:
    explicit UpgradeResource(AnswerSink& sink)
        : sink_(sink)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request&, ReplyTo to) override
    {
        Response response = faultResponse({426, "this is a WebSocket; connect to ws://.../ws"});
        response.offersWebSocket = true;
        sink_.answer(to, std::move(response));
    }

private:
    AnswerSink& sink_;
};

} // namespace dsmsg::http
