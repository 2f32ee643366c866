// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/ClusterVerdict.h"

#include <algorithm>
#include <map>

#include <QCoreApplication>
#include <QSet>

#include "app/monitor/cluster/VerdictWords.h"

namespace dsmsg::monitor {

namespace {

using Link = NodeState::Link;

/// A leader calls a peer alive for some seconds more; its last answer tells sooner.
constexpr double heardMs = 1500;
constexpr quint64 worthNamingLag = 1000; ///< entries

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ClusterVerdict)
};

bool answers(const NodeView& node)
{
    return (node.link == Link::Live || node.link == Link::Polling) && node.sample && node.fresh;
}

bool heard(const PeerSample& peer)
{
    return peer.alive && peer.lastAckMs.value_or(0) < heardMs;
}

bool isOurs(const NodeView& node)
{
    return node.link != Link::WrongCluster && node.link != Link::NotDsmsg &&
           node.link != Link::OtherVersion && node.link != Link::Unauthorised;
}

/// Works on one view; each step below is one question.
class Judge
{
public:
    explicit Judge(const ClusterView& view)
        : view_(view)
    {
        for (const NodeView& node : view.nodes) {
            if (isOurs(node) && node.sample)
                byId_.insert_or_assign(node.sample->nodeId, &node);
        }
    }

    ClusterVerdict run()
    {
        findLeader();
        countVoters();
        if (verdict_.leader >= 0)
            judgeLed();
        else
            judgeLeaderless();
        return std::move(verdict_);
    }

private:
    /// The claim of the highest term wins: a leader's own, or its followers'.
    void findLeader()
    {
        std::optional<quint64> best;
        for (const NodeView& node : view_.nodes) {
            if (!answers(node))
                continue;
            const Sample& sample = *node.sample;
            verdict_.term = std::max(verdict_.term, double(sample.term));
            const bool leads = sample.role == Role::Leader;
            if ((!leads && sample.leaderId.isEmpty()) || (best && *best > sample.term) ||
                (best == sample.term && !leads))
                continue;
            best = sample.term;
            verdict_.leaderName = leads ? sample.nodeId : sample.leaderId;
        }
        for (qsizetype i = 0; best && i < view_.nodes.size(); ++i) {
            const NodeView& node = view_.nodes[i];
            if (answers(node) && node.sample->nodeId == verdict_.leaderName &&
                node.sample->role == Role::Leader && node.sample->term == *best)
                verdict_.leader = int(i);
        }
        leader_ = verdict_.leader >= 0 ? view_.nodes[verdict_.leader].sample : nullptr;
    }

    void countVoters()
    {
        // The leader knows who votes; without one, whoever any node names.
        QSet<QString> voters;
        for (const NodeView& node : view_.nodes) {
            if (!isOurs(node) || !node.sample || (leader_ && node.sample != leader_))
                continue;
            if (node.sample->role != Role::Learner)
                voters.insert(node.sample->nodeId);
            for (const PeerSample& peer : node.sample->peers) {
                if (peer.voter.value_or(true))
                    voters.insert(peer.id);
            }
        }
        verdict_.voters = int(voters.size());
        for (const QString& id : voters) {
            (isUp(id) ? verdict_.upIds : verdict_.downIds).append(id);
        }
        verdict_.upIds.sort();
        verdict_.downIds.sort();
        verdict_.up = int(verdict_.upIds.size());
        verdict_.quorum = verdict_.voters / 2 + 1;
        for (const NodeView& node : view_.nodes) {
            if (isOurs(node) && !node.async)
                verdict_.quorum = std::max(verdict_.quorum, std::min(node.effectiveQuorum, verdict_.voters));
        }
        verdict_.mayFail = std::max(0, verdict_.up - verdict_.quorum);
    }

    bool isUp(const QString& id) const
    {
        const auto found = byId_.find(id);
        if (found != byId_.end() && answers(*found->second) && !found->second->sample->diskFailure.isEmpty())
            return false;
        if (!leader_)
            return found != byId_.end() && answers(*found->second);
        if (leader_->nodeId == id)
            return true;
        const PeerSample* peer = peerOf(*leader_, id);
        return peer && heard(*peer);
    }

