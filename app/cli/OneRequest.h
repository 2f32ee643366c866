// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request to the cluster as a whole command: its answer is shown, or its failure complained of, and the
// exit code says which.
#pragma once

#include <functional>

#include "core/client/Client.h"

namespace dsmsg::cli {

/// Runs the event loop until the answer is there or the time is up; the exit code. `show` gets the body of
/// the answer.
int runOneRequest(client::Client& client, const client::Call::Request& request, client::Client::To to,
                  const std::function<void(const QByteArray&)>& show);

} // namespace dsmsg::cli
