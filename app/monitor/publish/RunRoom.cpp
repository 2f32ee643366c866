// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/RunRoom.h"

namespace dsmsg::monitor {

RunRoom::RunRoom()
    : tell_(this) // goes along into the other thread
{
    tell_.setInterval(tellEvery);
    connect(&tell_, &QTimer::timeout, this, &RunRoom::tell);
}

void RunRoom::start(const SendRun::Settings& settings, SendRun::Source source, SendRun::Sink sink)
{
    run_ =
        std::make_unique<SendRun>(settings, std::move(source), std::move(sink),
                                  [this](const QUrl& from, const QUrl& to) { Q_EMIT redirected(from, to); });
    connect(run_.get(), &SendRun::ended, this, [this] {
        tell_.stop();
        tell();
        run_.release()->deleteLater(); // it is the one that calls
    });
    tell_.start();
    run_->start();
}

void RunRoom::stop()
{
    if (run_)
        run_->stop();
}

void RunRoom::tell()
{
    Q_EMIT told(run_->figures());
}

} // namespace dsmsg::monitor