    static const PeerSample* peerOf(const Sample& sample, const QString& id)
    {
        const auto found = std::find_if(sample.peers.begin(), sample.peers.end(),
                                        [&](const PeerSample& peer) { return peer.id == id; });
        return found == sample.peers.end() ? nullptr : &*found;
    }

    void judgeLed()
    {
        const QStringList troubles = troublesOfNodes();
        if (verdict_.quorumLost()) {
            verdict_.severity = VerdictSeverity::Critical;
            verdict_.text =
                Text::tr(
                    "%1 says that it leads term %2, but hears only %3 of %4 nodes: nothing can be committed "
                    "until %5 can be reached.")
                    .arg(verdict_.leaderName, QString::number(leader_->term), QString::number(verdict_.up),
                         QString::number(verdict_.voters), words::listed(verdict_.downIds));
            return;
        }
        const bool complete = verdict_.up == verdict_.voters;
        const bool well = complete && troubles.isEmpty() && leader_->serving;
        verdict_.severity = well ? VerdictSeverity::Good : VerdictSeverity::Warning;
        if (critical_)
            verdict_.severity = VerdictSeverity::Critical;
        QStringList sentences;
        if (well)
            sentences.append(Text::tr("Healthy."));
        sentences.append(words::led(verdict_, leader_->term));
        if (!leader_->serving)
            sentences.append(leader_->explain.isEmpty() ? Text::tr("It takes no messages yet.")
                                                        : leader_->explain);
        sentences += troubles;
        if (std::any_of(view_.nodes.begin(), view_.nodes.end(), [](const NodeView& n) { return n.async; }))
            sentences.append(Text::tr("Acknowledged before majority (async)."));
        verdict_.text = sentences.join(QLatin1Char(' '));
    }

    /// One short sentence each, the worst first.
    QStringList troublesOfNodes()
    {
        QStringList troubles;
        QStringList unsynchronised;
        int faults = 0;
        for (const NodeView& node : view_.nodes) {
            if (!isOurs(node)) {
                troubles.append(words::foreign(node));
                continue;
            }
            if (!answers(node)) {
                if (const QString text = unseen(node); !text.isEmpty())
                    troubles.append(text);
                continue;
            }
            const Sample& sample = *node.sample;
            faults += sample.faults;
            if (!sample.diskFailure.isEmpty()) {
                critical_ = true;
                troubles.prepend(
                    Text::tr("Storage of %1 failed: it takes no part in writing.").arg(node.name));
            } else if (!sample.diskSufficient) {
                troubles.prepend(Text::tr("The disk of %1 is full.").arg(node.name));
            }
            if (!sample.bound)
                unsynchronised.append(node.name);
        }
        for (const PeerSample& peer : leader_->peers) {
            if (byId_.find(peer.id) == byId_.end() && !heard(peer))
                troubles.append(Text::tr("%1 is down.").arg(peer.id));
            else if (heard(peer) && peer.lag.value_or(0) >= worthNamingLag)
                troubles.append(Text::tr("%1 is %2 entries behind.").arg(peer.id).arg(*peer.lag));
        }
        if (!unsynchronised.isEmpty())
            troubles.append(
                Text::tr("Clocks are not synchronised on %1.").arg(words::listed(unsynchronised)));
        if (faults > 0)
            troubles.append(faults == 1 ? Text::tr("One fault is active.")
                                        : Text::tr("%1 faults are active.").arg(faults));
        return troubles;
    }

    /// Of a node that the monitor does not hear; the leader may.
    QString unseen(const NodeView& node) const
    {
        const PeerSample* peer = node.sample ? peerOf(*leader_, node.sample->nodeId) : nullptr;
        if (peer && heard(*peer))
            return Text::tr("%1 does not answer this monitor, but %2 hears it.")
                .arg(node.name, leader_->nodeId);
        switch (node.link) {
        case Link::Connecting:
            return {};
        case Link::Down:
            return Text::tr("%1 is down.").arg(node.name);
        default:
            return Text::tr("%1 is silent.").arg(node.name);
        }
    }

