// SPDX-License-Identifier: GPL-3.0-or-later
//
// A walk through the application on the person's own cluster: send, watch it commit, kill the leader, read
// the verdict, copy the line that does the same. Each step sees by itself that it was done, and the tour can
// be left at any time.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/lab/FaultLab.h"

namespace dsmsg::monitor {

class Tour : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.tour")
    Q_PROPERTY(bool active READ active NOTIFY changed)
    Q_PROPERTY(bool finished READ finished NOTIFY changed) ///< every step was done or passed over
    Q_PROPERTY(int step READ step NOTIFY changed)          ///< from 0
    Q_PROPERTY(int count READ count CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY changed) ///< of the step
    Q_PROPERTY(QString text READ text NOTIFY changed)   ///< what to do, and what one sees then
    Q_PROPERTY(QString page READ page NOTIFY changed)   ///< where it is done; "" anywhere
    Q_PROPERTY(QString iconName READ iconName NOTIFY changed)
    Q_PROPERTY(QString praise READ praise NOTIFY changed) ///< what the last step has shown; "" none yet
    /// The open page, which the window tells.
    Q_PROPERTY(QString openPage READ openPage WRITE setOpenPage NOTIFY openPageChanged)

public:
    enum Step
    {
        Start,
        Send,
        Watch,
        Kill,
        Verdict,
        Copy,
        End
    };
    Q_ENUM(Step)

    /// All outlive it.
    Tour(ClusterMonitor& cluster, EmbeddedCluster& embedded, FaultLab& lab, QObject* parent = nullptr);

    /// From the beginning; starts a local cluster of three nodes when none is connected.
    Q_INVOKABLE void start();
    Q_INVOKABLE void skip();
    Q_INVOKABLE void leave();
    /// Something was put on the clipboard.
    Q_INVOKABLE void copied(const QString& text);

    bool active() const { return active_; }
    bool finished() const { return active_ && step_ == End; }
    int step() const { return step_; }
    static int count() { return End; }
    QString title() const;
    QString text() const;
    QString page() const;
    QString iconName() const;
    QString praise() const { return praise_; }
    QString openPage() const { return openPage_; }
    void setOpenPage(const QString& page);

Q_SIGNALS:
    void changed();
    void openPageChanged();

private:
    void look();
    void enter(int step, const QString& praise);
    double committed() const;
    bool everywhere(double seq) const;

    ClusterMonitor& cluster_;
    EmbeddedCluster& embedded_;
    FaultLab& lab_;
    bool active_ = false;
    int step_ = Start;
    QString praise_;
    QString openPage_;
    // As it was when the step began:
    double seq_ = 0;
    double term_ = 0;
    QString leader_;
};

} // namespace dsmsg::monitor
