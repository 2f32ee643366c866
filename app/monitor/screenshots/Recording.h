// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-monitor --record DIR: the fault lab while "Break it" runs, as numbered pictures of one size, so many
// a second; packaging/scripts/record.sh makes one that moves of them.
#pragma once

#include <QString>

namespace dsmsg::monitor {

/// After prepareForPictures(). Returns the exit code.
int recordFaultLab(const QString& directory);

} // namespace dsmsg::monitor
