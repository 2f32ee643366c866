// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `dsmsg doctor` examines on this machine, each within a few seconds and leaving nothing behind.
#pragma once

#include <optional>

#include "app/cli/doctor/Finding.h"
#include "core/base/Histogram.h"

namespace dsmsg::doctor {

/// How long syncs of small appends take, as a node does them.
struct SyncLatency
{
    Histogram durations;
    Duration greatest{};
};

/// File system, space, and the latency of fdatasync compared with O_DSYNC in this directory, within `budget`
/// each. `latency` is set when it could be measured.
Findings examineDisk(const QString& directory, Milliseconds budget, std::optional<SyncLatency>& latency);
/// Who keeps this machine's clock, how well it says it does, and how the wall clock runs against the boot
/// clock over `duration`.
Findings examineClock(Milliseconds duration);
/// Open files, memory, control group.
Findings examineLimits();
/// Processors, kernel settings.
Findings examineMachine();
/// Whether a node could listen there. Ports in `taken` are known to be nodes.
Findings examinePorts(const QList<quint16>& ports, const QList<quint16>& taken);

/// "1.25 ms"
QString inMs(Duration duration);
/// "12.3 GB"
QString inBytes(double bytes);

} // namespace dsmsg::doctor
