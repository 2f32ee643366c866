// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeRecording.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::monitor {

namespace {

/// A sample that claims to be so far ahead of all others is a wrong clock: it must not make us forget the
/// rest.
constexpr double believableS = 3600;

std::size_t bytesOf(const ScopeSample& sample)
{
    return sizeof(ScopeSample) + sample.peers.size() * sizeof(ScopePeer) + 32;
}

bool earlier(double ts, const ScopeSamplePtr& sample)
{
    return ts < sample->ts;
}

} // namespace

bool ScopeRecording::add(const Sample& sample)
{
    if (sample.nodeId.isEmpty() || !std::isfinite(sample.clusterTs) || sample.clusterTs <= 0)
        return false;
    if (!empty() && (sample.clusterTs < to_ - spanS || sample.clusterTs > to_ + believableS))
        return false;
    const int node = nodeOf(sample.nodeId);
    if (node < 0)
        return false;
    ScopeSamplePtr kept = compact(node, sample); // may add peers: samples_ moves
    auto& samples = samples_[std::size_t(node)];
    const auto place = std::upper_bound(samples.begin(), samples.end(), sample.clusterTs, earlier);
    if (place != samples.begin() && (*(place - 1))->ts == sample.clusterTs)
        return false;
    bytes_ += bytesOf(*kept);
    ++sampleCount_;
    samples.insert(place, std::move(kept));
    to_ = std::max(to_, sample.clusterTs);
    forgetOld();
    return true;
}

ScopeSamplePtr ScopeRecording::compact(int node, const Sample& sample)
{
    const auto& before = samples_[std::size_t(node)];
    auto kept = std::make_shared<ScopeSample>();
    kept->node = node;
    kept->run = !before.empty() && before.back()->run == sample.run ? before.back()->run : sample.run;
    kept->leader = sample.leaderId.isEmpty() ? -1 : nodeOf(sample.leaderId);
    kept->role = sample.role;
    kept->serving = sample.serving;
    kept->faults = sample.faults;
    kept->ts = sample.clusterTs;
    kept->bound = sample.bound.value_or(unknown);
    kept->term = sample.term;
    kept->electionTimeoutMs = sample.electionTimeoutMs.value_or(unknown);
    kept->electionRemainingMs = sample.electionRemainingMs.value_or(unknown);
    kept->leaderContactMs = sample.leaderContactMs.value_or(unknown);
    kept->first = sample.logFirst;
    kept->last = sample.logLast;
    kept->durable = sample.logDurable;
    kept->commit = sample.commit;
    kept->applied = sample.applied;
    kept->snapshot = sample.snapshot;
    kept->acknowledgedPerS = sample.acknowledgedPerS;
    const auto known = [](const std::optional<quint64>& value) { return value ? qint64(*value) : -1; };
    for (const PeerSample& peer : sample.peers) {
        const int index = nodeOf(peer.id);
        if (index < 0)
            continue;
        kept->peers.push_back({index, peer.alive, peer.voter.value_or(true), known(peer.next),
                               known(peer.match), known(peer.lag), peer.rttMs.value_or(unknown),
                               peer.sent.append, peer.sent.heartbeat, peer.sent.vote + peer.sent.prevote,
                               peer.sent.snapshot, peer.ok, peer.rejected});
    }
    return kept;
}

bool ScopeRecording::add(const RaftEvent& event)
{
    if (event.nodeId.isEmpty() || !std::isfinite(event.clusterTs))
        return false;
    const auto before = [](double ts, const RaftEvent& other) { return ts < other.clusterTs; };
    auto place = std::upper_bound(events_.begin(), events_.end(), event.clusterTs, before);
    for (auto same = place; same != events_.begin() && (same - 1)->clusterTs == event.clusterTs; --same) {
        if ((same - 1)->id == event.id && (same - 1)->nodeId == event.nodeId)
            return false;
    }
    if (events_.size() >= maxEvents) {
        if (place == events_.begin())
            return false;
        const auto at = place - events_.begin();
        events_.erase(events_.begin());
        place = events_.begin() + at - 1;
    }
    events_.insert(place, event);
    return true;
}

void ScopeRecording::clear()
{
    *this = ScopeRecording();
}

ScopeRecording::Around ScopeRecording::around(int node, double ts) const
{
    const auto& samples = samples_[std::size_t(node)];
    const auto after = std::upper_bound(samples.begin(), samples.end(), ts, earlier);
    return {after == samples.begin() ? nullptr : *(after - 1), after == samples.end() ? nullptr : *after};
}

std::size_t ScopeRecording::eventAfter(double ts) const
{
    const auto after = std::upper_bound(events_.begin(), events_.end(), ts,
                                        [](double t, const RaftEvent& event) { return t < event.clusterTs; });
    return std::size_t(after - events_.begin());
}

double ScopeRecording::simultaneityS(double ts) const
{
    double worst = unknown;
    for (int node = 0; node < names_.size(); ++node) {
        const Around near = around(node, ts);
        if (near.before && ts - near.before->ts < silentS && !(near.before->bound <= worst))
            worst = std::isnan(near.before->bound) ? worst : near.before->bound;
    }
    return 2 * worst;
}

int ScopeRecording::nodeOf(const QString& name)
{
    const auto at = names_.indexOf(name);
    if (at >= 0)
        return int(at);
    if (names_.size() >= maxNodes || name.isEmpty())
        return -1;
    names_.append(name);
    samples_.emplace_back();
    return int(names_.size()) - 1;
}

void ScopeRecording::forgetOld()
{
    const double oldest = to_ - spanS;
    from_ = to_;
    for (auto& samples : samples_) {
        const auto kept = std::upper_bound(samples.begin(), samples.end(), oldest, earlier);
        dropOldest(samples, std::size_t(kept - samples.begin()));
        if (!samples.empty())
            from_ = std::min(from_, samples.front()->ts);
    }
    while (bytes_ > maxBytes) {
        const auto longest =
            std::max_element(samples_.begin(), samples_.end(),
                             [](const auto& a, const auto& b) { return a.size() < b.size(); });
        dropOldest(*longest, longest->size() / 8 + 1);
    }
}

void ScopeRecording::dropOldest(std::vector<ScopeSamplePtr>& samples, std::size_t count)
{
    count = std::min(count, samples.size());
    for (std::size_t i = 0; i < count; ++i)
        bytes_ -= bytesOf(*samples[i]);
    sampleCount_ -= count;
    samples.erase(samples.begin(), samples.begin() + std::ptrdiff_t(count));
}

} // namespace dsmsg::monitor
