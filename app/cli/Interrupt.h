// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first Ctrl+C, or its like, as a call from the event loop, for commands that have something to say or to
// finish before they end. A second ends the program at once, as people expect who press twice.
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QSocketNotifier>

#include "app/cli/StopSignal.h"

namespace dsmsg::cli {

/// At most one at a time; made before any thread is started.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    /// `told` is called at most once, in this thread.
    explicit Interrupt(std::function<void()> told);

private:
    std::unique_ptr<StopSignal> stop_ = std::make_unique<StopSignal>();
    QSocketNotifier notifier_{stop_->descriptor(), QSocketNotifier::Read};
};

} // namespace dsmsg::cli
