// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters of GET /messages, read and checked (API.md, Messages).
#pragma once

#include <optional>
#include <string>

#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

struct MessagesQuery
{
    messaging::PageQuery page;
    bool byDelivery = false;             ///< positions are delivery seqs, and so is what is answered
    std::optional<std::int64_t> after{}; ///< as given; negative reads from the start
    std::optional<std::int64_t> before{};
    std::optional<std::string> msgId{}; ///< this one alone
    Milliseconds wait{};                ///< for an empty page to become none
    node::ReadWish wish{};
};

/// None: `asked` is what was asked for.
std::optional<Fault> readMessagesQuery(const std::string& raw, const HttpLimits& limits,
                                       MessagesQuery& asked);

} // namespace dsmsg::http
