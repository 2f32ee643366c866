// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one picture of a cluster that all pages share: its nodes, who leads, what happened, and one sentence
// that says how it is. It owns a NodeClient for each node and follows what they say of their peers, so that
// one address is enough to see them all. GUI thread only; streams are read and parsed elsewhere.
#pragma once

#include <memory>
#include <vector>

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterVerdict.h"
#include "app/monitor/cluster/EventModel.h"
#include "app/monitor/cluster/NodeModel.h"
#include "app/monitor/cluster/NodeState.h"
#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

class NodeClient;
class Requests;

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
    /// Nobody looks: the nodes are asked for less, events still come.
    Q_PROPERTY(bool sparing READ sparing WRITE setSparing NOTIFY sparingChanged)
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
    /// The language is another one: whatever has words says them anew.
    void retranslate();

    /// What would remain without this node, in words, for who is about to stop or remove it.
    Q_INVOKABLE QString ifStopped(dsmsg::monitor::NodeState* node) const;
    Q_INVOKABLE QString ifRemoved(dsmsg::monitor::NodeState* node) const;

    NodeModel* nodes() { return &nodes_; }
    EventModel* events() { return &events_; }
    Requests& requests() { return requests_; }
    State state() const { return picture_.state; }
    QString stateText() const { return picture_.stateText; }
    bool connected() const { return picture_.connected; }
    QString verdict() const { return picture_.verdict; }
    Severity severity() const { return picture_.severity; }
    NodeState* leader() const { return picture_.leader; }
    QString whyNoLeader() const { return picture_.whyNoLeader; }
    double term() const { return picture_.term; }
    int voters() const { return picture_.voters; }
    int reachable() const { return picture_.reachable; }
    int mayFail() const { return picture_.mayFail; }
    QString clusterId() const { return clusterId_; }
    bool acknowledgesBeforeMajority() const { return picture_.async; }
    NodeState* selected() const { return selected_; }
    void select(NodeState* node);
    NodeState* target() const { return target_; }
    bool sparing() const { return sparing_; }
    void setSparing(bool on);
    bool autoRefresh() const { return autoRefresh_; }
    void setAutoRefresh(bool on);
    double acknowledgedPerS() const { return figures_.acknowledgedPerS; }
    double p50Ms() const { return figures_.p50Ms; }
    double p95Ms() const { return figures_.p95Ms; }
    double p99Ms() const { return figures_.p99Ms; }
    double worstLag() const { return figures_.worstLag; }
    QString worstLagNode() const { return figures_.worstLagNode; }
    double worstBoundMs() const { return figures_.worstBoundMs; }
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
    void sparingChanged();
    void figuresChanged();
    void redirected();
    void retranslated();
    void connectedAnew(); ///< connectTo() was called: what belongs to the old cluster must go
    /// For scope, timeline and tests: everything that comes, as it comes.
    void sampled(dsmsg::monitor::NodeState* node, const dsmsg::monitor::SamplePtr& sample);
    void happened(dsmsg::monitor::NodeState* node, const dsmsg::monitor::RaftEvent& event);
    void leaderLost();
    void leaderFound(dsmsg::monitor::NodeState* node);
    void quorumLost();

private:
    /// What `changed` announces.
    struct Picture
    {
        State state = NotConnected;
        bool connected = false;
        QString stateText;
        QString verdict;
        Severity severity = Neutral;
        NodeState* leader = nullptr;
        QString whyNoLeader;
        double term = 0;
        int voters = 0;
        int reachable = 0;
        int mayFail = 0;
        QString clusterId;
        bool async = false;
        bool operator==(const Picture&) const = default;
    };
    struct Figures
    {
        double acknowledgedPerS, p50Ms, p95Ms, p99Ms, worstLag, worstBoundMs;
        QString worstLagNode;
    };

    // Membership.cpp: who belongs to it
    void add(const QUrl& url);
    void drop(NodeState* node);
    void takeStatus(NodeClient& client, const QJsonObject& status);
    void followPeers(const QJsonObject& status);
    void dropFormerMembers(const NodeState& leader, const QJsonObject& status);
    bool isTwin(const NodeState& node, const QJsonObject& status) const;
    /// What nodes have sent is taken of all of them at once: each taking may draw the window anew.
    void takeSoon();
    void takeWaiting();
    // ClusterPicture.cpp: how it is
    void look(); ///< soon, once for all that came in this turn
    void lookNow();
    Picture paint(const ClusterVerdict& verdict);
    State stateOfNodes() const;
    QString sentenceOf(State state) const;
    void shareLag();
    void takeFigures();
    void announce(const ClusterVerdict& verdict);
    void tick();
    void setTarget();
    bool answers(const NodeState& node) const;

    Requests& requests_;
    NodeModel nodes_;
    EventModel events_;
    std::vector<std::unique_ptr<NodeClient>> clients_;
    QHash<QString, QString> twins_; ///< addresses that lead to a node we have by another: to its id
    ClusterVerdict judged_;
    Picture picture_;
    Figures figures_;
    QString clusterId_; ///< of the first that answered
    QTimer tick_;
    QTimer taking_;
    qint64 takenMs_ = 0;
    bool willLook_ = false;
    qint64 leaderSeenMs_ = 0;
    qint64 quorumSeenMs_ = 0;
    bool leaderMissing_ = true;  ///< as announced
    bool quorumMissing_ = false; ///< same
    QString announcedLeader_;
    NodeState* selected_ = nullptr;
    NodeState* target_ = nullptr;
    bool autoRefresh_ = true;
    bool sparing_ = false;
    QString redirectText_;
};

} // namespace dsmsg::monitor
