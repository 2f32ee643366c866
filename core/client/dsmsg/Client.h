// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg for C++ programs: the one header to include. Everything works asynchronously in the thread that makes
// the client, which needs a running Qt event loop (QCoreApplication or any other); nothing throws, nothing
// blocks.
//
//     find_package(dsmsg REQUIRED)
//     target_link_libraries(program PRIVATE dsmsg::Client)
//
//     dsmsg::Client::Options options;
//     options.endpoints = *dsmsg::parseEndpoints("http://127.0.0.1:8000,8001,8002");
//     options.seed = dsmsg::systemSeed();
//     dsmsg::Client client(options);
//     client.send(draft, [](const dsmsg::SendResult& result) { ... });
//     auto subscription = client.subscribe(query, [](const dsmsg::Message& message) { ... });
//
// The types are documented where they are declared; units are in their types or names (std::chrono, Ts:
// seconds since the Unix epoch).
#pragma once

#include "core/client/Client.h"

namespace dsmsg {

using client::Ack;
using client::Attempt;
using client::Client;
using client::ClockOffset;
using client::Draft;
using client::InboxPage;
using client::InboxQuery;
using client::jsonString;
using client::Message;
using client::MessagesQuery;
using client::NodeStatus;
using client::Order;
using client::Page;
using client::parseEndpoints;
using client::Receipt;
using client::SendOutcome;
using client::SendResult;
using client::SendWindow;
using client::SubscribeQuery;
using client::Subscription;
using client::SubscriptionState;

} // namespace dsmsg
