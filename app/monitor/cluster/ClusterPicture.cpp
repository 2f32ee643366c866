// SPDX-License-Identifier: GPL-3.0-or-later
//
// ClusterMonitor's picture: looked at once for all that came in a turn, compared, and announced only where it
// differs.
#include <algorithm>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Figures.h"
#include "app/monitor/cluster/NodeClient.h"

namespace dsmsg::monitor {

namespace {

using Link = NodeState::Link;

constexpr qint64 announceAfterMs = 2000; ///< what is shorter is worth no notification
constexpr qint64 freshMs = 2000;
constexpr qint64 polledFreshMs = 6000;

int countOf(const QList<NodeState*>& nodes, Link link)
{
    return int(
        std::count_if(nodes.begin(), nodes.end(), [link](auto* node) { return node->link() == link; }));
}

NodeView viewOf(const NodeState& node, bool answers)
{
    NodeView view;
    view.name = node.name();
    view.link = node.link();
    view.problem = node.problem();
    view.sample = node.sample();
    view.fresh = answers;
    view.effectiveQuorum = node.effectiveQuorum();
    view.async = node.acknowledgesBeforeMajority();
    return view;
}

} // namespace

bool ClusterMonitor::answers(const NodeState& node) const
{
    if (!node.sample() ||
        (node.link() != Link::Live && node.link() != Link::Polling && node.link() != Link::Connecting))
        return false;
    // With auto-refresh off the last answers stand, and say how old they are.
    if (!autoRefresh_)
        return true;
    return monotonicMs() - node.sample()->receivedMs <
           (node.link() == Link::Polling ? polledFreshMs : freshMs);
}

void ClusterMonitor::look()
{
    if (willLook_)
        return;
    willLook_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (willLook_)
                lookNow();
        },
        Qt::QueuedConnection);
}

void ClusterMonitor::lookNow()
{
    willLook_ = false;
    const qint64 now = monotonicMs();
    ClusterView view;
    view.leaderlessS = double(now - leaderSeenMs_) / 1000;
    for (const NodeState* node : nodes_.nodes())
        view.nodes.append(viewOf(*node, answers(*node)));
    judged_ = judge(view);
    const ClusterVerdict& verdict = judged_;
    if (verdict.leader >= 0)
        leaderSeenMs_ = now;
    if (!verdict.quorumLost())
        quorumSeenMs_ = now;
    Picture picture = paint(verdict);
    const bool differs = !(picture == picture_);
    picture_ = std::move(picture);
    shareLag();
    setTarget();
    if (differs)
        Q_EMIT changed();
    takeFigures();
    announce(verdict);
}

ClusterMonitor::Picture ClusterMonitor::paint(const ClusterVerdict& verdict)
{
    Picture picture;
    picture.state = stateOfNodes();
    picture.stateText = sentenceOf(picture.state);
    picture.connected = std::any_of(nodes_.nodes().begin(), nodes_.nodes().end(),
                                    [](auto* node) { return !node->id().isEmpty(); });
    const bool judged = !verdict.text.isEmpty();
    picture.verdict = judged ? verdict.text : picture.stateText;
    picture.severity = Severity(int(verdict.severity));
    if (!judged && picture.state != NotConnected && picture.state != Connecting)
        picture.severity = Critical;
    if (judged && !autoRefresh_)
        picture.verdict = tr("As last seen: %1").arg(picture.verdict);
    picture.leader = verdict.leader >= 0 ? nodes_.at(verdict.leader) : nullptr;
    picture.whyNoLeader = verdict.whyNoLeader;
    picture.term = verdict.term;
    picture.voters = verdict.voters;
    picture.reachable = verdict.up;
    picture.mayFail = verdict.mayFail;
    picture.clusterId = clusterId_;
    picture.async = std::any_of(nodes_.nodes().begin(), nodes_.nodes().end(),
                                [](auto* node) { return node->acknowledgesBeforeMajority(); });
    return picture;
}

ClusterMonitor::State ClusterMonitor::stateOfNodes() const
{
    const QList<NodeState*>& nodes = nodes_.nodes();
    if (nodes.isEmpty())
        return NotConnected;
    const int answering =
        int(std::count_if(nodes.begin(), nodes.end(), [this](auto* node) { return answers(*node); }));
    if (!autoRefresh_ && answering > 0)
        return std::any_of(nodes.begin(), nodes.end(),
                           [](auto* node) { return node->freshness() == NodeState::Freshness::Fresh; })
                   ? Polling
                   : Stale;
    if (answering == nodes.size())
        return countOf(nodes, Link::Polling) > 0 ? Polling : Live;
    if (answering > 0)
        return Partly;
    const std::pair<Link, State> ranks[] = {{Link::Connecting, Connecting},
                                            {Link::Live, Stale},
                                            {Link::Polling, Stale},
                                            {Link::Silent, Stale},
                                            {Link::WrongCluster, WrongCluster},
                                            {Link::Unauthorised, Unauthorised},
                                            {Link::OtherVersion, OtherVersion},
                                            {Link::NotDsmsg, NotDsmsg}};
    for (const auto& [link, state] : ranks) {
        if (countOf(nodes, link) > 0)
            return state;
    }
    return Down;
}

