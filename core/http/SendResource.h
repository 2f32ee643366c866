// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/Resource.h"
#include "core/http/SubmissionQueue.h"

namespace dsmsg::http {

/// POST /send: one message through the log. `?ack=leader|quorum|all` asks for an acknowledgement other than
/// the leader's replication mode.
class SendResource final : public Resource, private WriteRoute
{
public:
    SendResource(SubmissionQueue& submissions, AnswerSink& sink, const HttpLimits& limits)
        : submissions_(submissions)
        , sink_(sink)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    std::string_view path() const override { return "/send"; }
    Response accepted(const node::Accepted& accepted) const override;

    SubmissionQueue& submissions_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
};

} // namespace dsmsg::http
