// SPDX-License-Identifier: GPL-3.0-or-later
//
// The life-line of one message, asked of the leader where one is known, because it alone knows when which
// disk had it; of another node what that knows. It is asked again until the message is delivered.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/messages/LifeLine.h"

namespace dsmsg::monitor {

class MessageTrace : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY questionChanged REQUIRED)
    Q_PROPERTY(double seq READ seq WRITE setSeq NOTIFY questionChanged) ///< 0: nothing is asked
    /// {stage, label, node, leader, known, atMs, from, to}: see LifeStage
    Q_PROPERTY(QVariantList stages READ stages NOTIFY changed)
    Q_PROPERTY(QVariantList ticks READ ticks NOTIFY changed) ///< {at, ms}
    Q_PROPERTY(double breakAt READ breakAt NOTIFY changed)
    Q_PROPERTY(bool known READ known NOTIFY changed) ///< there is something to draw
    Q_PROPERTY(bool complete READ complete NOTIFY changed)
    Q_PROPERTY(bool waiting READ waiting NOTIFY changed) ///< for its delivery
    Q_PROPERTY(QString missing READ missing NOTIFY changed)
    Q_PROPERTY(QString toldBy READ toldBy NOTIFY changed)          ///< node id
    Q_PROPERTY(QString heldBy READ heldBy NOTIFY changed)          ///< node ids
    Q_PROPERTY(double deliverySeq READ deliverySeq NOTIFY changed) ///< 0: not yet
    Q_PROPERTY(QString summary READ summary NOTIFY changed)        ///< for a screen reader
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString curl READ curl NOTIFY changed)

public:
    explicit MessageTrace(QObject* parent = nullptr);

    ClusterMonitor* cluster() const { return cluster_; }
    void setCluster(ClusterMonitor* cluster);
    double seq() const { return double(seq_); }
    void setSeq(double seq);
    QVariantList stages() const;
    QVariantList ticks() const;
    double breakAt() const { return line_.breakAt; }
    bool known() const { return line_.seq != 0; }
    bool complete() const { return line_.complete; }
    bool waiting() const { return known() && line_.deliverySeq == 0; }
    QString missing() const { return line_.missing; }
    QString toldBy() const { return line_.nodeId; }
    QString heldBy() const { return line_.heldBy.join(QStringLiteral(", ")); }
    double deliverySeq() const { return double(line_.deliverySeq); }
    QString summary() const;
    QString error() const { return error_; }
    QString curl() const;

Q_SIGNALS:
    void questionChanged();
    void changed();

private:
    struct Reply;

    void restart();
    void ask();
    void askAt(const QUrl& node, bool elsewhere);
    void answered(const Reply& reply, const QUrl& node, bool elsewhere);

    QPointer<ClusterMonitor> cluster_;
    quint64 seq_ = 0;
    quint64 generation_ = 0; ///< of the question: an answer to an older one is none
    QTimer again_;
    LifeLine line_;
    QUrl asked_;
    QString error_;
};

} // namespace dsmsg::monitor
