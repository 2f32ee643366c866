// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopePulses.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::monitor {

namespace {

/// More pulses a second on one direction of a link are not told apart: they become fewer with greater counts.
constexpr double pulsesPerS = 14;
/// Over a longer pause nothing can be said about when something was sent.
constexpr double longestIntervalS = 2.5;

quint64 difference(quint64 earlier, quint64 later)
{
    return later > earlier ? later - earlier : 0;
}

const ScopePeer* find(const ScopeSample& sample, int peer)
{
    for (const ScopePeer& one : sample.peers) {
        if (one.node == peer)
            return &one;
    }
    return nullptr;
}

class Builder
{
public:
    Builder(ScopeScene& scene, const ScopeSceneOptions& options)
        : scene_(scene)
        , flightS_(options.flightS)
    {
    }

    /// `count` frames of one kind, spread over [begin, end).
    void spread(int from, int to, PulseKind kind, quint64 count, double begin, double end)
    {
        if (count == 0)
            return;
        const auto most = std::max<quint64>(1, quint64(std::ceil((end - begin) * pulsesPerS)));
        const quint64 shown = std::min(count, most);
        for (quint64 i = 0; i < shown; ++i) {
            const double at = begin + (double(i) + 0.5) / double(shown) * (end - begin);
            // count / shown, with the rest given to the first ones
            one(from, to, kind, int(count / shown + (i < count % shown ? 1 : 0)), at);
        }
    }

    void one(int from, int to, PulseKind kind, int count, double leaves)
    {
        const double progress = (scene_.moment - leaves) / flightS_;
        if (progress >= 0 && progress < 1) {
            scene_.pulses.push_back({from, to, kind, progress, count});
            scene_.flying |= bit(kind);
        } else if (progress < 0 && leaves < scene_.moment + lookAheadS) {
            scene_.soon |= bit(kind);
        }
    }

    void interval(const ScopeSample& earlier, const ScopeSample& later, int from, const ScopePeer& peer,
                  int to)
    {
        const FrameCounts frames = framesBetween(earlier, later, peer.node);
        for (const PulseKind kind :
             {PulseKind::Heartbeat, PulseKind::Append, PulseKind::Vote, PulseKind::Snapshot})
            spread(from, to, kind, frames.of(kind), earlier.ts, later.ts);
        for (const PulseKind kind : {PulseKind::Reply, PulseKind::Rejected})
            spread(to, from, kind, frames.of(kind), earlier.ts + flightS_, later.ts + flightS_);
    }

    double begin() const { return scene_.moment - 2 * flightS_; }
    double end() const { return scene_.moment + lookAheadS; }

private:
    ScopeScene& scene_;
    double flightS_;
};

void addVotes(ScopeScene& scene, const ScopeRecording& recording, Builder& builder)
{
    for (std::size_t i = recording.eventAfter(builder.end()); i > 0; --i) {
        const RaftEvent& event = recording.events()[i - 1];
        if (event.clusterTs < builder.begin())
            break;
        if (event.kind != u"vote_granted" || event.peer == event.nodeId)
            continue;
        const int from = scene.indexOf(event.nodeId);
        const int to = scene.indexOf(event.peer);
        if (from >= 0 && to >= 0)
            builder.one(from, to, PulseKind::Granted, 1, event.clusterTs);
    }
}

} // namespace

FrameCounts framesBetween(const ScopeSample& earlier, const ScopeSample& later, int peer)
{
    FrameCounts frames;
    const ScopePeer* was = find(earlier, peer);
    const ScopePeer* is = find(later, peer);
    if (!was || !is || earlier.run != later.run || earlier.run.isEmpty())
        return frames;
    const auto set = [&](PulseKind kind, quint64 ScopePeer::*counter) {
        frames.counts[std::size_t(kind)] = difference(was->*counter, is->*counter);
    };
    set(PulseKind::Append, &ScopePeer::append);
    set(PulseKind::Heartbeat, &ScopePeer::heartbeat);
    set(PulseKind::Vote, &ScopePeer::vote);
    set(PulseKind::Snapshot, &ScopePeer::snapshot);
    set(PulseKind::Reply, &ScopePeer::ok);
    set(PulseKind::Rejected, &ScopePeer::rejected);
    return frames;
}

void addPulses(ScopeScene& scene, const ScopeRecording& recording, const std::vector<int>& sceneIndex,
               const ScopeSceneOptions& options)
{
    Builder builder(scene, options);
    for (std::size_t node = 0; node < sceneIndex.size(); ++node) {
        const auto& samples = recording.samples(int(node));
        if (sceneIndex[node] < 0 || samples.size() < 2)
            continue;
        auto later =
            std::upper_bound(samples.begin(), samples.end(), builder.begin(),
                             [](double ts, const ScopeSamplePtr& sample) { return ts < sample->ts; });
        for (; later != samples.end(); ++later) {
            if (later == samples.begin())
                continue;
            const ScopeSample& earlier = **(later - 1);
            if (earlier.ts > builder.end())
                break;
            if ((*later)->ts - earlier.ts > longestIntervalS)
                continue;
            for (const ScopePeer& peer : (*later)->peers) {
                if (sceneIndex[std::size_t(peer.node)] >= 0)
                    builder.interval(earlier, **later, sceneIndex[node], peer,
                                     sceneIndex[std::size_t(peer.node)]);
            }
        }
    }
    addVotes(scene, recording, builder);
}

} // namespace dsmsg::monitor
