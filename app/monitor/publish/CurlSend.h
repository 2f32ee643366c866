// SPDX-License-Identifier: GPL-3.0-or-later
//
// A send as a line for a POSIX shell that does the same.
#pragma once

#include <QString>
#include <QUrl>

#include "core/client/Types.h"

namespace dsmsg::monitor {

/// curl for POST /send at this node; -L goes on to the leader.
QString curlSend(const QUrl& node, const client::Draft& draft);
/// The body of that request: what the person has set, and no more.
QByteArray sendBody(const client::Draft& draft);

} // namespace dsmsg::monitor
