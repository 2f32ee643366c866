// SPDX-License-Identifier: GPL-3.0-or-later
//
// From counters to pulses: how many frames went between two samples of one node, and where those are at a
// moment. A node that was started anew counts from zero again, so only samples of one run are compared.
#pragma once

#include <array>
#include <vector>

#include "app/monitor/scope/ScopeScene.h"

namespace dsmsg::monitor {

/// What one node sent to another (Append, Heartbeat, Vote, Snapshot) and got back (Reply, Rejected).
struct FrameCounts
{
    std::array<quint64, pulseKinds> counts{};
    quint64 of(PulseKind kind) const { return counts[std::size_t(kind)]; }
};

/// Nothing when the samples are of different runs.
FrameCounts framesBetween(const ScopeSample& earlier, const ScopeSample& later, int peer);

/// Puts what flies at scene.moment into it, and what will soon. `sceneIndex`: of the recording's nodes.
void addPulses(ScopeScene& scene, const ScopeRecording& recording, const std::vector<int>& sceneIndex,
               const ScopeSceneOptions& options);

} // namespace dsmsg::monitor
