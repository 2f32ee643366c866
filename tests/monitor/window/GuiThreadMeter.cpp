// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monitor/window/GuiThreadMeter.h"

#include <QEvent>
#include <QPointer>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <sys/resource.h>

namespace dsmsg::test {

namespace {

constexpr double longMs = 25;
constexpr std::size_t longKept = 50;

double milliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::vector<double> cpuOf(const std::vector<Span>& spans)
{
    std::vector<double> values;
    for (const Span& span : spans)
        values.push_back(span.cpuMs);
    return values;
}

std::vector<double> wallOf(const std::vector<Span>& spans)
{
    std::vector<double> values;
    for (const Span& span : spans)
        values.push_back(span.wallMs);
    return values;
}

} // namespace

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double processCpuS()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

MeteredApplication::MeteredApplication(int& argc, char** argv)
    : QApplication(argc, argv)
{
}

MeteredApplication& MeteredApplication::instance()
{
    return *static_cast<MeteredApplication*>(QCoreApplication::instance());
}

bool MeteredApplication::notify(QObject* receiver, QEvent* event)
{
    if (!measuring_ || depth_ > 0 || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    const QPointer<QObject> target(receiver);
    const int type = event->type();
    ++depth_;
    drewFrame_ = false;
    const Span begin{milliseconds(CLOCK_MONOTONIC), milliseconds(CLOCK_THREAD_CPUTIME_ID)};
    const bool result = QApplication::notify(receiver, event);
    const Span span{milliseconds(CLOCK_MONOTONIC) - begin.wallMs,
                    milliseconds(CLOCK_THREAD_CPUTIME_ID) - begin.cpuMs};
    --depth_;
    if (measuring_)
        note(span, target ? target->metaObject()->className() : "a deleted object,", type);
    return result;
}

void MeteredApplication::note(const Span& span, const char* receiverClass, int eventType)
{
    longest_ = {std::max(longest_.wallMs, span.wallMs), std::max(longest_.cpuMs, span.cpuMs)};
    if (drewFrame_)
        frames_.push_back(span);
    if (span.wallMs > longMs && long_.size() < longKept)
        long_.push_back(
            {span, QStringLiteral("%1 event %2").arg(QLatin1String(receiverClass)).arg(eventType)});
}

void MeteredApplication::measure(QQuickWindow& window, Moving moving)
{
    stopMeasuring();
    frames_.clear();
    intervalsMs_.clear();
    long_.clear();
    longest_ = {};
    clock_.start();
    swapped_ = connect(
        &window, &QQuickWindow::frameSwapped, this,
        [this, moving = std::move(moving), before = std::optional<qint64>(), beforeMs = 0.0]() mutable {
            drewFrame_ = true;
            const std::optional<qint64> picture = moving ? moving() : std::nullopt;
            if (picture == before)
                return;
            const double nowMs = milliseconds(CLOCK_MONOTONIC);
            if (picture && before)
                intervalsMs_.push_back(nowMs - beforeMs);
            before = picture;
            beforeMs = nowMs;
        });
    measuring_ = true;
}

void MeteredApplication::stopMeasuring()
{
    measuring_ = false;
    disconnect(swapped_);
}

QString MeteredApplication::summary() const
{
    const auto text = [](double value) { return QString::number(value, 'f', 1); };
    return QStringLiteral(
               "%1 frames in %2 s; a frame's work p50 %3 p95 %4 max %5 ms (by the wall p95 %6); frame interval "
               "while something moves p50 %7 p95 %8 ms; longest event %9 ms of processor time, %10 by the wall")
        .arg(frames_.size())
        .arg(text(measuredS()), text(percentile(cpuOf(frames_), 0.5)), text(percentile(cpuOf(frames_), 0.95)),
             text(percentile(cpuOf(frames_), 1)), text(percentile(wallOf(frames_), 0.95)),
             text(percentile(frameIntervalsMs(), 0.5)), text(percentile(frameIntervalsMs(), 0.95)))
        .arg(text(longest_.cpuMs), text(longest_.wallMs));
}

} // namespace dsmsg::test
