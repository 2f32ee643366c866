// SPDX-License-Identifier: GPL-3.0-or-later
//
// Waiting for a condition while the window lives on. For scripts that drive the window from outside; nothing
// in the application itself waits.
#pragma once

#include <functional>

#include "core/base/Clock.h"

namespace dsmsg::monitor {

/// False when the condition did not come true within `patience`.
bool await(const std::function<bool()>& condition, Milliseconds patience = Milliseconds(10'000));
/// Lets everything that is queued happen.
void handleEvents();

} // namespace dsmsg::monitor
