// SPDX-License-Identifier: GPL-3.0-or-later
//
// What several charts share: the stretch of time that they show and the moment that the pointer is at. Live,
// the right edge follows `now`; whoever zooms or moves into the past stays there until reset() or follow().
#pragma once

#include <limits>

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class ChartCursor : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(double now READ now WRITE setNow NOTIFY rangeChanged)    ///< the newest time there is, seconds
    Q_PROPERTY(double span READ span WRITE setSpan NOTIFY rangeChanged) ///< what reset() goes back to
    Q_PROPERTY(double from READ from NOTIFY rangeChanged)
    Q_PROPERTY(double to READ to NOTIFY rangeChanged)
    Q_PROPERTY(bool live READ live WRITE setLive NOTIFY liveChanged)
    Q_PROPERTY(bool zoomed READ zoomed NOTIFY rangeChanged)                ///< not the whole span, or not now
    Q_PROPERTY(double hover READ hover WRITE setHover NOTIFY hoverChanged) ///< NaN: the pointer is elsewhere
    Q_PROPERTY(bool hovering READ hovering NOTIFY hoverChanged)

public:
    static constexpr double leastSpan = 2; ///< seconds
    static constexpr double greatestSpan = 90'000;

    using QObject::QObject;

    double now() const { return now_; }
    void setNow(double now); ///< a live range follows in steps that can be seen
    double span() const { return span_; }
    void setSpan(double span);
    double from() const { return to_ - width_; }
    double to() const { return to_; }
    bool live() const { return live_; }
    void setLive(bool live);
    bool zoomed() const;
    double hover() const { return hover_; }
    void setHover(double time);
    bool hovering() const;

    /// `factor` below 1 shows less; what is at `time` stays where it is.
    Q_INVOKABLE void zoom(double time, double factor);
    Q_INVOKABLE void show(double from, double to);
    Q_INVOKABLE void pan(double seconds);
    Q_INVOKABLE void reset();
    /// Moves the cross-hair by `steps` hundredths of what is shown; begins in the middle.
    Q_INVOKABLE void moveHover(int steps);
    Q_INVOKABLE void clearHover();

Q_SIGNALS:
    void rangeChanged();
    void liveChanged();
    void hoverChanged();

private:
    void setRange(double to, double width);

    double now_ = 0;
    double span_ = 300;
    double to_ = 0;
    double width_ = 300;
    bool live_ = true;
    double hover_ = std::numeric_limits<double>::quiet_NaN();
};

} // namespace dsmsg::ui
