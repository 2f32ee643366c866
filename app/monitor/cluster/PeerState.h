// SPDX-License-Identifier: GPL-3.0-or-later
//
// One peer as one node sees it: the link between them, and, on the leader, how far the peer has come. GUI
// thread only.
#pragma once

#include <limits>

#include <QJsonObject>
#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

class NodeState;

/// One peer as a node sees it. Lives as long as its NodeState.
class PeerState : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by NodeState")
    Q_MOC_INCLUDE("app/monitor/cluster/NodeState.h")
    Q_PROPERTY(dsmsg::monitor::NodeState* node READ node CONSTANT) ///< who sees it so
    Q_PROPERTY(QString id READ id CONSTANT)
    Q_PROPERTY(QString url READ url NOTIFY changed)
    Q_PROPERTY(bool alive READ alive NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)
    Q_PROPERTY(bool voter READ voter NOTIFY changed)
    /// -1 where the node does not know.
    Q_PROPERTY(double next READ next NOTIFY changed)
    Q_PROPERTY(double match READ match NOTIFY changed)
    Q_PROPERTY(double inflight READ inflight NOTIFY changed)
    Q_PROPERTY(double lag READ lag NOTIFY changed)
    Q_PROPERTY(double lastAckMs READ lastAckMs NOTIFY changed)
    Q_PROPERTY(double rttMs READ rttMs NOTIFY changed)
    /// NaN where the node does not know.
    Q_PROPERTY(double offsetMs READ offsetMs NOTIFY changed)
    Q_PROPERTY(double boundMs READ boundMs NOTIFY changed)
    /// Seconds since the node last heard of it; -1: never. From /status.
    Q_PROPERTY(double lastHeardS READ lastHeardS NOTIFY changed)
    Q_PROPERTY(double delayMs READ delayMs NOTIFY changed)  ///< round trip of the clock exchange, NaN unknown
    Q_PROPERTY(QString problem READ problem NOTIFY changed) ///< of the link to it, in words; "" none

public:
    PeerState(const QString& id, NodeState* node);
    void take(const PeerSample& sample);
    /// `url`: its key in the maps of /status. `nowTs`: cluster time, for how long ago it was heard.
    void takeStatus(const QJsonObject& status, const QString& url, double nowTs);

    NodeState* node() const { return node_; }
    QString id() const { return id_; }
    QString url() const { return sample_.url; }
    bool alive() const { return sample_.alive; }
    QString state() const { return sample_.state; }
    bool voter() const { return sample_.voter.value_or(true); }
    double next() const;
    double match() const;
    double inflight() const;
    double lag() const;
    double lastAckMs() const;
    double rttMs() const;
    double offsetMs() const;
    double boundMs() const;
    double lastHeardS() const { return lastHeardS_; }
    double delayMs() const { return delayMs_; }
    QString problem() const { return problem_; }
    const PeerSample& sample() const { return sample_; }

Q_SIGNALS:
    void changed();

private:
    NodeState* const node_;
    const QString id_;
    PeerSample sample_;
    double lastHeardS_ = -1;
    double delayMs_ = std::numeric_limits<double>::quiet_NaN();
    QString problem_;
};

} // namespace dsmsg::monitor
