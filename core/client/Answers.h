// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the bodies that API.md promises into values. What does not keep the promise is an Error, never a
// guess: a 200 with something else in it may come from a proxy or from another program on the port.
#pragma once

#include <optional>

#include <QByteArray>

#include "core/base/Result.h"
#include "core/client/ClockEstimate.h"
#include "core/client/Inbox.h"
#include "core/client/Types.h"

namespace dsmsg::client {

/// POST /send, status 200.
Result<SendResult> readAcknowledgement(const QByteArray& body);
/// POST /send, any other status: outcome, reason and what a partial success tells. `outcome` is Rejected,
/// Unknown or Committed as the node says; an Error when it says none of them.
Result<SendResult> readUnavailable(const QByteArray& body);
/// GET /messages, status 200. In order of delivery every message has a delivery seq.
Result<Page> readPage(const QByteArray& body, Order order = Order::Seq);
/// GET /inbox/{recipient}, status 200.
Result<InboxPage> readInbox(const QByteArray& body);
/// POST /inbox/{recipient}/ack, status 200: the cursor.
Result<quint64> readCursor(const QByteArray& body);
/// The data of one event of GET /events.
Result<Message> readStreamed(const QByteArray& data, Order order);
/// GET /status, status 200.
Result<NodeStatus> readStatus(const QByteArray& body);
/// GET /time, status 200, without the own stamps. None when the node says too little, as while it does not
/// know cluster time itself.
std::optional<ClockEstimate::Exchange> readTime(const QByteArray& body);
/// The `reason` or `message` of an error body; empty when there is none.
QString readReason(const QByteArray& body);

} // namespace dsmsg::client
