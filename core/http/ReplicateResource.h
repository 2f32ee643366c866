// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/HttpLimits.h"
#include "core/http/Resource.h"
#include "core/http/SubmissionQueue.h"

namespace dsmsg::http {

/// POST /replicate {msg:{...}}: kept for existing peers. A message goes through Raft like any other; the seq
/// and corrected time it claims are ignored.
class ReplicateResource final : public Resource, private WriteRoute
{
public:
    ReplicateResource(SubmissionQueue& submissions, AnswerSink& sink, const HttpLimits& limits)
        : submissions_(submissions)
        , sink_(sink)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    std::string_view path() const override { return "/replicate"; }
    Response accepted(const node::Accepted& accepted) const override;

    SubmissionQueue& submissions_;
    AnswerSink& sink_;
    const HttpLimits& limits_;
};

} // namespace dsmsg::http
