// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/RunThread.h"

#include "app/monitor/cluster/ClusterMonitor.h"

namespace dsmsg::monitor {

RunThread::RunThread(const QString& name, ClusterMonitor& cluster)
    : room_(new RunRoom)
{
    thread_.setObjectName(name);
    room_->moveToThread(&thread_);
    QObject::connect(&thread_, &QThread::finished, room_, &QObject::deleteLater);
    QObject::connect(room_, &RunRoom::redirected, &cluster, &ClusterMonitor::noteRedirect);
    thread_.start();
}

RunThread::~RunThread()
{
    thread_.quit();
    thread_.wait();
}

void RunThread::start(const SendRun::Settings& settings, SendRun::Source source, SendRun::Sink sink)
{
    call([room = room_, settings, source = std::move(source), sink = std::move(sink)] {
        room->start(settings, source, sink);
    });
}

void RunThread::stop()
{
    call([room = room_] { room->stop(); });
}

} // namespace dsmsg::monitor
