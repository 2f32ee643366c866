// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/WriteResource.h"

namespace dsmsg::http {

/// POST /send: one message through the log. `?ack=leader|quorum|all` asks for an acknowledgement other than
/// the leader's replication mode.
class SendResource final : public WriteResource
{
public:
    explicit SendResource(WriteParts parts)
        : WriteResource(parts)
    {
    }
    void handle(const Request& request, ReplyTo to) override;

private:
    std::string_view path() const override { return "/send"; }
    Response accepted(const node::Accepted& accepted) const override;
};

} // namespace dsmsg::http
