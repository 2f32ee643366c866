// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/NodeState.h"

#include "app/monitor/cluster/Figures.h"

namespace dsmsg::monitor {

namespace {

constexpr qint64 agingMs = 2000;
constexpr qint64 staleMs = 5000;
constexpr qint64 lastKnownMs = 10000;

NodeState::Freshness freshnessAt(qint64 ageMs)
{
    if (ageMs < agingMs)
        return NodeState::Freshness::Fresh;
    if (ageMs < staleMs)
        return NodeState::Freshness::Aging;
    return ageMs < lastKnownMs ? NodeState::Freshness::Stale : NodeState::Freshness::LastKnown;
}

} // namespace

NodeState::NodeState(const QUrl& url, QObject* parent)
    : QObject(parent)
    , url_(url)
{
}

NodeState::~NodeState() = default;

void NodeState::take(const SamplePtr& sample)
{
    const bool renamed = !sample_ || sample_->nodeId != sample->nodeId;
    sample_ = sample;
    if (renamed)
        Q_EMIT identityChanged();
    QStringList ids;
    for (const PeerSample& peer : sample->peers) {
        ids.append(peer.id);
        peerOrNew(peer.id)->take(peer);
    }
    forgetPeersBut(ids);
    Q_EMIT sampled();
    tick(sample->receivedMs);
}

void NodeState::takeStatus(const QJsonObject& status)
{
    QVariantMap read = status.toVariantMap();
    const bool renamed = read.value(QStringLiteral("node_id")) != status_.value(QStringLiteral("node_id"));
    status_ = std::move(read);
    if (renamed)
        Q_EMIT identityChanged();
    const QJsonObject links = status[u"peer_status"].toObject();
    for (auto link = links.begin(); link != links.end(); ++link) {
        const QString id = link.value()[u"id"].toString();
        if (!id.isEmpty())
            peerOrNew(id)->takeStatus(status, link.key(), clusterNow());
    }
    Q_EMIT statusChanged();
}

QVariantList NodeState::peerList() const
{
    QVariantList list;
    for (PeerState* peer : peers_)
        list.append(QVariant::fromValue(peer));
    return list;
}

PeerState* NodeState::peer(const QString& id) const
{
    for (PeerState* peer : peers_) {
        if (peer->id() == id)
            return peer;
    }
    return nullptr;
}

PeerState* NodeState::peerOrNew(const QString& id)
{
    if (PeerState* known = peer(id))
        return known;
    auto* made = new PeerState(id, this);
    const auto place = std::find_if(peers_.begin(), peers_.end(), [&](PeerState* p) { return p->id() > id; });
    peers_.insert(place, made);
    Q_EMIT peersChanged();
    return made;
}

void NodeState::forgetPeersBut(const QStringList& ids)
{
    const auto gone = [&](PeerState* peer) { return !ids.contains(peer->id()); };
    QList<PeerState*> old;
    std::copy_if(peers_.begin(), peers_.end(), std::back_inserter(old), gone);
    if (old.isEmpty())
        return;
    peers_.removeIf(gone);
    Q_EMIT peersChanged();
    for (PeerState* peer : std::as_const(old))
        peer->deleteLater();
}

void NodeState::setLink(Link link, const QString& problem)
{
    if (link == link_ && problem == problem_)
        return;
    link_ = link;
    problem_ = problem;
    Q_EMIT linkChanged();
}

QString NodeState::linkText() const
{
    switch (link_) {
    case Link::Connecting:
        return tr("Connecting");
    case Link::Live:
        return tr("Live");
    case Link::Polling:
        return tr("Polling");
    case Link::Silent:
        return tr("Silent");
    case Link::Down:
        return tr("Down");
    case Link::WrongCluster:
        return tr("Wrong cluster");
    case Link::NotDsmsg:
        return tr("Not a dsmsg node");
    case Link::Unauthorised:
        return tr("Refused");
    case Link::OtherVersion:
        return tr("Other version");
    }
    return {};
}

QString NodeState::linkSeverity() const
{
    switch (link_) {
    case Link::Connecting:
        return {};
    case Link::Live:
        return QStringLiteral("good");
    case Link::Down:
        return QStringLiteral("critical");
    default:
        return QStringLiteral("warning");
    }
}

void NodeState::setLag(double lag)
{
    if (same(lag, lag_))
        return;
    lag_ = lag;
    Q_EMIT sampled();
}

void NodeState::tick(qint64 nowMs)
{
    if (!sample_)
        return;
    const qint64 age = std::max<qint64>(0, nowMs - sample_->receivedMs);
    const QString before = ageText();
    ageMs_ = double(age);
    const Freshness freshness = freshnessAt(age);
    if (freshness != freshness_) {
        freshness_ = freshness;
        Q_EMIT freshnessChanged();
    }
    if (ageText() != before)
        Q_EMIT ageChanged();
}

QString NodeState::ageText() const
{
    const int seconds = int(ageMs_ / 1000);
    switch (freshness_) {
    case Freshness::Never:
        return tr("never");
    case Freshness::Fresh:
        return tr("now");
    case Freshness::LastKnown:
        return seconds < 120 ? tr("last known %1 s ago").arg(seconds)
                             : tr("last known %1 min ago").arg(seconds / 60);
    default:
        return tr("%1 s ago").arg(seconds);
    }
}

double NodeState::clusterNow() const
{
    if (!sample_)
        return 0;
    return sample_->clusterTs + double(monotonicMs() - sample_->receivedMs) / 1000;
}

QString NodeState::id() const
{
    return sample_ ? sample_->nodeId : status_.value(QStringLiteral("node_id")).toString();
}

QString NodeState::name() const
{
    const QString known = id();
    return known.isEmpty() ? url_.authority() : known;
}

QString NodeState::version() const
{
    return status_.value(QStringLiteral("version")).toString();
}

QString NodeState::clusterId() const
{
    return status_.value(QStringLiteral("consensus")).toMap().value(QStringLiteral("cluster_id")).toString();
}

QString NodeState::mode() const
{
    return status_.value(QStringLiteral("replication_mode")).toString();
}

bool NodeState::acknowledgesBeforeMajority() const
{
    return mode() == QLatin1String("async");
}

int NodeState::quorum() const
{
    return status_.value(QStringLiteral("quorum"), -1).toInt();
}

int NodeState::effectiveQuorum() const
{
    return status_.value(QStringLiteral("effective_quorum"), -1).toInt();
}

QString NodeState::roleName(Role role)
{
    switch (role) {
    case Follower:
        return tr("Follower");
    case Candidate:
        return tr("Candidate");
    case Leader:
        return tr("Leader");
    case Learner:
        return tr("Learner");
    case Unknown:
        break;
    }
    return tr("Unknown");
}

NodeState::Role NodeState::role() const
{
    return sample_ ? Role(int(sample_->role)) : Unknown;
}

QString NodeState::roleText() const
{
    return roleName(role());
}

bool NodeState::serving() const
{
    return sample_ && sample_->serving;
}

double NodeState::term() const
{
    return sample_ ? double(sample_->term) : unknown;
}

QString NodeState::leaderId() const
{
    return sample_ ? sample_->leaderId : QString();
}

QString NodeState::leaderUrl() const
{
    return sample_ ? sample_->leaderUrl : QString();
}

double NodeState::clockOffsetMs() const
{
    const QVariant offset =
        status_.value(QStringLiteral("time_sync")).toMap().value(QStringLiteral("clock_offset"));
    return offset.isValid() && !offset.isNull() ? offset.toDouble() * 1000 : unknown;
}

double NodeState::driftPpm() const
{
    const QVariant rate =
        status_.value(QStringLiteral("time_sync")).toMap().value(QStringLiteral("drift_rate"));
    return rate.isValid() && !rate.isNull() ? rate.toDouble() * 1e6 : unknown;
}

} // namespace dsmsg::monitor
