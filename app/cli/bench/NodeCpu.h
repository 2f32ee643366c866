// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much processor time the nodes of this machine have used. They are found by the port that they listen
// on, so that nobody has to say their process ids; nodes elsewhere, or of other users, are left out.
#pragma once

#include <optional>
#include <vector>

#include <QUrl>

#include "core/base/Clock.h"

namespace dsmsg::bench {

struct LocalProcess
{
    QUrl url;
    int pid = 0;
};

/// Those of the nodes that run here and may be looked at. Reads /proc once.
std::vector<LocalProcess> localNodes(const QList<QUrl>& urls);
/// User and system time so far; none when it is gone.
std::optional<Duration> cpuTime(int pid);
/// Of this process.
Duration ownCpuTime();

} // namespace dsmsg::bench
