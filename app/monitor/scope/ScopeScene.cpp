// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeScene.h"

#include <algorithm>
#include <cmath>

#include "app/monitor/scope/ScopePulses.h"

namespace dsmsg::monitor {

namespace {

/// A node that nobody mentions any more is shown so long after its last sample.
constexpr double rememberedS = 10;

struct Seen
{
    ScopeRecording::Around around;
    bool alive = false;
};

bool heardAround(const ScopeRecording::Around& around, double moment)
{
    if (!around.before)
        return false;
    // Live, the sample after the moment may be under way; a silence is told by its length.
    const double silence = around.after && around.after->run == around.before->run
                               ? around.after->ts - around.before->ts
                               : moment - around.before->ts;
    return silence < ScopeRecording::silentS;
}

std::vector<Seen> look(const ScopeRecording& recording, double moment)
{
    std::vector<Seen> seen(std::size_t(recording.names().size()));
    for (std::size_t node = 0; node < seen.size(); ++node) {
        seen[node].around = recording.around(int(node), moment);
        seen[node].alive = heardAround(seen[node].around, moment);
    }
    return seen;
}

/// Which of the recording's nodes belong to the cluster at the moment, by id.
std::vector<int> membersAt(const ScopeRecording& recording, const std::vector<Seen>& seen, double moment)
{
    std::vector<bool> mentioned(seen.size());
    bool anybody = false;
    for (const Seen& one : seen) {
        anybody |= one.alive;
        for (std::size_t i = 0; one.alive && i < one.around.before->peers.size(); ++i)
            mentioned[std::size_t(one.around.before->peers[i].node)] = true;
    }
    std::vector<int> members;
    for (std::size_t node = 0; node < seen.size(); ++node) {
        const auto& before = seen[node].around.before;
        if (mentioned[node] || (before && (!anybody || moment - before->ts < rememberedS)))
            members.push_back(int(node));
    }
    std::sort(members.begin(), members.end(),
              [&](int a, int b) { return recording.names()[a] < recording.names()[b]; });
    return members;
}

/// Logs grow evenly between two samples, as pulses are spread evenly; what got shorter did so at once.
class Growth
{
public:
    Growth(const ScopeRecording::Around& around, double moment)
    {
        if (around.after && around.after->run == around.before->run && around.after->ts > around.before->ts)
            share_ =
                std::clamp((moment - around.before->ts) / (around.after->ts - around.before->ts), 0.0, 1.0);
    }
    template <class Number>
    Number of(Number before, Number after) const
    {
        return after > before ? before + Number(double(after - before) * share_) : before;
    }
    bool none() const { return share_ == 0; }

private:
    double share_ = 0;
};

SceneNode nodeAt(const QString& id, const Seen& seen, double moment)
{
    SceneNode node;
    node.id = id;
    if (!seen.around.before)
        return node;
    const ScopeSample& sample = *seen.around.before;
    node.known = true;
    node.alive = seen.alive;
    node.ageS = moment - sample.ts;
    node.role = sample.role;
    node.serving = sample.serving;
    node.faults = sample.faults;
    node.term = sample.term;
    node.boundMs = sample.bound * 1000;
    const Growth growth(seen.around, moment);
    const ScopeSample& next = growth.none() || !seen.alive ? sample : *seen.around.after;
    node.first = growth.of(sample.first, next.first);
    node.last = growth.of(sample.last, next.last);
    node.durable = growth.of(sample.durable, next.durable);
    node.commit = growth.of(sample.commit, next.commit);
    node.applied = growth.of(sample.applied, next.applied);
    node.snapshot = growth.of(sample.snapshot, next.snapshot);
    return node;
}

/// When `node` last heard of its leader before the moment. Its samples tell contacts; between those the
/// leader's frames to it are taken as evenly spread.
double lastContact(const ScopeRecording::Around& around, const ScopeRecording::Around* leader, int node,
                   double moment)
{
    const ScopeSample& before = *around.before;
    if (around.after && around.after->run == before.run && std::isfinite(around.after->leaderContactMs)) {
        const double contact = around.after->ts - around.after->leaderContactMs / 1000;
        if (contact <= moment)
            return contact;
    }
    const double contact = before.ts - before.leaderContactMs / 1000;
    if (!leader || !leader->before || !leader->after)
        return contact;
    const FrameCounts frames = framesBetween(*leader->before, *leader->after, node);
    const quint64 count = frames.of(PulseKind::Append) + frames.of(PulseKind::Heartbeat);
    if (count == 0 || moment <= contact)
        return contact;
    const double period = (leader->after->ts - leader->before->ts) / double(count);
    return contact + std::floor((moment - contact) / period) * period;
}

void setTimer(SceneNode& node, const std::vector<Seen>& seen, int index, double moment)
{
    const auto& around = seen[std::size_t(index)].around;
    if (!node.alive || node.leads || !(around.before->electionTimeoutMs > 0))
        return;
    const int leader = around.before->leader;
    const bool heard = leader >= 0 && leader != index && seen[std::size_t(leader)].alive;
    double remaining = unknown;
    if (std::isfinite(around.before->leaderContactMs) && heard) {
        const double contact = lastContact(around, &seen[std::size_t(leader)].around, index, moment);
        remaining = around.before->electionTimeoutMs - (moment - contact) * 1000;
    } else {
        remaining = around.before->electionRemainingMs - (moment - around.before->ts) * 1000;
    }
    if (!std::isfinite(remaining))
        return;
    node.timerMs = std::clamp(remaining, 0.0, around.before->electionTimeoutMs);
    node.timer = node.timerMs / around.before->electionTimeoutMs;
}

int leaderOf(const std::vector<SceneNode>& nodes)
{
    int leader = -1;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].alive && nodes[i].role == Role::Leader &&
            (leader < 0 || nodes[i].term > nodes[std::size_t(leader)].term))
            leader = int(i);
    }
    return leader;
}

