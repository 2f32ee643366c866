// SPDX-License-Identifier: GPL-3.0-or-later
//
// One time axis: throughput, latency, replication lag and clock offsets of a cluster as series of a point a
// second. Filled with what the nodes remember when they are first heard, then from their samples. The page
// and the figures of Overview show the same series. GUI thread.
#pragma once

#include <map>
#include <memory>

#include <QObject>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/timeline/LiveSecond.h"
#include "qml/Ui/chart/ChartSeries.h"

namespace dsmsg::monitor {

class HistoryReader;

class Timeline : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.timeline")
    // Of the whole cluster
    Q_PROPERTY(dsmsg::ui::ChartSeries* acknowledged READ acknowledged CONSTANT) ///< messages a second
    Q_PROPERTY(dsmsg::ui::ChartSeries* p50 READ p50 CONSTANT)                   ///< ms, as the next ones
    Q_PROPERTY(dsmsg::ui::ChartSeries* p95 READ p95 CONSTANT)
    Q_PROPERTY(dsmsg::ui::ChartSeries* p99 READ p99 CONSTANT)
    Q_PROPERTY(dsmsg::ui::ChartSeries* worstLag READ worstLag CONSTANT) ///< entries
    Q_PROPERTY(dsmsg::ui::ChartSeries* worstBound READ worstBound CONSTANT)
    /// ChartSeries, one a node, in the order of their names; the worst of all first.
    Q_PROPERTY(QVariantList lags READ lags NOTIFY nodesChanged)
    /// ChartSeries, one a node: cluster time minus its clock, with the bound.
    Q_PROPERTY(QVariantList offsets READ offsets NOTIFY nodesChanged)
    Q_PROPERTY(double now READ now NOTIFY advanced)         ///< cluster time of the newest point; NaN: none
    Q_PROPERTY(double earliest READ earliest NOTIFY filled) ///< of the oldest point; NaN: none
    Q_PROPERTY(bool filling READ filling NOTIFY filled)     ///< the nodes are being asked for their past

public:
    static constexpr int mostNodes = 16; ///< that have lines of their own

    Timeline(Requests& requests, ClusterMonitor& cluster, QObject* parent = nullptr);
    ~Timeline() override;

    ui::ChartSeries* acknowledged() { return &acknowledged_; }
    ui::ChartSeries* p50() { return &p50_; }
    ui::ChartSeries* p95() { return &p95_; }
    ui::ChartSeries* p99() { return &p99_; }
    ui::ChartSeries* worstLag() { return &worstLag_; }
    ui::ChartSeries* worstBound() { return &worstBound_; }
    QVariantList lags();
    QVariantList offsets();
    double now() const { return now_; }
    double earliest() const;
    bool filling() const;

Q_SIGNALS:
    void nodesChanged();
    void advanced();
    void filled();

private:
    struct Lines
    {
        ui::ChartSeries lag;
        ui::ChartSeries offset;
    };
    void nameLines(); ///< in the language of now
    void clear();
    void sampled(NodeState* node, const SamplePtr& sample);
    void second();
    void fill(const QString& nodeId, const QUrl& url);
    void takePast();
    Lines* linesOf(const QString& nodeId);

    Requests& requests_;
    ClusterMonitor& cluster_;
    ui::ChartSeries acknowledged_, p50_, p95_, p99_, worstLag_, worstBound_;
    std::map<QString, std::unique_ptr<Lines>> lines_;           ///< by node
    std::map<QString, std::unique_ptr<HistoryReader>> readers_; ///< same; kept, so that each is asked once
    LiveSecond live_;
    QTimer second_;
    double now_ = LiveSecond::unknown;
};

} // namespace dsmsg::monitor
