// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a SendRun runs: an object of another thread that makes it there and tells how it goes five times a
// second. It is the only one that touches the run.
#pragma once

#include "app/monitor/publish/SendRun.h"

namespace dsmsg::monitor {

class RunRoom : public QObject
{
    Q_OBJECT

public:
    static constexpr Milliseconds tellEvery{200};

    RunRoom();

    // To be called in its thread.
    void start(const SendRun::Settings& settings, SendRun::Source source, SendRun::Sink sink);
    void stop();

Q_SIGNALS:
    /// The last one says that it ended.
    void told(const dsmsg::monitor::SendRun::Figures& figures);
    void redirected(const QUrl& from, const QUrl& to);

private:
    void tell();

    QTimer tell_;
    std::unique_ptr<SendRun> run_;
};

} // namespace dsmsg::monitor

Q_DECLARE_METATYPE(dsmsg::monitor::SendRun::Figures)
