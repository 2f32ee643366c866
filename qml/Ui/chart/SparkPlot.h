// SPDX-License-Identifier: GPL-3.0-or-later
//
// The painted part of a Sparkline: the last `span` seconds of one series, or plain numbers, without axes.
#pragma once

#include <QPointer>

#include "qml/Ui/chart/PlotItem.h"

namespace dsmsg::ui {

class SparkPlot : public dsmsg::ui::PlotItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::ui::ChartSeries* series READ series WRITE setSeries NOTIFY looksChanged)
    Q_PROPERTY(QList<double> values MEMBER values_ NOTIFY looksChanged) ///< used when there is no series
    Q_PROPERTY(double span MEMBER span_ NOTIFY looksChanged)
    Q_PROPERTY(bool fromZero MEMBER fromZero_ NOTIFY looksChanged)
    Q_PROPERTY(double atLeast MEMBER atLeast_ NOTIFY looksChanged)
    Q_PROPERTY(QColor color MEMBER color_ NOTIFY looksChanged)
    Q_PROPERTY(double fill MEMBER fill_ NOTIFY looksChanged)
    Q_PROPERTY(double lineWidth MEMBER lineWidth_ NOTIFY looksChanged)
    Q_PROPERTY(double least READ least NOTIFY drawn)
    Q_PROPERTY(double most READ most NOTIFY drawn)

public:
    explicit SparkPlot(QQuickItem* parent = nullptr);

    ChartSeries* series() const { return series_; }
    void setSeries(ChartSeries* series);
    double least() const { return least_; }
    double most() const { return most_; }

Q_SIGNALS:
    void looksChanged();

protected:
    std::optional<PlotPicture> describe() override;

private:
    std::vector<ChartPoint> pointsShown() const;

    QPointer<ChartSeries> series_;
    QList<double> values_;
    double span_ = 60;
    bool fromZero_ = true;
    double atLeast_ = 0;
    QColor color_ = Qt::gray;
    double fill_ = 0.25;
    double lineWidth_ = 1.5;
    double least_ = std::numeric_limits<double>::quiet_NaN();
    double most_ = std::numeric_limits<double>::quiet_NaN();
};

} // namespace dsmsg::ui
