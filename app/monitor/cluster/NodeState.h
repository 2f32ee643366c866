// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node as the monitor knows it, for QML: its newest sample, its newest /status, and how old they are.
// Figures keep their last value when the node falls silent; `freshness` says how they must be drawn. GUI
// thread only.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QUrl>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/PeerState.h"
#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

class NodeState : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ClusterMonitor")
    // Who it is
    Q_PROPERTY(QString id READ id NOTIFY identityChanged) ///< "" until it has answered once; then see `name`
    Q_PROPERTY(QString name READ name NOTIFY identityChanged) ///< the id, else host:port
    Q_PROPERTY(QUrl url READ url CONSTANT)
    Q_PROPERTY(QString host READ host CONSTANT)
    Q_PROPERTY(int port READ port CONSTANT)
    Q_PROPERTY(QString version READ version NOTIFY statusChanged)
    Q_PROPERTY(QString clusterId READ clusterId NOTIFY statusChanged)
    Q_PROPERTY(QString mode READ mode NOTIFY statusChanged) ///< "async", "sync_quorum", "" unknown
    Q_PROPERTY(bool acknowledgesBeforeMajority READ acknowledgesBeforeMajority NOTIFY statusChanged)
    Q_PROPERTY(int quorum READ quorum NOTIFY statusChanged)
    Q_PROPERTY(int effectiveQuorum READ effectiveQuorum NOTIFY statusChanged)
    // How well we know it
    Q_PROPERTY(Link link READ link NOTIFY linkChanged)
    Q_PROPERTY(QString linkText READ linkText NOTIFY linkChanged) ///< in a word or two, translated
    Q_PROPERTY(
        QString linkSeverity READ linkSeverity NOTIFY linkChanged) ///< "good", "warning", "critical", ""
    Q_PROPERTY(QString problem READ problem NOTIFY linkChanged)    ///< why not live, in words; "" when live
    Q_PROPERTY(Freshness freshness READ freshness NOTIFY freshnessChanged)
    Q_PROPERTY(double ageMs READ ageMs NOTIFY ageChanged)      ///< of the newest figures; -1: none yet
    Q_PROPERTY(QString ageText READ ageText NOTIFY ageChanged) ///< "now", "3 s ago", "last known 14 s ago"
    // Newest sample
    Q_PROPERTY(Role role READ role NOTIFY sampled)
    Q_PROPERTY(
        QString roleText READ roleText NOTIFY sampled) ///< translated; "Paused?" and so on never guessed
    Q_PROPERTY(bool leads READ leads NOTIFY sampled)
    Q_PROPERTY(bool serving READ serving NOTIFY sampled)
    Q_PROPERTY(double term READ term NOTIFY sampled)
    Q_PROPERTY(QString leaderId READ leaderId NOTIFY sampled)
    Q_PROPERTY(QString leaderUrl READ leaderUrl NOTIFY sampled)
    Q_PROPERTY(double commit READ commit NOTIFY sampled)
    Q_PROPERTY(double applied READ applied NOTIFY sampled)
    Q_PROPERTY(double lastIndex READ lastIndex NOTIFY sampled)
    Q_PROPERTY(double durableIndex READ durableIndex NOTIFY sampled)
    Q_PROPERTY(double firstIndex READ firstIndex NOTIFY sampled)
    Q_PROPERTY(double snapshotIndex READ snapshotIndex NOTIFY sampled)
    Q_PROPERTY(double committedSeq READ committedSeq NOTIFY sampled)
    Q_PROPERTY(double deliveredSeq READ deliveredSeq NOTIFY sampled)
    Q_PROPERTY(double lag READ lag NOTIFY
                   sampled) ///< committed entries it lacks, by the leader's commit; -1 unknown
    Q_PROPERTY(double acknowledgedPerS READ acknowledgedPerS NOTIFY sampled)
    Q_PROPERTY(double appliedPerS READ appliedPerS NOTIFY sampled)
    Q_PROPERTY(double p50Ms READ p50Ms NOTIFY sampled) ///< NaN: nothing was sent
    Q_PROPERTY(double p95Ms READ p95Ms NOTIFY sampled)
    Q_PROPERTY(double p99Ms READ p99Ms NOTIFY sampled)
    Q_PROPERTY(double fsyncMs READ fsyncMs NOTIFY sampled) ///< NaN unknown
    Q_PROPERTY(double freeBytes READ freeBytes NOTIFY sampled)
    Q_PROPERTY(QString diskFailure READ diskFailure NOTIFY sampled)
    Q_PROPERTY(double clusterTs READ clusterTs NOTIFY sampled)
    Q_PROPERTY(double boundMs READ boundMs NOTIFY sampled) ///< of cluster time; NaN: not synchronised
    Q_PROPERTY(
        double electionTimeoutMs READ electionTimeoutMs NOTIFY sampled) ///< NaN where it has none (leader)
    Q_PROPERTY(double electionRemainingMs READ electionRemainingMs NOTIFY sampled)
    Q_PROPERTY(double held READ held NOTIFY sampled)       ///< messages that wait for their delivery
    Q_PROPERTY(double pending READ pending NOTIFY sampled) ///< submissions without an answer
    Q_PROPERTY(double connections READ connections NOTIFY sampled)
    Q_PROPERTY(int subscribers READ subscribers NOTIFY sampled)
    Q_PROPERTY(int faults READ faults NOTIFY sampled)
    Q_PROPERTY(QString explain READ explain NOTIFY sampled)
    // Newest /status, whole, for what has no property here: status.metrics.average_store_latency
    Q_PROPERTY(QVariantMap status READ status NOTIFY statusChanged)
    Q_PROPERTY(double clockOffsetMs READ clockOffsetMs NOTIFY
                   statusChanged) ///< cluster time minus its clock, NaN unknown
    Q_PROPERTY(double driftPpm READ driftPpm NOTIFY statusChanged)
    Q_PROPERTY(QVariantList peers READ peerList NOTIFY peersChanged) ///< PeerState each

