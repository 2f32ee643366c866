// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one picture of a cluster that all pages share: its nodes, who leads, what happened, and one sentence
// that says how it is. It owns a NodeClient for each node and follows what they say of their peers, so that
// one address is enough to see them all. GUI thread only; streams are read and parsed elsewhere.
#pragma once

#include <memory>
#include <vector>

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/NodeState.h"
#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

class NodeClient;
class Requests;

/// The nodes in the order of their names. Rows come and go with members, never with figures.
class NodeModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ClusterMonitor.nodes")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        NodeRole = Qt::UserRole + 1, ///< `node`: NodeState
    };
    using QAbstractListModel::QAbstractListModel;

    int count() const { return static_cast<int>(nodes_.size()); }
    Q_INVOKABLE dsmsg::monitor::NodeState* at(int row) const;
    Q_INVOKABLE dsmsg::monitor::NodeState* byId(const QString& id) const; ///< null: none
    NodeState* byUrl(const QUrl& url) const;
    const QList<NodeState*>& nodes() const { return nodes_; }

    void insert(NodeState* node);
    void remove(NodeState* node);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    QList<NodeState*> nodes_;
};

/// What happened, newest first, of all nodes together, ordered by cluster time. At most 10 000.
class EventModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ClusterMonitor.events")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Severity
    {
        Note,    ///< routine: a vote, a compaction
        Notable, ///< a leader, a member
        Warning, ///< a peer lost, an election, a fault
        Critical ///< storage failed, contradiction
    };
    Q_ENUM(Severity)
    enum Roles
    {
        NodeIdRole = Qt::UserRole + 1, ///< `nodeId`
        KindRole,                      ///< `kind`
        TextRole,                      ///< `text`
        CauseRole,                     ///< `cause`
        TermRole,                      ///< `term`
        IndexRole,                     ///< `logIndex`, -1 none
        PeerRole,                      ///< `peer`
        ClusterTsRole,                 ///< `clusterTs`, seconds
        BoundMsRole,                   ///< `boundMs`, NaN unknown
        SeverityRole,                  ///< `severity`
        TimeTextRole,                  ///< `timeText`, local 14:03:07.512
    };
    static constexpr int capacity = 10'000;
    using QAbstractListModel::QAbstractListModel;

    int count() const { return static_cast<int>(events_.size()); }
    void add(const RaftEvent& event); ///< an event that is there already (same node, run and id) is ignored
    void clear();
    const RaftEvent& event(int row) const { return events_[static_cast<std::size_t>(row)]; }
    static Severity severityOf(const QString& kind);
    Q_INVOKABLE QVariantMap get(int row) const; ///< by role name

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    std::vector<RaftEvent> events_; ///< newest first
};