QString ClusterMonitor::sentenceOf(State state) const
{
    QStringList missing;
    QString problem;
    for (const NodeState* node : nodes_.nodes()) {
        if (answers(*node))
            continue;
        missing.append(node->name());
        if (problem.isEmpty())
            problem = node->problem();
    }
    switch (state) {
    case NotConnected:
        return tr("Not connected.");
    case Connecting:
        return tr("Connecting to %1.").arg(missing.join(QStringLiteral(", ")));
    case Live:
        return tr("Every node streams what happens to it.");
    case Polling:
        return autoRefresh_ ? tr("Some event streams are not open; those nodes are asked every 3.5 s.")
                            : tr("Auto-refresh is off.");
    case Partly:
        return tr("No answer from %1.").arg(missing.join(QStringLiteral(", ")));
    case Stale:
        return autoRefresh_
                   ? tr("Nothing has been heard from the cluster for more than 2 s. The figures are the "
                        "last that came.")
                   : tr("Auto-refresh is off. The figures are the last that came.");
    case Down:
        return tr("No node can be reached. Are they running, and are the addresses right?");
    case WrongCluster:
        return tr("The nodes belong to another cluster than before. Connect anew to look at it.");
    case NotDsmsg:
    case Unauthorised:
    case OtherVersion:
        break;
    }
    return missing.isEmpty() ? problem : tr("%1: %2").arg(missing.constFirst(), problem);
}

void ClusterMonitor::shareLag()
{
    for (NodeState* node : nodes_.nodes()) {
        if (node == picture_.leader)
            node->setLag(0);
        else if (const PeerState* peer = picture_.leader ? picture_.leader->peer(node->id()) : nullptr)
            node->setLag(peer->lag());
        else
            node->setLag(-1);
    }
}

void ClusterMonitor::takeFigures()
{
    Figures figures{unknown, unknown, unknown, unknown, unknown, unknown, QString()};
    if (const NodeState* leader = picture_.leader) {
        figures.acknowledgedPerS = leader->acknowledgedPerS();
        figures.p50Ms = leader->p50Ms();
        figures.p95Ms = leader->p95Ms();
        figures.p99Ms = leader->p99Ms();
    }
    const auto worse = [](double a, double b) { return !(b >= a); };
    for (const NodeState* node : nodes_.nodes()) {
        if (node != picture_.leader && node->lag() >= 0 && worse(node->lag(), figures.worstLag)) {
            figures.worstLag = node->lag();
            figures.worstLagNode = node->name();
        }
        if (answers(*node) && node->boundMs() >= 0 && worse(node->boundMs(), figures.worstBoundMs))
            figures.worstBoundMs = node->boundMs();
    }
    const bool differs = !same(figures.acknowledgedPerS, figures_.acknowledgedPerS) ||
                         !same(figures.p50Ms, figures_.p50Ms) || !same(figures.p95Ms, figures_.p95Ms) ||
                         !same(figures.p99Ms, figures_.p99Ms) || !same(figures.worstLag, figures_.worstLag) ||
                         !same(figures.worstBoundMs, figures_.worstBoundMs) ||
                         figures.worstLagNode != figures_.worstLagNode;
    figures_ = std::move(figures);
    if (differs)
        Q_EMIT figuresChanged();
}

void ClusterMonitor::announce(const ClusterVerdict& verdict)
{
    if (nodes_.nodes().isEmpty())
        return;
    const qint64 now = monotonicMs();
    if (picture_.leader) {
        if (leaderMissing_ || announcedLeader_ != picture_.leader->id()) {
            leaderMissing_ = false;
            announcedLeader_ = picture_.leader->id();
            Q_EMIT leaderFound(picture_.leader);
        }
    } else if (!leaderMissing_ && now - leaderSeenMs_ >= announceAfterMs) {
        leaderMissing_ = true;
        Q_EMIT leaderLost();
    }
    if (!verdict.quorumLost()) {
        quorumMissing_ = false;
    } else if (!quorumMissing_ && connected() && now - quorumSeenMs_ >= announceAfterMs) {
        quorumMissing_ = true;
        Q_EMIT quorumLost();
    }
}

void ClusterMonitor::tick()
{
    const qint64 now = monotonicMs();
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        clients_[i]->tick(now);
        clients_[i]->state().tick(now);
    }
    lookNow();
}

} // namespace dsmsg::monitor
