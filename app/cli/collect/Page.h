// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report as one HTML page that needs nothing else: no network, no script; light or dark as the reader's
// system is.
#pragma once

#include "app/cli/collect/Report.h"

namespace dsmsg::collect {

QString pageOf(const Report& report);

} // namespace dsmsg::collect