class ClusterMonitor : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.cluster")
    Q_PROPERTY(dsmsg::monitor::NodeModel* nodes READ nodes CONSTANT)
    Q_PROPERTY(dsmsg::monitor::EventModel* events READ events CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(
        QString stateText READ stateText NOTIFY changed)     ///< one sentence: what is wrong and what to do
    Q_PROPERTY(bool connected READ connected NOTIFY changed) ///< there is a cluster to look at, however ill
    /// The one sentence on top, and how bad it is.
    Q_PROPERTY(QString verdict READ verdict NOTIFY changed)
    Q_PROPERTY(Severity severity READ severity NOTIFY changed)
    Q_PROPERTY(dsmsg::monitor::NodeState* leader READ leader NOTIFY
                   changed) ///< of the highest term, fresh; null: none
    Q_PROPERTY(QString whyNoLeader READ whyNoLeader NOTIFY changed) ///< in words, "" with a leader
    Q_PROPERTY(double term READ term NOTIFY changed)
    Q_PROPERTY(int voters READ voters NOTIFY changed)
    Q_PROPERTY(int reachable READ reachable NOTIFY changed)
    Q_PROPERTY(int mayFail READ mayFail NOTIFY changed) ///< how many more may fail before the quorum is lost
    Q_PROPERTY(QString clusterId READ clusterId NOTIFY changed)
    Q_PROPERTY(bool acknowledgesBeforeMajority READ acknowledgesBeforeMajority NOTIFY
                   changed) ///< some node is async
    /// Node picker: null is the whole cluster.
    Q_PROPERTY(dsmsg::monitor::NodeState* selected READ selected WRITE select NOTIFY selectedChanged)
    /// Whom pages read from: the selected node, else the leader, else one that answers. Null: nobody.
    Q_PROPERTY(dsmsg::monitor::NodeState* target READ target NOTIFY targetChanged)
    Q_PROPERTY(bool autoRefresh READ autoRefresh WRITE setAutoRefresh NOTIFY autoRefreshChanged)
    /// Figures of the whole cluster; NaN: unknown.
    Q_PROPERTY(double acknowledgedPerS READ acknowledgedPerS NOTIFY figuresChanged)
    Q_PROPERTY(double p50Ms READ p50Ms NOTIFY figuresChanged)
    Q_PROPERTY(double p95Ms READ p95Ms NOTIFY figuresChanged)
    Q_PROPERTY(double p99Ms READ p99Ms NOTIFY figuresChanged)
    Q_PROPERTY(double worstLag READ worstLag NOTIFY figuresChanged)
    Q_PROPERTY(QString worstLagNode READ worstLagNode NOTIFY figuresChanged)
    Q_PROPERTY(double worstBoundMs READ worstBoundMs NOTIFY figuresChanged)
    Q_PROPERTY(double clusterTs READ clusterTs NOTIFY figuresChanged) ///< now, extrapolated; NaN unknown
    /// The last redirect that was followed, for the notice in the top bar.
    Q_PROPERTY(QString redirectText READ redirectText NOTIFY redirected)

public:
    enum State
    {
        NotConnected,
        Connecting,
        Live,    ///< every known node streams
        Polling, ///< some only answer polls
        Partly,  ///< some nodes cannot be reached
        Stale,   ///< nothing heard from anybody for 2 s
        Down,    ///< nobody can be reached
        WrongCluster,
        NotDsmsg,
        Unauthorised,
        OtherVersion,
    };
    Q_ENUM(State)
    enum Severity
    {
        Neutral, ///< nothing known
        Good,
        Warning,
        Critical
    };
    Q_ENUM(Severity)

    /// `requests` outlives it.
    explicit ClusterMonitor(Requests& requests, QObject* parent = nullptr);
    ~ClusterMonitor() override;

    /// Forgets what was shown and looks at the cluster of these nodes. Base URLs; at least one.
    Q_INVOKABLE void connectTo(const QList<QUrl>& nodes);
    /// What a person typed: "127.0.0.1:8000", "http://a:8000,b:8001". Returns what is wrong with it, "" when
    /// nothing is.
    Q_INVOKABLE QString connectToText(const QString& nodes);
    Q_INVOKABLE void disconnectFromCluster();
    Q_INVOKABLE void refresh(); ///< asks every node for its status now

    NodeModel* nodes() { return &nodes_; }
    EventModel* events() { return &events_; }
    Requests& requests() { return requests_; }
    State state() const { return state_; }
    QString stateText() const;
    bool connected() const;
    QString verdict() const { return verdict_; }
    Severity severity() const { return severity_; }
    NodeState* leader() const { return leader_; }
    QString whyNoLeader() const;
    double term() const;
    int voters() const;
    int reachable() const;
    int mayFail() const;
    QString clusterId() const;
    bool acknowledgesBeforeMajority() const;
    NodeState* selected() const { return selected_; }
    void select(NodeState* node);
    NodeState* target() const;
    bool autoRefresh() const { return autoRefresh_; }
    void setAutoRefresh(bool on);
    double acknowledgedPerS() const;
    double p50Ms() const;
    double p95Ms() const;
    double p99Ms() const;
    double worstLag() const;
    QString worstLagNode() const;
    double worstBoundMs() const;
    double clusterTs() const;
    QString redirectText() const { return redirectText_; }
    QList<QUrl> urls() const; ///< of all nodes, the leader first
    /// A request to `from` was sent on to `to`; shown to the person.
    void noteRedirect(const QUrl& from, const QUrl& to);

Q_SIGNALS:
    void changed();
    void selectedChanged();
    void targetChanged();
    void autoRefreshChanged();
    void figuresChanged();
    void redirected();
    void connectedAnew(); ///< connectTo() was called: what belongs to the old cluster must go
    /// For scope, timeline and tests: everything that comes, as it comes.
    void sampled(dsmsg::monitor::NodeState* node, const dsmsg::monitor::SamplePtr& sample);
    void happened(dsmsg::monitor::NodeState* node, const dsmsg::monitor::RaftEvent& event);
    void leaderLost();
    void leaderFound(dsmsg::monitor::NodeState* node);
    void quorumLost();

private:
    Requests& requests_;
    NodeModel nodes_;
    EventModel events_;
    std::vector<std::unique_ptr<NodeClient>> clients_;
    State state_ = NotConnected;
    Severity severity_ = Neutral;
    QString verdict_;
    NodeState* leader_ = nullptr;
    NodeState* selected_ = nullptr;
    bool autoRefresh_ = true;
    QString redirectText_;
};

} // namespace dsmsg::monitor
