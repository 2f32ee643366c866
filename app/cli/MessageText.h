// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message on one line, for people or for programs, the same in every command that shows messages.
#pragma once

#include "core/client/Types.h"

namespace dsmsg::cli {

/// "number  time  sender -> recipient  payload"; the number is that of `order`.
QString messageInWords(const client::Message& message, client::Order order);
/// As the node wrote it, without line ends: between tokens a blank says the same.
QByteArray messageJson(const client::Message& message);

} // namespace dsmsg::cli
