// SPDX-License-Identifier: GPL-3.0-or-later
//
// Samples and events of a cluster that does what a test says.
#pragma once

#include "app/monitor/scope/ScopeRecording.h"

namespace dsmsg::monitor {

inline constexpr double t0 = 1'795'411'666;

/// A leader n1 and followers; `sent` frames with entries and `beats` without were sent to each so far.
inline Sample sampleOf(const QString& id, double ts, quint64 sent = 0, quint64 beats = 0)
{
    Sample sample;
    sample.nodeId = id;
    sample.run = id + QStringLiteral("-run1");
    sample.clusterTs = ts;
    sample.bound = 0.00015;
    sample.role = id == u"n1" ? Role::Leader : Role::Follower;
    sample.term = 4;
    sample.leaderId = QStringLiteral("n1");
    sample.electionTimeoutMs = 400;
    sample.electionRemainingMs = 300;
    sample.leaderContactMs = 100;
    sample.logFirst = 1;
    sample.logLast = sample.logDurable = sample.commit = sample.applied = 10 + sent;
    for (const QString& peer : {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3")}) {
        if (peer == id)
            continue;
        PeerSample one;
        one.id = peer;
        one.alive = true;
        if (id == u"n1") {
            one.sent.append = one.ok = sent;
            one.sent.heartbeat = beats;
            one.match = 10 + sent;
            one.next = 11 + sent;
            one.lag = 0;
        }
        sample.peers.append(one);
    }
    return sample;
}

inline RaftEvent eventOf(const QString& node, quint64 id, double ts, const QString& kind,
                         const QString& peer = {})
{
    RaftEvent event;
    event.id = id;
    event.nodeId = node;
    event.run = node + QStringLiteral("-run1");
    event.clusterTs = ts;
    event.bound = 0.0001;
    event.kind = kind;
    event.term = 4;
    event.peer = peer;
    event.text = kind;
    return event;
}

/// Three nodes, four samples a second each, from `from` to `to`; the leader sends `perS` entries a second.
inline void record(ScopeRecording& recording, double from, double to, double perS = 40)
{
    for (int i = 0; from + 0.25 * i <= to; ++i) {
        const double ts = from + 0.25 * i;
        for (const auto* id : {u"n1", u"n2", u"n3"})
            recording.add(sampleOf(QString::fromUtf16(id), ts, quint64(0.25 * i * perS), quint64(i)));
    }
}

} // namespace dsmsg::monitor
