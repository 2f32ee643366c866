// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the scope shows of one moment, as a function of the recording and the moment alone: the same moment
// looks the same live, replayed and scrubbed to (only a silence is known for one from its beginning
// afterwards).
//
// Samples tell counters, not messages. Their differences become pulses, spread evenly over the time between
// the two samples; many become few that stand for several. An answer leaves when what it answers has
// arrived. The flight itself is drawn much slower than it was.
#pragma once

#include <vector>

#include <QString>

#include "app/monitor/scope/ScopeRecording.h"

namespace dsmsg::monitor {

enum class PulseKind
{
    Append,    ///< entries
    Heartbeat, ///< an append without entries, or a check that the leader still leads
    Vote,      ///< asks for a vote, or whether one would be given
    Granted,   ///< a vote, from the voter's event
    Reply,     ///< entries taken
    Rejected,  ///< entries or a vote refused
    Snapshot,
};
constexpr int pulseKinds = 7;
constexpr unsigned bit(PulseKind kind)
{
    return 1U << unsigned(kind);
}

struct ScenePulse
{
    int from = 0, to = 0; ///< indexes into ScopeScene::nodes
    PulseKind kind = PulseKind::Append;
    double progress = 0; ///< 0 leaves, 1 arrives
    int count = 1;       ///< frames that it stands for
};

/// What a node went through a moment ago; strength falls from 1 to 0.
struct SceneFlash
{
    enum Kind
    {
        None,
        Election,
        Elected,
        SteppedDown,
        Lost
    } kind = None;
    double strength = 0;
};

struct SceneNode
{
    QString id;
    bool known = false; ///< it has a sample at or before the moment: else the figures mean nothing
    bool alive = false; ///< it was heard around the moment
    double ageS = 0;    ///< since its newest sample before the moment, while it is not alive
    Role role = Role::Unknown;
    bool leads = false; ///< as the newest term around the moment has it
    bool serving = false;
    int faults = 0;
    quint64 term = 0;
    int leader = -1;        ///< index into nodes, as it believes; -1: none
    double timer = unknown; ///< what is left of its election timeout, 1 to 0; NaN: it has none
    double timerMs = unknown;
    double boundMs = unknown;
    quint64 first = 0, last = 0, durable = 0, commit = 0, applied = 0, snapshot = 0;
    qint64 next = -1, match = -1; ///< as the leader sees it
    qint64 lag = -1;              ///< committed entries that it lacks
    SceneFlash flash;
};

/// One direction of a link.
struct SceneLink
{
    enum State
    {
        Unknown,
        Up,
        Cut, ///< both ends live, but the sender does not reach the other
        Dead ///< an end is silent
    } state = Unknown;
    double rttMs = unknown;
    int perSecond[pulseKinds] = {}; ///< frames in the last second
};

struct SceneEdge
{
    int a = 0, b = 0; ///< indexes into nodes, a < b
    SceneLink ab, ba;
};

struct ScopeScene
{
    double moment = 0;
    int leader = -1;
    bool elections = false; ///< somebody stands for election
    double simultaneityMs = unknown;
    std::vector<SceneNode> nodes; ///< by id
    std::vector<SceneEdge> edges;
    std::vector<ScenePulse> pulses;
    unsigned flying = 0; ///< bits of the kinds of `pulses`
    unsigned soon = 0;   ///< bits of the kinds that leave within lookAheadS
    bool flashing = false;

    int indexOf(const QString& id) const;
};

struct ScopeSceneOptions
{
    double flightS = 0.32; ///< how long a pulse is on its way, in cluster time
};

ScopeScene sceneAt(const ScopeRecording& recording, double moment, const ScopeSceneOptions& options = {});

constexpr double lookAheadS = 0.3;
constexpr double flashS = 1.2;

} // namespace dsmsg::monitor
