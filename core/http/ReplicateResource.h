// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/WriteResource.h"

namespace dsmsg::http {

/// POST /replicate {msg:{...}}: kept for existing peers. A message goes through Raft like any other; the seq
/// and corrected time it claims are ignored.
class ReplicateResource final : public WriteResource
{
public:
    explicit ReplicateResource(WriteParts parts)
        : WriteResource(parts)
    {
    }
    void handle(const Request& request, ReplyTo to) override;

private:
    std::string_view path() const override { return "/replicate"; }
    Response accepted(const node::Accepted& accepted) const override;
};

} // namespace dsmsg::http
