// SPDX-License-Identifier: GPL-3.0-or-later
//
// A recipient's inbox: what the cluster holds for it after its cursor. The cursor is the cluster's, durable
// and replicated like messages, so that a consumer may die at any moment and another go on where it was. Who
// acts on messages first and acknowledges them then loses none, and sees those again that it had not
// acknowledged.
#pragma once

#include "core/client/Types.h"

namespace dsmsg::client {

struct InboxQuery
{
    quint32 limit = 50;   ///< messages at most
    Milliseconds wait{0}; ///< up to 60 s: an empty inbox waits so long for a first message
};

struct InboxPage
{
    quint64 cursor = 0;  ///< the seq through which everything is acknowledged
    quint64 through = 0; ///< the seq through which the inbox was looked at: beyond the last message when what
                         ///< follows is not for this recipient, and then as good to acknowledge
    QList<Message> messages; ///< to the recipient or to "all", after the cursor, ascending by seq
};

} // namespace dsmsg::client
