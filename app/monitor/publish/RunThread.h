// SPDX-License-Identifier: GPL-3.0-or-later
//
// A RunRoom and the thread that it lives in: sends that must not disturb the window. What is under way when
// it ends is broken off.
#pragma once

#include <utility>

#include <QThread>

#include "app/monitor/publish/RunRoom.h"

namespace dsmsg::monitor {

class ClusterMonitor;

class RunThread
{
public:
    /// Redirects that its runs meet are told to `cluster`. `name`: of the thread.
    RunThread(const QString& name, ClusterMonitor& cluster);
    ~RunThread();
    Q_DISABLE_COPY_MOVE(RunThread)

    /// For its signals only.
    RunRoom* room() { return room_; }
    void start(const SendRun::Settings& settings, SendRun::Source source, SendRun::Sink sink);
    void stop();
    /// Whatever else is to be done there, in turn with the runs.
    template <class Work>
    void call(Work work)
    {
        QMetaObject::invokeMethod(room_, std::move(work));
    }

private:
    QThread thread_;
    RunRoom* const room_; ///< of thread_
};

} // namespace dsmsg::monitor
