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

/// {buffer_size, ..., sample_deliverable_messages}, as GET /clock shows it too.
void writeOrdering(JsonWriter& json, const node::OrderingStatus& status);

/// GET /ordering/status: what waits here. Changes nothing.
class OrderingStatusResource final : public Resource
{
public:
    explicit OrderingStatusResource(OrderingParts parts)
        : parts_(parts)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    OrderingParts parts_;
};

/// POST /ordering/force_delivery: everything that waits is delivered now, on every node. The leader's.
class ForceDeliveryResource final : public Resource
{
public:
    explicit ForceDeliveryResource(OrderingParts parts)
        : parts_(parts)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    Response forced(const node::ForcedDelivery& delivery) const;

    OrderingParts parts_;
};

} // namespace dsmsg::http
