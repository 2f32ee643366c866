// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clocks as rows of a common axis. Without an observer: each node's own clock against cluster time. With one:
// the clocks of its peers against its own, as it measures them. Written twice a second, by difference; the
// axis
// (`reachMs` to both sides) only grows at once and shrinks late, so that bands do not jump.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"

namespace dsmsg::monitor {

class ClockRows : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY sourceChanged)
    Q_PROPERTY(dsmsg::monitor::NodeState* observer READ observer WRITE setObserver NOTIFY sourceChanged)
    /// The observer's answer to GET /clock, for what its samples do not have.
    Q_PROPERTY(QVariantMap details MEMBER details_ NOTIFY sourceChanged)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(double reachMs READ reachMs NOTIFY reachChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        NameRole = Qt::UserRole + 1, ///< `name`
        ClockRole,                   ///< `clock`: the NodeState or PeerState, for the drawer
        OffsetRole,                  ///< `offsetMs`: how far it is ahead, NaN unknown
        BoundRole,                   ///< `boundMs`
        DriftRole,                   ///< `drift`: seconds a second, NaN unknown
        DelayRole,                   ///< `delayMs`: round trip
        AgoRole,                     ///< `agoS`: since the last exchange
        ExchangesRole,               ///< `exchanges`: "12 of 12"
        FreshRole,                   ///< `freshness`: NodeState::Freshness of who says so
    };

    explicit ClockRows(QObject* parent = nullptr);

    ClusterMonitor* cluster() const { return cluster_; }
    void setCluster(ClusterMonitor* cluster);
    NodeState* observer() const { return observer_; }
    void setObserver(NodeState* observer);
    bool active() const { return refresh_.isActive(); }
    void setActive(bool active);
    double reachMs() const { return reachMs_; }
    int count() const { return static_cast<int>(rows_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The reach that shows `greatest`, coming from `reach`: 1, 2 or 5 times a power of ten.
    static double reachFor(double greatest, double reach);

Q_SIGNALS:
    void sourceChanged();
    void activeChanged();
    void reachChanged();
    void countChanged();

private:
    struct Row
    {
        QString name;
        QPointer<QObject> clock;
        double offsetMs = 0;
        double boundMs = 0;
        double drift = 0;
        double delayMs = 0;
        double agoS = 0;
        QString exchanges;
        int freshness = 0;
    };
    Row ofNode(NodeState* node) const;
    Row ofPeer(PeerState* peer) const;
    void update();

    QPointer<ClusterMonitor> cluster_;
    QPointer<NodeState> observer_;
    QVariantMap details_;
    std::vector<Row> rows_;
    double reachMs_ = 0.05;
    QTimer refresh_;
};

} // namespace dsmsg::monitor
