// SPDX-License-Identifier: GPL-3.0-or-later
//
// Assertions that stay on in release builds: a node whose own invariants broke must stop before it tells
// others.
#pragma once

namespace dsmsg {

/// Prints what failed and where to stderr, then aborts.
[[noreturn]] void assertionFailed(const char* expression, const char* file, int line, const char* why);

} // namespace dsmsg

/// `why` says in words what the broken condition would mean.
#define DSMSG_ASSERT(condition, why)                                                                         \
    ((condition) ? static_cast<void>(0) : ::dsmsg::assertionFailed(#condition, __FILE__, __LINE__, why))