void setProgress(ScopeScene& scene, const std::vector<int>& sceneIndex, const ScopeRecording::Around& leader)
{
    const Growth growth(leader, scene.moment);
    const auto& later = growth.none() ? leader.before : leader.after;
    for (const ScopePeer& peer : leader.before->peers) {
        const int at = sceneIndex[std::size_t(peer.node)];
        if (at < 0)
            continue;
        const auto same = std::find_if(later->peers.begin(), later->peers.end(),
                                       [&](const ScopePeer& other) { return other.node == peer.node; });
        const ScopePeer& after = same == later->peers.end() ? peer : *same;
        SceneNode& node = scene.nodes[std::size_t(at)];
        node.next = growth.of(peer.next, after.next);
        node.match = growth.of(peer.match, after.match);
        node.lag = peer.lag;
    }
    SceneNode& own = scene.nodes[std::size_t(scene.leader)];
    own.next = qint64(own.last) + 1;
    own.match = qint64(own.durable);
    own.lag = 0;
}

SceneLink linkAt(const ScopeRecording& recording, const std::vector<Seen>& seen, int from, int to,
                 double moment)
{
    SceneLink link;
    const Seen& sender = seen[std::size_t(from)];
    if (!sender.alive || !seen[std::size_t(to)].alive) {
        link.state = SceneLink::Dead;
        return link;
    }
    for (const ScopePeer& peer : sender.around.before->peers) {
        if (peer.node != to)
            continue;
        link.state = peer.alive ? SceneLink::Up : SceneLink::Cut;
        link.rttMs = peer.rttMs;
    }
    const auto past = recording.around(from, moment - 1);
    const FrameCounts frames =
        framesBetween(past.before ? *past.before : *sender.around.before, *sender.around.before, to);
    const double interval = past.before ? sender.around.before->ts - past.before->ts : 1;
    for (int kind = 0; kind < pulseKinds; ++kind)
        link.perSecond[kind] =
            int(std::lround(double(frames.counts[std::size_t(kind)]) / std::max(interval, 0.1)));
    return link;
}

void setFlashes(ScopeScene& scene, const ScopeRecording& recording)
{
    for (std::size_t i = recording.eventAfter(scene.moment); i > 0; --i) {
        const RaftEvent& event = recording.events()[i - 1];
        const double strength = 1 - (scene.moment - event.clusterTs) / flashS;
        if (strength <= 0)
            break;
        const auto kind = event.kind == u"election_started" ? SceneFlash::Election
                          : event.kind == u"leader_elected" ? SceneFlash::Elected
                          : event.kind == u"stepped_down"   ? SceneFlash::SteppedDown
                                                            : SceneFlash::None;
        const int at = scene.indexOf(event.nodeId);
        if (kind == SceneFlash::None || at < 0)
            continue;
        SceneFlash& flash = scene.nodes[std::size_t(at)].flash;
        if (flash.kind == SceneFlash::None)
            flash = {kind, strength};
        scene.flashing = true;
    }
}

} // namespace

int ScopeScene::indexOf(const QString& id) const
{
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].id == id)
            return int(i);
    }
    return -1;
}

ScopeScene sceneAt(const ScopeRecording& recording, double moment, const ScopeSceneOptions& options)
{
    ScopeScene scene;
    scene.moment = moment;
    const std::vector<Seen> seen = look(recording, moment);
    const std::vector<int> members = membersAt(recording, seen, moment);
    std::vector<int> sceneIndex(seen.size(), -1);
    for (std::size_t i = 0; i < members.size(); ++i) {
        sceneIndex[std::size_t(members[i])] = int(i);
        scene.nodes.push_back(nodeAt(recording.names()[members[i]], seen[std::size_t(members[i])], moment));
    }
    scene.leader = leaderOf(scene.nodes);
    scene.simultaneityMs = recording.simultaneityS(moment) * 1000;
    for (std::size_t i = 0; i < members.size(); ++i) {
        SceneNode& node = scene.nodes[i];
        node.leads = int(i) == scene.leader;
        scene.elections |= node.alive && node.role == Role::Candidate;
        if (node.known) {
            const int leader = seen[std::size_t(members[i])].around.before->leader;
            node.leader = leader < 0 ? -1 : sceneIndex[std::size_t(leader)];
            setTimer(node, seen, members[i], moment);
        }
        for (std::size_t j = i + 1; j < members.size(); ++j)
            scene.edges.push_back({int(i), int(j), linkAt(recording, seen, members[i], members[j], moment),
                                   linkAt(recording, seen, members[j], members[i], moment)});
    }
    if (scene.leader >= 0)
        setProgress(scene, sceneIndex, seen[std::size_t(members[std::size_t(scene.leader)])].around);
    addPulses(scene, recording, sceneIndex, options);
    setFlashes(scene, recording);
    return scene;
}

} // namespace dsmsg::monitor
