// SPDX-License-Identifier: GPL-3.0-or-later
//
// Delivery in order of time over HTTP (API.md, Ordering).
#pragma once

#include <string_view>

#include "core/http/HttpLimits.h"
#include "core/http/JsonWriter.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resources.
struct OrderingParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    messaging::MessageReader& reader;
    AnswerSink& sink;
};

/// 0 of nothing.
double share(std::uint64_t part, std::uint64_t whole);
/// {buffer_size, ..., sample_deliverable_messages}, as GET /clock shows it too.
void writeOrdering(JsonWriter& json, const node::OrderingStatus& status);

/// GET /ordering/status: what waits here. Changes nothing.
class OrderingStatusResource final : public ResourceOf<OrderingParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

/// POST /ordering/force_delivery: everything that waits is delivered now, on every node. The leader's.
class ForceDeliveryResource final : public ResourceOf<OrderingParts, Resource::Methods::Post>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;

private:
    Response forced(const node::ForcedDelivery& delivery) const;
};

} // namespace dsmsg::http
