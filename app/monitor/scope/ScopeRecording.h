// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last ten minutes of all nodes, as the scope needs them: each node's samples in the order of cluster
// time, and what happened, in one order and for longer. Only what is drawn is kept, names once, so that ten
// minutes of five nodes are a few megabytes; what is older, or would make it larger than its bound, goes. A
// copy shares the samples, so that a file can be written from one while the next samples come in.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// A link as its sender sees it. Counters count from the start of the sender's run.
struct ScopePeer
{
    int node = -1; ///< index into ScopeRecording::names()
    bool alive = false;
    bool voter = true;
    qint64 next = -1, match = -1, lag = -1; ///< -1: the sender does not lead
    double rttMs = unknown;
    quint64 append = 0, heartbeat = 0, vote = 0, snapshot = 0, ok = 0, rejected = 0;
};

struct ScopeSample
{
    int node = -1;
    int leader = -1; ///< -1: it knows none
    Role role = Role::Unknown;
    bool serving = false;
    int faults = 0;
    QString run; ///< shared between the samples of a run
    double ts = 0;
    double bound = unknown; ///< seconds
    quint64 term = 0;
    double electionTimeoutMs = unknown, electionRemainingMs = unknown, leaderContactMs = unknown;
    quint64 first = 0, last = 0, durable = 0, commit = 0, applied = 0, snapshot = 0;
    double acknowledgedPerS = 0;
    std::vector<ScopePeer> peers;
};
using ScopeSamplePtr = std::shared_ptr<const ScopeSample>;

class ScopeRecording
{
public:
    static constexpr double spanS = 600;
    static constexpr std::size_t maxEvents = 10'000;
    static constexpr std::size_t maxBytes = 48'000'000;
    static constexpr int maxNodes = 64;
    /// Without a sample for so long a node counts as silent.
    static constexpr double silentS = 1.5;

    /// False: it was there already, is older than what is kept, or has no name.
    bool add(const Sample& sample);
    bool add(const RaftEvent& event);
    void clear();

    bool empty() const { return sampleCount_ == 0; }
    double from() const { return from_; } ///< cluster time of the oldest sample kept; 0 when empty
    double to() const { return to_; }
    std::size_t sampleCount() const { return sampleCount_; }
    std::size_t bytes() const { return bytes_; } ///< about

    const QStringList& names() const { return names_; }
    /// Of one node, by cluster time.
    const std::vector<ScopeSamplePtr>& samples(int node) const { return samples_[std::size_t(node)]; }
    /// Of all nodes, by cluster time.
    const std::vector<RaftEvent>& events() const { return events_; }

    /// The newest sample of a node at or before `ts`, and the one after it; null where there is none.
    struct Around
    {
        ScopeSamplePtr before, after;
    };
    Around around(int node, double ts) const;
    /// The first event after `ts`, as an index; events().size() when there is none.
    std::size_t eventAfter(double ts) const;
    /// Events up to so many seconds apart cannot be put in order: twice the worst bound of clocks near `ts`.
    double simultaneityS(double ts) const;

private:
    ScopeSamplePtr compact(int node, const Sample& sample);
    int nodeOf(const QString& name);
    void forgetOld();
    void dropOldest(std::vector<ScopeSamplePtr>& samples, std::size_t count);

    QStringList names_;
    std::vector<std::vector<ScopeSamplePtr>> samples_;
    std::vector<RaftEvent> events_;
    std::size_t sampleCount_ = 0;
    std::size_t bytes_ = 0;
    double from_ = 0;
    double to_ = 0;
};

} // namespace dsmsg::monitor
