// SPDX-License-Identifier: GPL-3.0-or-later
//
// An application that knows the longest that one event kept the GUI thread busy, in processor time: other
// programs of the machine do not count.
#pragma once

#include <algorithm>
#include <ctime>

#include <QApplication>

namespace dsmsg::test {

class WatchedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        const bool outermost = depth_++ == 0;
        const double began = outermost ? cpuMs() : 0;
        const bool taken = QApplication::notify(receiver, event);
        --depth_;
        if (outermost)
            longestMs_ = std::max(longestMs_, cpuMs() - began);
        return taken;
    }
    void startAnew() { longestMs_ = 0; }
    double longestMs() const { return longestMs_; }

    /// Of the calling thread.
    static double cpuMs()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

private:
    int depth_ = 0;
    double longestMs_ = 0;
};

} // namespace dsmsg::test
