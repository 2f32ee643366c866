// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ws/ClientFrame.h"

#include <limits>

#include "core/http/AckLevels.h"
#include "core/http/FeedPosition.h"

namespace dsmsg::http {

namespace {

constexpr const char* knownTypes = "the frames known here are pub, sub, unsub and credit";

BadFrame bad(const FrameFields& fields, std::string reason)
{
    return {std::move(reason), false, fields.ref, fields.sub};
}

ClientFrame pub(FrameFields& fields, const HttpLimits& limits)
{
    if (!fields.ref)
        return bad(fields, "pub needs ref, a whole number that the answer repeats");
    if (!fields.messages || fields.messages->empty())
        return bad(fields, "pub needs messages, an array of at least one, or message");
    if (fields.messages->size() > limits.batchMessagesMax)
        return bad(fields, "a frame holds at most " + std::to_string(limits.batchMessagesMax) + " messages");
    if (*fields.ref > std::numeric_limits<std::uint64_t>::max() - fields.messages->size())
        return bad(fields, "ref is too large");
    PubFrame frame{*fields.ref, node::AckLevel::Default, std::move(*fields.messages)};
    if (fields.ack) {
        if (const auto fault = readAckLevel(*fields.ack, frame.ack))
            return bad(fields, fault->reason);
    }
    return frame;
}

ClientFrame sub(FrameFields& fields)
{
    SubFrame frame;
    frame.sub = *fields.sub;
    frame.credit = fields.credit.value_or(0);
    const std::string order = fields.order.value_or("seq");
    if (order == "delivery")
        frame.wish.order = FeedOrder::Delivery;
    else if (order != "seq")
        return bad(fields, "order must be seq or delivery");
    if (fields.after) {
        if (const auto fault = readFeedPosition(*fields.after, "after", frame.wish))
            return bad(fields, fault->reason);
    }
    frame.wish.sender = std::move(fields.sender);
    frame.wish.recipient = std::move(fields.recipient);
    return frame;
}

} // namespace

ClientFrame interpret(FrameFields fields, const HttpLimits& limits)
{
    if (!fields.problem.empty())
        return bad(fields, fields.problem);
    const std::string type = fields.type.value_or("");
    if (type == "pub")
        return pub(fields, limits);
    if (type != "sub" && type != "unsub" && type != "credit")
        return bad(fields, type.empty() ? "a frame needs type; " + std::string(knownTypes)
                                        : "unknown type '" + type.substr(0, 32) + "'; " + knownTypes);
    if (!fields.sub)
        return bad(fields, type + " needs sub, a whole number of the client's choice");
    if (type == "sub")
        return sub(fields);
    if (type == "unsub")
        return UnsubFrame{*fields.sub};
    if (!fields.n)
        return bad(fields, "credit needs n, the number of further messages to send");
    return CreditFrame{*fields.sub, *fields.n};
}

} // namespace dsmsg::http
