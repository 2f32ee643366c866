// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/http/Resource.h"
#include "core/http/SubmissionQueue.h"

namespace dsmsg::http {

/// What a route that writes needs. All must outlive the route, which must live as long as the queue has
/// outcomes to give.
struct WriteParts
{
    SubmissionQueue& submissions;
    AnswerSink& sink;
    const HttpLimits& limits;
};

/// A route that writes one message through the log. Redirects and refusals look alike on all of them; what
/// success looks like is the route's affair.
class WriteResource : public Resource, private OutcomeReceiver
{
public:
    Methods methods() const final { return Methods::Post; }

protected:
    explicit WriteResource(WriteParts parts)
        : parts_(parts)
    {
    }

    /// Answers `to` later, or at once when too much is waiting.
    void submit(node::Draft draft, node::AckLevel ack, const Request& request, ReplyTo to);
    void refuse(const Fault& fault, ReplyTo to);
    const HttpLimits& limits() const { return parts_.limits; }

private:
    struct Waiting
    {
        std::string query; ///< for a redirect
        ReplyTo to;
    };

    virtual std::string_view path() const = 0; ///< where a redirect points to on the leader
    virtual Response accepted(const node::Accepted& accepted) const = 0;
    void settled(const Settled& one) final;

    WriteParts parts_;
    SlotTable<Waiting> waiting_;
};

} // namespace dsmsg::http