    void judgeLeaderless()
    {
        const bool anybody = std::any_of(view_.nodes.begin(), view_.nodes.end(), answers);
        if (!anybody)
            return;
        verdict_.whyNoLeader = why();
        const int seconds = int(view_.leaderlessS);
        const QString head =
            seconds < 1 ? Text::tr("No leader: %1") : Text::tr("No leader for %1 s: %2").arg(seconds);
        verdict_.text = head.arg(verdict_.whyNoLeader);
        verdict_.severity =
            seconds < 2 && !verdict_.quorumLost() ? VerdictSeverity::Warning : VerdictSeverity::Critical;
    }

    QString why() const
    {
        if (verdict_.up < verdict_.quorum)
            return Text::tr("%1 of %2 nodes can be reached and %3 are needed; %4 cannot.")
                .arg(verdict_.up)
                .arg(verdict_.voters)
                .arg(verdict_.quorum)
                .arg(words::listed(verdict_.downIds));
        if (!verdict_.leaderName.isEmpty())
            return Text::tr("%1 should lead, but does not answer this monitor.").arg(verdict_.leaderName);
        if (const QString links = brokenLinks(); !links.isEmpty())
            return links;
        for (const NodeView& node : view_.nodes) {
            if (answers(node) && node.sample->role == Role::Candidate)
                return Text::tr("%1 asks for votes in term %2.").arg(node.name).arg(node.sample->term);
        }
        for (const NodeView& node : view_.nodes) {
            if (answers(node) && !node.sample->explain.isEmpty())
                return Text::tr("%1 says: %2").arg(node.name, words::withoutHead(node.sample->explain));
        }
        return Text::tr("an election has not begun yet.");
    }

    /// Which of the nodes that answer do not hear each other.
    QString brokenLinks() const
    {
        QStringList broken;
        for (auto a = byId_.begin(); a != byId_.end(); ++a) {
            for (auto b = std::next(a); b != byId_.end(); ++b) {
                if (!answers(*a->second) || !answers(*b->second))
                    continue;
                const PeerSample* there = peerOf(*a->second->sample, b->first);
                const PeerSample* back = peerOf(*b->second->sample, a->first);
                const bool aHears = !there || there->alive;
                const bool bHears = !back || back->alive;
                if (!aHears && !bHears)
                    broken.append(Text::tr("%1 and %2 cannot reach each other").arg(a->first, b->first));
                else if (!aHears || !bHears)
                    broken.append(Text::tr("%1 does not hear %2")
                                      .arg(aHears ? b->first : a->first, aHears ? a->first : b->first));
            }
        }
        if (broken.isEmpty())
            return {};
        return broken.join(Text::tr(", ")) + QLatin1Char('.');
    }

    const ClusterView& view_;
    ClusterVerdict verdict_;
    SamplePtr leader_;
    std::map<QString, const NodeView*> byId_;
    bool critical_ = false;
};

} // namespace

ClusterVerdict judge(const ClusterView& view)
{
    return Judge(view).run();
}

QString ifStopped(const ClusterVerdict& verdict, const QString& id)
{
    const bool up = verdict.upIds.contains(id);
    if (!up && !verdict.downIds.contains(id))
        return Text::tr("%1 does not vote: the others go on without it.").arg(id);
    return words::remaining(verdict.up - (up ? 1 : 0), verdict.voters, verdict.quorum);
}

QString ifRemoved(const ClusterVerdict& verdict, const QString& id)
{
    const bool up = verdict.upIds.contains(id);
    if (!up && !verdict.downIds.contains(id))
        return Text::tr("%1 does not vote: the others go on without it.").arg(id);
    if (verdict.voters == 1)
        return Text::tr("%1 is the only voter: without it there is no cluster.").arg(id);
    const int voters = verdict.voters - 1;
    return words::remaining(verdict.up - (up ? 1 : 0), voters, voters / 2 + 1);
}

} // namespace dsmsg::monitor
