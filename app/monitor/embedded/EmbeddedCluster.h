// SPDX-License-Identifier: GPL-3.0-or-later
//
// A cluster of real nodes inside this process, for who has none at hand: its data lies on disk and is kept
// between starts, its nodes take faults, and the monitor reads them over HTTP like any other. Lifecycle only;
// what breaks them is FaultLab. GUI thread; each node starts and stops in a thread of its own.
#pragma once

#include <memory>
#include <vector>

#include <QObject>
#include <QThread>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/embedded/EmbeddedNode.h"
#include "app/monitor/embedded/EmbeddedPlan.h"

namespace dsmsg::monitor {

class EmbeddedCluster : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.embedded")
    Q_PROPERTY(QList<dsmsg::monitor::EmbeddedNode*> nodes READ nodes NOTIFY nodesChanged)
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(bool running READ running NOTIFY changed) ///< there are nodes, whatever became of each
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)          ///< 0 to 1, of what is going on
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed) ///< the same in words
    Q_PROPERTY(QString problem READ problem NOTIFY changed)           ///< why it does not run, and what to do
    Q_PROPERTY(int size READ size NOTIFY nodesChanged)
    Q_PROPERTY(QList<QUrl> urls READ urls NOTIFY nodesChanged)
    Q_PROPERTY(QString folder READ folder NOTIFY nodesChanged) ///< where its data is
    Q_PROPERTY(bool kept READ kept NOTIFY nodesChanged)        ///< it began with the data of an earlier time

public:
    enum State
    {
        None,
        Starting,
        Running, ///< every node has started once
        Stopping,
        Wiping,
    };
    Q_ENUM(State)

    explicit EmbeddedCluster(QString root = embeddedRoot(), QObject* parent = nullptr);
    /// Waits until every node has stopped.
    ~EmbeddedCluster() override;

    /// 1, 3 or 5 nodes. When they run, ready() is emitted.
    Q_INVOKABLE void start(int nodes);
    Q_INVOKABLE void stop();
    /// Stops it and deletes what its nodes stored.
    Q_INVOKABLE void wipe();
    Q_INVOKABLE dsmsg::monitor::EmbeddedNode* byUrl(const QUrl& url) const; ///< null: not one of ours

    QList<EmbeddedNode*> nodes() const;
    State state() const { return state_; }
    bool running() const { return state_ == Running; }
    bool busy() const { return state_ == Starting || state_ == Stopping || state_ == Wiping; }
    double progress() const;
    QString progressText() const;
    QString problem() const { return problem_; }
    int size() const { return static_cast<int>(nodes_.size()); }
    QList<QUrl> urls() const;
    QString folder() const { return plan_.folder; }
    bool kept() const { return plan_.kept; }

Q_SIGNALS:
    void changed();
    void nodesChanged();
    void ready(const QList<QUrl>& urls);
    void ended(); ///< after stop() and wipe()

private:
    void planned(const Result<EmbeddedPlan>& plan);
    void make(const EmbeddedPlan& plan);
    void nodeChanged();
    void allStopped();
    void become(State state, const QString& problem = {});
    http::ServerOptions optionsOf(int node) const;
    int countOf(std::initializer_list<EmbeddedNode::State> states) const;

    const QString root_;
    State state_ = None;
    QString problem_;
    bool wipes_ = false;
    EmbeddedPlan plan_;
    std::vector<std::unique_ptr<EmbeddedNode>> nodes_;
    QThread files_;
    QObject inFiles_; ///< where files are made and deleted
};

} // namespace dsmsg::monitor
