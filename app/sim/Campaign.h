// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many seeds in several processes. Processes and not threads, because an assertion of the core ends the
// process it fails in: the others go on, and the parent still knows which seed it was.
#pragma once

#include "app/sim/Arguments.h"

namespace dsmsg::sim {

/// Runs the seeds, prints failures, figures and coverage. Returns the exit code of the program.
int runCampaign(const Arguments& arguments);
/// One seed with its whole trace on standard output. Returns the exit code of the program.
int runTraced(const Arguments& arguments);

} // namespace dsmsg::sim
