// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node of the embedded cluster, for QML: what became of it, and the orders it takes. What it is doing as
// a node of a cluster is read over HTTP like any other's (NodeState).
#pragma once

#include <QObject>
#include <QThread>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "core/http/NodeServer.h"

namespace dsmsg::monitor {

class NodeHost;

class EmbeddedNode : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("EmbeddedCluster.nodes")
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(QUrl url READ url CONSTANT)
    Q_PROPERTY(QString directory READ directory CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed) ///< one word or two, translated
    Q_PROPERTY(
        QString problem READ problem NOTIFY changed)     ///< what went wrong and what to do; "" when nothing
    Q_PROPERTY(bool running READ running NOTIFY changed) ///< its process would be there
    Q_PROPERTY(bool busy READ busy NOTIFY changed)

public:
    enum State
    {
        Stopped,
        Starting,
        Running,
        ReadOnly, ///< its storage failed
        Stopping,
        Killed,
        Failed ///< it did not start
    };
    Q_ENUM(State)

    explicit EmbeddedNode(const http::ServerOptions& options, QObject* parent = nullptr);
    /// Waits until the node has stopped.
    ~EmbeddedNode() override;

    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    /// As `kill -9` would: a process kill, not a power loss.
    Q_INVOKABLE void kill();
    Q_INVOKABLE void restart();

    QString name() const { return name_; }
    QUrl url() const { return url_; }
    QString directory() const { return directory_; }
    State state() const { return state_; }
    QString stateText() const;
    QString problem() const { return problem_; }
    bool running() const { return state_ == Running || state_ == ReadOnly; }
    bool busy() const { return state_ == Starting || state_ == Stopping; }

Q_SIGNALS:
    void changed();

private:
    void become(State state, const QString& problem = {});
    void order(void (NodeHost::*what)());

    const QString name_;
    const QUrl url_;
    const QString directory_;
    State state_ = Stopped;
    State endsAs_ = Stopped;
    bool startsAgain_ = false;
    QString problem_;
    QThread thread_;
    NodeHost* host_; ///< lives in thread_, which deletes it
};

} // namespace dsmsg::monitor
