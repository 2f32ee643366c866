// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message as a line of an exported file. Numbers and payloads are the text that the node wrote, digit for
// digit; nothing goes through a double.
#pragma once

#include <QByteArray>

#include "core/client/Types.h"

namespace dsmsg::monitor {

/// RFC 4180: commas, CRLF, fields with a comma, a quote or a line end in quotes.
QByteArray csvHeader();
QByteArray csvLine(const client::Message& message);
/// The whole message as JSON, on one line.
QByteArray jsonLine(const client::Message& message);

} // namespace dsmsg::monitor
