// SPDX-License-Identifier: GPL-3.0-or-later
//
// One line of a chart: points in the order of time, as many as `capacity`. A value of NaN is a gap: the line
// is not drawn over what nobody knows. The newest `fine` points are kept as they came; when the ring is full,
// older ones are joined to steps of ten seconds, so that a day fits beside the last minutes. GUI thread.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include <QColor>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

/// Times are seconds. `low` and `high` are the edges of a band and NaN where there is none.
struct ChartPoint
{
    double time = 0;
    double value = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

class ChartSeries : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name MEMBER name_ NOTIFY looksChanged)
    Q_PROPERTY(QColor color MEMBER color_ NOTIFY looksChanged)
    Q_PROPERTY(int tone MEMBER tone_ NOTIFY looksChanged) ///< which of the chart's tones; -1: `color`
    Q_PROPERTY(double width MEMBER width_ NOTIFY looksChanged)
    Q_PROPERTY(double fill MEMBER fill_ NOTIFY looksChanged) ///< opacity of the area below, 0 none
    Q_PROPERTY(bool step MEMBER step_ NOTIFY looksChanged)   ///< a value holds until the next one
    Q_PROPERTY(bool dashed MEMBER dashed_ NOTIFY looksChanged)
    Q_PROPERTY(bool shown MEMBER shown_ NOTIFY looksChanged)
    Q_PROPERTY(Merge merge MEMBER merge_ CONSTANT)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(double latest READ latest NOTIFY changed)  ///< NaN: a gap, or nothing yet
    Q_PROPERTY(int revision READ revision NOTIFY changed) ///< another one after each change, for bindings

public:
    /// What stands for several points that are joined.
    enum Merge
    {
        Mean,
        Greatest,
        Farthest ///< from zero
    };
    Q_ENUM(Merge)
    static constexpr std::size_t capacity = 11'000;
    static constexpr std::size_t fine = 1'200;
    static constexpr double coarseSeconds = 10;

    explicit ChartSeries(QObject* parent = nullptr);

    /// A point that is not newer than the last one is ignored.
    void append(const ChartPoint& point);
    Q_INVOKABLE void append(double time, double value);
    /// Puts what is known of the past, in the order of time, before the points that were appended.
    void setPast(std::vector<ChartPoint> past);
    Q_INVOKABLE void clear();

    std::span<const ChartPoint> points() const { return points_; }
    /// The points of [from, to] and one more at each end, so that lines leave the picture.
    std::span<const ChartPoint> between(double from, double to) const;

    /// The point nearest to `time` within `reach` seconds; null: none.
    const ChartPoint* nearest(double time, double reach) const;
    Q_INVOKABLE double valueAt(double time) const; ///< NaN: unknown then
    Q_INVOKABLE double boundAt(double time) const; ///< half the band's width

    QString name() const { return name_; }
    QColor color() const { return color_; }
    int tone() const { return tone_; }
    void setTone(int tone);
    void setFill(double fill);
    void setDashed(bool dashed);
    double lineWidth() const { return width_; }
    double fill() const { return fill_; }
    bool step() const { return step_; }
    bool dashed() const { return dashed_; }
    bool shown() const { return shown_; }
    void setName(const QString& name);
    void setMerge(Merge merge) { merge_ = merge; }
    int count() const { return static_cast<int>(points_.size()); }
    double latest() const;
    int revision() const { return revision_; }

Q_SIGNALS:
    void looksChanged();
    void changed();

private:
    void touched();
    void compact();
    ChartPoint joined(std::span<const ChartPoint> points) const;

    std::vector<ChartPoint> points_;
    double liveSince_ = std::numeric_limits<double>::infinity(); ///< time of the first appended point
    QString name_;
    QColor color_ = Qt::gray;
    int tone_ = -1;
    double width_ = 1.6;
    double fill_ = 0;
    bool step_ = false;
    bool dashed_ = false;
    bool shown_ = true;
    Merge merge_ = Mean;
    int revision_ = 0;
};

} // namespace dsmsg::ui
