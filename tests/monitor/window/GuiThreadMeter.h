// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long the GUI thread is kept by each event, and by each frame, measured where Qt hands out events. By
// the wall clock that is what a person feels; by the thread's own processor time it is what the program is to
// blame for, also on a machine that others keep busy. Tests print both and judge the second.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QQuickWindow>
#include <functional>
#include <optional>
#include <vector>

namespace dsmsg::test {

struct Span
{
    double wallMs = 0;
    double cpuMs = 0;
};

struct LongEvent
{
    Span span;
    QString what; ///< the receiver's class and the event's type
};

/// The `share` (0 to 1) of `values` below which the others lie; 0 of none.
double percentile(std::vector<double> values, double share);

class MeteredApplication : public QApplication
{
public:
    MeteredApplication(int& argc, char** argv);
    static MeteredApplication& instance();

    bool notify(QObject* receiver, QEvent* event) override;

    /// What moves: the key of the picture that it shows now; nothing while it stands still.
    using Moving = std::function<std::optional<qint64>()>;
    /// Forgets what was measured and looks at this window's frames from now on. An interval is that between
    /// two frames with different pictures of what moves: other frames between them do not make it shorter.
    void measure(QQuickWindow& window, Moving moving = {});
    void stopMeasuring();

    const std::vector<Span>& frames() const { return frames_; } ///< the event each was drawn in
    const std::vector<double>& frameIntervalsMs() const { return intervalsMs_; }
    const std::vector<LongEvent>& longEvents() const { return long_; } ///< of more than 25 ms, wall
    const Span& longest() const { return longest_; }                   ///< wall and cpu each on their own
    double measuredS() const { return static_cast<double>(clock_.elapsed()) / 1000; }

    /// One line of figures.
    QString summary() const;

private:
    void note(const Span& span, const char* receiverClass, int eventType);

    bool measuring_ = false;
    int depth_ = 0;
    bool drewFrame_ = false;
    std::vector<Span> frames_;
    std::vector<double> intervalsMs_;
    std::vector<LongEvent> long_;
    Span longest_;
    QElapsedTimer clock_;
    QMetaObject::Connection swapped_;
};

/// Processor time of the whole process so far, user and system, in seconds.
double processCpuS();

} // namespace dsmsg::test