public:
    enum class Link
    {
        Connecting, ///< never answered yet
        Live,       ///< its event stream runs
        Polling,    ///< no stream, /status answers (every 3.5 s)
        Silent,     ///< was live or polled; nothing heard for 2 s or more
        Down,       ///< no connection can be made
        WrongCluster,
        NotDsmsg,
        Unauthorised,
        OtherVersion,
    };
    Q_ENUM(Link)
    enum class Freshness
    {
        Fresh,     ///< under 2 s
        Aging,     ///< 2 s: dim
        Stale,     ///< 5 s: hatched
        LastKnown, ///< 10 s: "last known"
        Never,
    };
    Q_ENUM(Freshness)
    enum Role
    {
        Unknown,
        Follower,
        Candidate,
        Leader,
        Learner
    };
    Q_ENUM(Role)

    NodeState(const QUrl& url, QObject* parent);
    ~NodeState() override;
    static QString roleName(Role role); ///< translated

    // The newest values, written by NodeClient and ClusterMonitor.
    void take(const SamplePtr& sample);
    void takeStatus(const QJsonObject& status);
    void setLink(Link link, const QString& problem);
    /// As the leader counts it, in one sample of its own: figures of two nodes are never of one moment.
    void setLag(double lag);
    /// Works out age and freshness anew; every second at least.
    void tick(qint64 nowMs);

    SamplePtr sample() const { return sample_; } ///< null: none yet
    Q_INVOKABLE dsmsg::monitor::PeerState* peer(const QString& id) const; ///< null: none

    QString id() const;
    QString name() const;
    QUrl url() const { return url_; }
    QString host() const { return url_.host(); }
    int port() const { return url_.port(); }
    QString version() const;
    QString clusterId() const;
    QString mode() const;
    bool acknowledgesBeforeMajority() const;
    int quorum() const;
    int effectiveQuorum() const;
    Link link() const { return link_; }
    QString linkText() const;
    QString linkSeverity() const;
    QString problem() const { return problem_; }
    Freshness freshness() const { return freshness_; }
    double ageMs() const { return ageMs_; }
    QString ageText() const;
    Role role() const;
    QString roleText() const;
    bool leads() const { return role() == Leader; }
    bool answers() const { return link_ == Link::Live || link_ == Link::Polling; }
    bool serving() const;
    double term() const;
    QString leaderId() const;
    QString leaderUrl() const;
    double commit() const;
    double applied() const;
    double lastIndex() const;
    double durableIndex() const;
    double firstIndex() const;
    double snapshotIndex() const;
    double committedSeq() const;
    double deliveredSeq() const;
    double lag() const { return lag_; }
    double acknowledgedPerS() const;
    double appliedPerS() const;
    double p50Ms() const;
    double p95Ms() const;
    double p99Ms() const;
    double fsyncMs() const;
    double freeBytes() const;
    QString diskFailure() const;
    double clusterTs() const;
    double boundMs() const;
    double electionTimeoutMs() const;
    double electionRemainingMs() const;
    double held() const;
    double pending() const;
    double connections() const;
    int subscribers() const;
    int faults() const;
    QString explain() const;
    QVariantMap status() const { return status_; }
    double clockOffsetMs() const;
    double driftPpm() const;
    QList<PeerState*> peers() const { return peers_; }
    QVariantList peerList() const;

Q_SIGNALS:
    void identityChanged();
    void linkChanged();
    void freshnessChanged();
    void ageChanged();
    void sampled();
    void statusChanged();
    void peersChanged();

private:
    PeerState* peerOrNew(const QString& id);
    void forgetPeersBut(const QStringList& ids);
    /// Cluster time by this node now, for how long ago something was.
    double clusterNow() const;

    const QUrl url_;
    SamplePtr sample_;
    QVariantMap status_;
    Link link_ = Link::Connecting;
    QString problem_;
    Freshness freshness_ = Freshness::Never;
    double ageMs_ = -1;
    double lag_ = -1;
    QList<PeerState*> peers_;
};

} // namespace dsmsg::monitor
