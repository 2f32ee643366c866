// SPDX-License-Identifier: GPL-3.0-or-later
//
// Breaks a cluster on purpose and heals it: every fault through POST /faults of the node that suffers it,
// kills of embedded nodes in the process. Every fault ends by itself, because the node keeps its end. What is
// active is what the nodes say, never what was ordered here. GUI thread; requests run elsewhere.
#pragma once

#include <functional>

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/NodeState.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/lab/FaultList.h"
#include "app/monitor/lab/LabRun.h"
#include "app/monitor/lab/LabVerdict.h"
#include "app/monitor/lab/LinkMatrix.h"
#include "app/monitor/lab/QuorumRisk.h"
#include "app/monitor/lab/ScenarioModel.h"
#include "core/client/Http.h"

namespace dsmsg::monitor {

class FaultLab : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.lab")
    Q_PROPERTY(dsmsg::monitor::FaultList* faults READ faults CONSTANT)
    Q_PROPERTY(dsmsg::monitor::LinkMatrix* links READ links CONSTANT)
    Q_PROPERTY(dsmsg::monitor::ScenarioModel* scenarios READ scenarios CONSTANT)
    Q_PROPERTY(dsmsg::monitor::LabRun* run READ run CONSTANT)
    Q_PROPERTY(dsmsg::monitor::LabVerdict* verdict READ verdict CONSTANT)
    /// What can be ordered: {kind, title, about, unit, iconName, ofLinks, value, from, to}.
    Q_PROPERTY(QVariantList kinds READ kinds CONSTANT)
    Q_PROPERTY(Support support READ support NOTIFY supportChanged)
    Q_PROPERTY(QString supportText READ supportText NOTIFY supportChanged) ///< what is missing and what to do
    Q_PROPERTY(bool embedded READ embedded NOTIFY supportChanged)          ///< nodes can be killed
    Q_PROPERTY(bool wounded READ wounded NOTIFY woundedChanged)            ///< healAll() has something to do
    Q_PROPERTY(bool watching READ watching WRITE setWatching NOTIFY watchingChanged) ///< a page shows it
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged) ///< what a node refused last, and why

public:
    enum Support
    {
        Unknown,
        Everywhere,
        Somewhere,
        Nowhere ///< every node that answers was started without --fault-injection
    };
    Q_ENUM(Support)
    using Done = std::function<void(const QString& problem)>; ///< "" when it is done

    /// Both outlive it.
    FaultLab(ClusterMonitor& cluster, EmbeddedCluster& embedded, QObject* parent = nullptr);
    ~FaultLab() override;

    // `fault`: {kind, value (as typed), for_s, peers, direction}
    Q_INVOKABLE void inject(dsmsg::monitor::NodeState* node, const QVariantMap& fault);
    Q_INVOKABLE QString curlOf(dsmsg::monitor::NodeState* node, const QVariantMap& fault) const;
    Q_INVOKABLE void heal(const QUrl& node, double id);
    Q_INVOKABLE void healAll();
    Q_INVOKABLE QString healCurl(const QUrl& node, double id) const; ///< id 0: all of that node
    /// Cuts the direction, or heals what cuts it.
    Q_INVOKABLE void toggleLink(const QString& from, const QString& to, double forS);
    Q_INVOKABLE QString linkCurl(const QString& from, const QString& to, double forS) const;
    /// The load and the verdict of a scenario without its faults, for a terminal.
    Q_INVOKABLE QString soakLine(const QString& scenario) const;
    /// Embedded nodes only: "process kill, not power loss".
    Q_INVOKABLE void kill(dsmsg::monitor::NodeState* node);
    Q_INVOKABLE void restart(dsmsg::monitor::NodeState* node);
    Q_INVOKABLE dsmsg::monitor::EmbeddedNode* embeddedNode(dsmsg::monitor::NodeState* node) const;
    Q_INVOKABLE bool takesFaults(dsmsg::monitor::NodeState* node) const;

    /// What would remain: {asks, text}. `fault.kind` may be "kill" too.
    Q_INVOKABLE QVariantMap risk(dsmsg::monitor::NodeState* node, const QVariantMap& fault) const;
    Q_INVOKABLE QVariantMap linkRisk(const QString& from, const QString& to) const;
    Q_INVOKABLE QVariantMap scenarioRisk(const QString& id) const;

    /// For LabRun: the same with an answer.
    void order(NodeState* node, const Fault& fault, Done done);
    ScenarioCast cast() const;
    NodeState* named(const QString& name) const;
    ClusterMonitor& cluster() { return cluster_; }

    FaultList* faults() { return &faults_; }
    LinkMatrix* links() { return &links_; }
    ScenarioModel* scenarios() { return &scenarios_; }
    LabRun* run() { return &run_; }
    LabVerdict* verdict() { return &verdict_; }
    QVariantList kinds() const;
    Support support() const;
    QString supportText() const;
    bool embedded() const { return embedded_.running(); }
    bool wounded() const;
    bool watching() const { return watching_; }
    void setWatching(bool on);
    QString problem() const { return problem_; }

Q_SIGNALS:
    void supportChanged();
    void woundedChanged();
    void watchingChanged();
    void problemChanged();
    void injected(const QString& node, const QString& text);
    void killed(const QString& node);

private:
    enum class Takes
    {
        Unknown,
        Yes,
        No
    };
    client::HttpRequest faultsRequest(const QUrl& node) const;
    void ask(NodeState* node);
    void askAll();
    void heard(const QUrl& url, const client::HttpReply& reply);
    void sampled(NodeState* node, const Sample& sample);
    void forgetAll();
    void updateLinks();
    void healEmbedded();
    /// Whose fault cuts a direction: the speaker's where it takes faults, else the listener's.
    std::pair<NodeState*, QVariantMap> cutOrder(const QString& from, const QString& to, double forS) const;
    QuorumPicture picture() const;
    static void apply(QuorumPicture& picture, const QString& node, const Fault& fault);
    void say(const QString& problem);

    ClusterMonitor& cluster_;
    EmbeddedCluster& embedded_;
    FaultList faults_;
    LinkMatrix links_;
    ScenarioModel scenarios_;
    LabVerdict verdict_;
    LabRun run_;
    QHash<QUrl, Takes> takes_;
    QSet<QUrl> asking_;
    QTimer countdown_; ///< while faults are shown
    QTimer poll_;      ///< while a page shows them, for nodes whose samples do not come
    QTimer redraw_;    ///< of the links, once for many samples
    bool watching_ = false;
    QString problem_;
};

} // namespace dsmsg::monitor
