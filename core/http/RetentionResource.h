// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the cluster keeps (API.md, Retention). GET shows the rules and what this node keeps and has removed;
// POST {recipient?, max_age?, max_messages?, max_bytes?} replaces the rule of a recipient, or of the cluster;
// DELETE ?recipient= clears it. Changes are the leader's.
#pragma once

#include "core/http/ClusterResources.h"
#include "core/messaging/Orders.h"

namespace dsmsg::http {

class RetentionResource final : public ResourceOf<ClusterParts, Resource::Methods::GetPostDelete>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;

private:
    void show(ReplyTo to);
    void set(const Request& request, messaging::RetentionRule rule, ReplyTo to);
};

} // namespace dsmsg::http
